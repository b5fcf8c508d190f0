// DuckDB's tokens, as far as telling code from strings and comments needs it.

export interface Token {
  readonly kind: "word" | "quoted" | "string" | "number" | "parameter" | "symbol";
  /** As written. */
  readonly text: string;
  /** A name without its quotes, a string's content, a parameter's name; otherwise as written. */
  readonly value: string;
  /** Offsets in characters; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

const patterns: readonly (readonly [Token["kind"] | "space", RegExp])[] = [
  ["space", /\s+|--[^\n\r]*/y],
  ["string", /[eE]'(?:[^'\\]|\\[\s\S]|'')*'?/y],
  ["string", /(?:[xXbB]|[uU]&)?'(?:[^']|'')*'?/y],
  ["quoted", /(?:[uU]&)?"(?:[^"]|"")*"?/y],
  ["parameter", /\$\d+/y],
  ["number", /(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ["word", /[A-Za-z_\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*/uy],
];
const dollarQuote = /\$(?:[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*)?\$/uy;
const namedParameter = /\$[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*/uy;

const matchAt = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

/** The end of a block comment, which may hold others. */
const blockCommentEnd = (text: string, start: number): number => {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const pair = text.slice(at, at + 2);
    if (pair === "/*") depth++;
    else if (pair === "*/") depth--;
    else continue;
    at++;
    if (depth === 0) return at + 1;
  }
  return text.length;
};

const valueOf = (kind: Token["kind"], text: string): string => {
  if (kind === "parameter") return text.slice(1);
  const mark = kind === "quoted" ? '"' : kind === "string" ? "'" : "";
  if (mark === "") return text;
  const content = text.slice(text.indexOf(mark) + 1);
  // An open string at the end of the text has no closing mark.
  return (content.endsWith(mark) ? content.slice(0, -1) : content).replaceAll(mark + mark, mark);
};

/** Every token of an SQL text in order; white space and comments are left out. Never throws. */
export const tokenize = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  const push = (kind: Token["kind"], end: number, value?: string): void => {
    const written = text.slice(at, end);
    tokens.push({ kind, text: written, value: value ?? valueOf(kind, written), start: at, end });
    at = end;
  };
  next: while (at < text.length) {
    if (text.startsWith("/*", at)) {
      at = blockCommentEnd(text, at);
      continue;
    }
    const fence = matchAt(dollarQuote, text, at);
    if (fence !== null) {
      const close = text.indexOf(fence, at + fence.length);
      const end = close === -1 ? text.length : close + fence.length;
      push("string", end, text.slice(at + fence.length, close === -1 ? text.length : close));
      continue;
    }
    const parameter = matchAt(namedParameter, text, at);
    if (parameter !== null) {
      push("parameter", at + parameter.length);
      continue;
    }
    for (const [kind, pattern] of patterns) {
      const found = matchAt(pattern, text, at);
      if (found === null || found === "") continue;
      if (kind === "space") at += found.length;
      else push(kind, at + found.length);
      continue next;
    }
    push("symbol", at + 1);
  }
  return tokens;
};

/** The text without a semicolon (or several) at its end; comments after it stay. */
export const stripTrailingSemicolon = (text: string): string => {
  const tokens = tokenize(text);
  let stripped = text;
  for (let i = tokens.length - 1; i >= 0 && tokens[i]!.text === ";"; i--) {
    const { start, end } = tokens[i]!;
    stripped = `${stripped.slice(0, start)} ${stripped.slice(end)}`;
  }
  return stripped.trimEnd();
};

/** Names that a text binds as `$name`, in order of appearance. */
export const parameterNames = (text: string): readonly string[] =>
  tokenize(text).flatMap(({ kind, value }) => (kind === "parameter" ? [value] : []));

/** What an unfinished statement is in the middle of: the sign that stands before a prompt's `#`. */
export type Unfinished = "nothing" | "statement" | "'" | '"' | "$" | "*" | "(";

export interface Split {
  readonly statements: readonly string[];
  readonly rest: string;
  readonly inside: Unfinished;
}

/** A stretch that semicolons do not end: quoted text, a comment. `end` is -1 when it goes on past the text. */
interface Stretch {
  readonly end: number;
  readonly inside: Unfinished;
}

const after = (text: string, needle: string, from: number): number => {
  const at = text.indexOf(needle, from);
  return at === -1 ? -1 : at + needle.length;
};

const quotedEnd = (text: string, start: number, quote: string, escapes: boolean): number => {
  for (let at = start + 1; at < text.length; at += 1) {
    if (escapes && text[at] === "\\") at += 1;
    else if (text[at] === quote && text[at + 1] === quote) at += 1;
    else if (text[at] === quote) return at + 1;
  }
  return -1;
};

/** Block comments nest in PostgreSQL. */
const blockEnd = (text: string, start: number): number => {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  let depth = 0;
  for (let found = edge.exec(text); found !== null; found = edge.exec(text)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return -1;
};

const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const wordBefore = /[A-Za-z0-9_$\u0080-\uffff]$/;

const stretchAt = (text: string, at: number): Stretch | null => {
  const sign = text[at];
  if (sign === "'") {
    const escapes = /(?:^|[^A-Za-z0-9_$])e$/i.test(text.slice(Math.max(0, at - 2), at));
    return { end: quotedEnd(text, at, "'", escapes), inside: "'" };
  }
  if (sign === '"') return { end: quotedEnd(text, at, '"', false), inside: '"' };
  if (text.startsWith("--", at)) return { end: after(text, "\n", at), inside: "statement" };
  if (text.startsWith("/*", at)) return { end: blockEnd(text, at), inside: "*" };
  if (sign !== "$" || wordBefore.test(text.slice(Math.max(0, at - 1), at))) return null;
  dollarTag.lastIndex = at;
  const tag = dollarTag.exec(text)?.[0];
  return tag === undefined ? null : { end: after(text, tag, at + tag.length), inside: "$" };
};

const isComment = ({ inside }: Stretch): boolean => inside === "*" || inside === "statement";

/**
 * Cuts text at the semicolons that end statements; what follows the last one is `rest`. Comments before a statement
 * are not part of it.
 */
export const splitStatements = (text: string): Split => {
  const statements: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length;) {
    const stretch = stretchAt(text, at);
    if (stretch !== null) {
      const leading = isComment(stretch) && text.slice(start, at).trim() === "";
      if (stretch.end === -1) {
        const inside = leading && stretch.inside === "statement" ? "nothing" : stretch.inside;
        return { statements, rest: text.slice(start), inside };
      }
      at = stretch.end;
      if (leading) start = at;
      continue;
    }
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth = Math.max(0, depth - 1);
    if (text[at] === ";" && depth === 0) {
      const statement = text.slice(start, at).trim();
      if (statement !== "") statements.push(statement);
      start = at + 1;
    }
    at += 1;
  }
  const rest = text.slice(start);
  if (rest.trim() === "") return { statements, rest: "", inside: "nothing" };
  return { statements, rest, inside: depth > 0 ? "(" : "statement" };
};

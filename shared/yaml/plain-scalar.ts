// Scalars of the everyday kind: one line, plain or quoted without escapes.

/** Returned for text that only the full parser should judge. */
export const unsure: unique symbol = Symbol("unsure");

const nullPattern = /^(?:~|[Nn]ull|NULL)$/;
const truePattern = /^(?:true|True|TRUE)$/;
const falsePattern = /^(?:false|False|FALSE)$/;
const integerPattern = /^-?(?:0|[1-9][0-9]{0,14})$/;
const decimalPattern = /^-?(?:0|[1-9][0-9]{0,9})\.[0-9]{1,6}$/;
/** Whatever else the core schema may take for a number. */
const numberLike =
  /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)$/;

/** The value of an unquoted scalar, by YAML 1.2's core schema. */
export const plainValue = (text: string): unknown => {
  const first = text.charCodeAt(0);
  // Letters other than n, t, f cannot begin anything but text.
  const isLetter = (first >= 65 && first <= 90) || (first >= 97 && first <= 122);
  if (isLetter) {
    if (nullPattern.test(text)) return null;
    if (truePattern.test(text)) return true;
    return falsePattern.test(text) ? false : text;
  }
  if (text === "~") return null;
  if (integerPattern.test(text) || decimalPattern.test(text))
    return Object.is(Number(text), -0) ? unsure : Number(text);
  return numberLike.test(text) ? unsure : text;
};

/** Characters that begin something other than a plain scalar. */
const indicators = new Set("-?:,[]{}#&*!|>'\"%@`");

/** Whether a text can stand unquoted in a block, on one line. */
export const isPlain = (text: string): boolean => {
  const first = text[0];
  if (first === undefined) return false;
  if (indicators.has(first) && !(first === "-" && /^-[A-Za-z0-9_.]/.test(text))) return false;
  return !text.includes(": ") && !text.endsWith(":") && !text.includes(" #") && !text.includes("\t");
};

/** Whether a text can stand unquoted in `[…]` and `{…}`. */
export const isPlainInFlow = (text: string): boolean => isPlain(text) && !/[[\]{},:?#&*!|>'"%@`]/.test(text);

export interface Quoted {
  readonly value: string;
  /** Offset just after the closing quote. */
  readonly end: number;
}

/** The quoted scalar that begins at `at`, or `unsure` when it has escapes or goes on over the line's end. */
export const quotedValue = (line: string, at: number): Quoted | typeof unsure => {
  const quote = line[at];
  if (quote === '"') {
    const close = line.indexOf('"', at + 1);
    if (close < 0) return unsure;
    const value = line.slice(at + 1, close);
    return value.includes("\\") ? unsure : { value, end: close + 1 };
  }
  for (let from = at + 1; ;) {
    const close = line.indexOf("'", from);
    if (close < 0) return unsure;
    if (line[close + 1] !== "'") return { value: line.slice(at + 1, close).replaceAll("''", "'"), end: close + 1 };
    from = close + 2;
  }
};

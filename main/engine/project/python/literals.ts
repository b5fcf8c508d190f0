// Values that stand written out in Python code. Anything computed is refused, never guessed.

import { children, type PythonSyntax, type SyntaxNode, textOf } from "./syntax.ts";

/** Thrown for an expression whose value only running it would tell. */
export class ComputedValue extends Error {
  readonly node: SyntaxNode;

  constructor(node: SyntaxNode) {
    super("computed");
    this.node = node;
  }
}

/** Called with each value's path and offset, so that errors can point at it. */
export type Visit = (path: readonly (string | number)[], offset: number) => void;

/** Deeper literals are left to Python: every level is a call of ours. */
const maxDepth = 64;

/** The value of a literal expression; tuples become lists. Throws ComputedValue. */
export const literalValue = (
  syntax: PythonSyntax,
  node: SyntaxNode,
  path: readonly (string | number)[],
  visit: Visit,
  depth = 0,
): unknown => {
  if (depth > maxDepth) throw new ComputedValue(node);
  visit(path, node.from);
  switch (node.name) {
    case "String":
      return stringValue(syntax, node);
    case "FormatString":
      return formatStringValue(syntax, node);
    case "ContinuedString":
      return children(node)
        .map((part) => literalValue(syntax, part, path, () => undefined, depth + 1))
        .join("");
    case "Number":
      return numberValue(syntax, node);
    case "Boolean":
      return textOf(syntax, node) === "True";
    case "None":
      return null;
    case "UnaryExpression":
      return signedValue(syntax, node, path, depth);
    case "ParenthesizedExpression":
      return parenthesized(syntax, node, path, visit, depth);
    case "ArrayExpression":
    case "TupleExpression":
    case "SetExpression":
      return elements(node).map((element, index) => literalValue(syntax, element, [...path, index], visit, depth + 1));
    case "DictionaryExpression":
      return dictionaryValue(syntax, node, path, visit, depth);
    default:
      throw new ComputedValue(node);
  }
};

const punctuation = new Set(["(", ")", "[", "]", "{", "}", ",", ":", "Comment"]);

const elements = (node: SyntaxNode): readonly SyntaxNode[] =>
  children(node).filter((child) => !punctuation.has(child.name));

const parenthesized = (
  syntax: PythonSyntax,
  node: SyntaxNode,
  path: readonly (string | number)[],
  visit: Visit,
  depth: number,
): unknown => {
  const [inner, ...rest] = elements(node);
  if (inner === undefined || rest.length > 0) throw new ComputedValue(node);
  return literalValue(syntax, inner, path, visit, depth + 1);
};

const signedValue = (
  syntax: PythonSyntax,
  node: SyntaxNode,
  path: readonly (string | number)[],
  depth: number,
): unknown => {
  const [sign, operand, ...rest] = elements(node);
  if (sign === undefined || operand === undefined || rest.length > 0) throw new ComputedValue(node);
  const value = literalValue(syntax, operand, path, () => undefined, depth + 1);
  const symbol = textOf(syntax, sign);
  if (typeof value !== "number" || (symbol !== "-" && symbol !== "+")) throw new ComputedValue(node);
  return symbol === "-" ? -value : value;
};

const numberValue = (syntax: PythonSyntax, node: SyntaxNode): number => {
  const text = textOf(syntax, node).replaceAll("_", "").toLowerCase();
  const value = Number(text);
  // Complex numbers have no JSON; whole numbers past 2^53 would lose digits.
  if (Number.isNaN(value) || (Number.isInteger(value) && !Number.isSafeInteger(value) && !/[.e]/.test(text))) {
    throw new ComputedValue(node);
  }
  return value;
};

const dictionaryValue = (
  syntax: PythonSyntax,
  node: SyntaxNode,
  path: readonly (string | number)[],
  visit: Visit,
  depth: number,
): unknown => {
  const parts = elements(node);
  if (children(node).some((child) => child.name === "**") || parts.length % 2 !== 0) throw new ComputedValue(node);
  const entries: [string, unknown][] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const keyNode = parts[index];
    const valueNode = parts[index + 1];
    if (keyNode === undefined || valueNode === undefined) throw new ComputedValue(node);
    const key = literalValue(syntax, keyNode, path, () => undefined, depth + 1);
    if (typeof key !== "string" && typeof key !== "number") throw new ComputedValue(keyNode);
    entries.push([String(key), literalValue(syntax, valueNode, [...path, String(key)], visit, depth + 1)]);
  }
  return Object.fromEntries(entries);
};

const stringPattern = /^([a-zA-Z]*)("""|'''|"|')([\s\S]*)\2$/;

const stringValue = (syntax: PythonSyntax, node: SyntaxNode): string => {
  const match = stringPattern.exec(textOf(syntax, node));
  const prefix = (match?.[1] ?? "").toLowerCase();
  if (match === null || prefix.includes("b")) throw new ComputedValue(node);
  const body = (match[3] ?? "").replaceAll("\r\n", "\n");
  return prefix.includes("r") ? body : unescape(body, node);
};

/** An f-string without placeholders is the string it says; `{{` and `}}` are braces. */
const formatStringValue = (syntax: PythonSyntax, node: SyntaxNode): string => {
  if (children(node).some((child) => child.name === "FormatReplacement")) throw new ComputedValue(node);
  const match = stringPattern.exec(textOf(syntax, node));
  if (match === null) throw new ComputedValue(node);
  const prefix = (match[1] ?? "").toLowerCase();
  const body = (match[3] ?? "").replaceAll("{{", "{").replaceAll("}}", "}");
  return prefix.includes("r") ? body : unescape(body, node);
};

const simple: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const unescape = (text: string, node: SyntaxNode): string =>
  text.replaceAll(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|(N\{[^}]*\})|([\s\S]))/g,
    (whole, hex2, hex4, hex8, octal, named, other: string | undefined) => {
      const hex = (hex2 ?? hex4 ?? hex8) as string | undefined;
      const code =
        hex === undefined ? (octal === undefined ? null : Number.parseInt(String(octal), 8)) : Number.parseInt(hex, 16);
      if (named !== undefined || (code !== null && code > 0x10_ff_ff)) throw new ComputedValue(node);
      if (code !== null) return String.fromCodePoint(code);
      return simple[other ?? ""] ?? whole;
    },
  );

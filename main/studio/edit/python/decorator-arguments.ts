// The written-out arguments of a decorator, changed one at a time: whatever else stands in the file stays as it is.

import type { ProjectRoom } from "../project-room.ts";
import { deeper, pythonLiteral } from "./python-literal.ts";

type SyntaxNode = Parameters<ProjectRoom["children"]>[0];

/** One argument of a call: from its first character to its last, and what follows the `=`. */
export interface Argument {
  readonly key: string | null;
  readonly from: number;
  readonly to: number;
  readonly value: SyntaxNode;
}

/** A decorator's place in the code, and its arguments in order. */
export interface DecoratorPlace {
  /** Offset of `@`, and the end of the decorator's text. */
  readonly from: number;
  readonly to: number;
  /** Offsets of `(` and `)`; `null` for a bare `@transform`. */
  readonly list: { readonly open: number; readonly close: number } | null;
  readonly args: readonly Argument[];
}

/** Reads where everything of the decorator that begins at `offset` stands. */
export const decoratorAt = (room: ProjectRoom, code: string, offset: number): DecoratorPlace | null => {
  const syntax = room.parsePython(code);
  let node: SyntaxNode | null = syntax.tree.resolve(offset, 1);
  while (node !== null && node.name !== "Decorator") node = node.parent;
  if (node === null) return null;
  const list = node.getChild("ArgList");
  const tokens = list === null ? [] : room.children(list);
  const parts: SyntaxNode[][] = [[]];
  for (const token of tokens) {
    if (token.name === ",") parts.push([]);
    else if (token.name !== "(" && token.name !== ")" && token.name !== "Comment") parts.at(-1)?.push(token);
  }
  const args = parts.flatMap((part): readonly Argument[] => {
    const [first, assign, value] = part;
    const last = part.at(-1);
    if (first === undefined || last === undefined) return [];
    const isKeyword = assign?.name === "AssignOp" && value !== undefined;
    const key = isKeyword ? code.slice(first.from, first.to) : null;
    return [{ key, from: first.from, to: last.to, value: isKeyword ? value : first }];
  });
  const [open, close] = [tokens.at(0), tokens.at(-1)];
  const end = code.slice(node.from, node.to).trimEnd().length + node.from;
  return {
    from: node.from,
    to: end,
    list: open === undefined || close === undefined ? null : { open: open.from, close: close.from },
    args,
  };
};

/** The code with one more keyword argument, on a line of its own where the others are. */
export const withArgument = (code: string, place: DecoratorPlace, key: string, value: unknown): string => {
  const written = `${key}=${pythonLiteral(value)}`;
  const { list, args } = place;
  if (list === null) return `${code.slice(0, place.to)}(${written})${code.slice(place.to)}`;
  const last = args.at(-1);
  if (last === undefined) return code.slice(0, list.open + 1) + written + code.slice(list.close);
  const rest = code.slice(last.to, list.close);
  const isSpread = rest.includes("\n");
  const comma = rest.includes(",");
  if (!isSpread) return `${code.slice(0, last.to)}, ${written}${code.slice(last.to)}`;
  const after = comma ? last.to + rest.indexOf(",") + 1 : last.to;
  const lineEnd = code.indexOf("\n", after);
  const line = `\n${deeper(code, place.from)}${written},`;
  return `${code.slice(0, last.to)}${comma ? "" : ","}${code.slice(last.to, lineEnd)}${line}${code.slice(lineEnd)}`;
};

/** The code with an argument's value replaced. */
export const withValue = (code: string, { value }: Argument, next: unknown): string =>
  code.slice(0, value.from) + pythonLiteral(next) + code.slice(value.to);

/** The code without an argument: its comma goes too, and its line when nothing else is on it. */
export const withoutArgument = (code: string, place: DecoratorPlace, argument: Argument): string => {
  const at = place.args.indexOf(argument);
  const next = place.args[at + 1];
  const before = place.args[at - 1];
  const trailing = /^[ \t]*,/.exec(code.slice(argument.to))?.[0].length ?? 0;
  const lineStart = code.lastIndexOf("\n", argument.from - 1) + 1;
  const lineEnd = code.indexOf("\n", argument.to);
  const isAlone =
    lineEnd > 0 &&
    lineStart > place.from &&
    code.slice(lineStart, argument.from).trim() === "" &&
    code.slice(argument.to + trailing, lineEnd).trim() === "";
  if (isAlone) return code.slice(0, lineStart) + code.slice(lineEnd + 1);
  if (next !== undefined) return code.slice(0, argument.from) + code.slice(next.from);
  if (before !== undefined) return code.slice(0, before.to) + code.slice(argument.to);
  return code.slice(0, argument.from) + code.slice(argument.to + trailing);
};

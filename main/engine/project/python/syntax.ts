// Python source as a syntax tree; nothing is run.

import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@lezer/python";

import { LineIndex } from "../../../../shared/yaml/line-index.ts";

export type { SyntaxNode };

export interface PythonSyntax {
  readonly code: string;
  readonly tree: Tree;
  readonly lines: LineIndex;
  /** Offset of the first place that is not valid Python, or `null`. */
  readonly error: number | null;
}

export const parsePython = (code: string): PythonSyntax => {
  const tree = parser.parse(code);
  return { code, tree, lines: new LineIndex(code), error: firstError(tree) };
};

const firstError = (tree: Tree): number | null => {
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError) return cursor.from;
  } while (cursor.next());
  return null;
};

/** Every child of a node, in order. */
export const children = (node: SyntaxNode): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
};

export const textOf = (syntax: PythonSyntax, node: SyntaxNode): string => syntax.code.slice(node.from, node.to);

// Finding one's way in a text by its tree: nodes, their extents, their lines.

import { isAlias, isMap, isScalar, isSeq, type Pair, parseAllDocuments, type YAMLMap, type YAMLSeq } from "yaml";

import type { YamlPath } from "./document.ts";

/** A parsed text, one document of it in view. */
export interface Tree {
  readonly text: string;
  readonly root: unknown;
  /** Where the document begins when it has no content. */
  readonly offset: number;
  readonly value: unknown;
}

/** `null` when the text has errors. */
export const parseTree = (text: string, document: number): Tree | null => {
  const documents = parseAllDocuments(text, { prettyErrors: false, uniqueKeys: true, logLevel: "silent" });
  const found = Array.isArray(documents) ? documents[document] : undefined;
  if (found === undefined && document === 0) return { text, root: null, offset: text.length, value: null };
  if (found === undefined || documents.some(({ errors }) => errors.length > 0)) return null;
  try {
    const value: unknown = found.toJS({ maxAliasCount: 100 });
    return { text, root: found.contents, offset: found.range[0], value };
  } catch (error) {
    // An alias without its anchor, or too many of them.
    if (error instanceof ReferenceError) return null;
    throw error;
  }
};

export const isBlock = (node: YAMLMap | YAMLSeq): boolean => node.flow !== true;

export const pairOf = (map: YAMLMap, key: string | number): Pair | undefined =>
  map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));

/** The node at a path, or `undefined` where the path ends early. */
export const nodeAt = (root: unknown, path: YamlPath): unknown => {
  let node = root;
  for (const part of path) {
    if (isMap(node)) node = pairOf(node, part)?.value;
    else if (isSeq(node) && typeof part === "number") node = node.items[part];
    else return undefined;
  }
  return node;
};

export const startOf = (node: unknown): number | null => {
  if (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) return node.range?.[0] ?? null;
  return null;
};

/** Just after the last character that belongs to a node; comments and blank lines after it do not. */
export const endOf = (text: string, node: unknown): number | null => {
  if (isScalar(node) || isAlias(node)) {
    const [start, end] = node.range ?? [0, 0];
    const isBlockScalar = isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED");
    return isBlockScalar ? start + text.slice(start, end).replace(/(?:\r?\n[ \t]*)+$/, "").length : end;
  }
  if (isMap(node) || isSeq(node)) {
    if (!isBlock(node)) return node.range?.[1] ?? null;
    const last = node.items.at(-1);
    if (last === undefined) return node.range?.[1] ?? null;
    return isMap(node) ? pairEnd(text, last as Pair) : (endOf(text, last) ?? null);
  }
  return null;
};

/** Just after a pair's value, or its colon when it has none. */
export const pairEnd = (text: string, pair: Pair): number | null => {
  const keyEnd = endOf(text, pair.key);
  if (keyEnd === null) return null;
  const colon = text.indexOf(":", keyEnd) + 1;
  // The place of a value that is not written may be after a comment.
  const end = isScalar(pair.value) && pair.value.range?.[0] === pair.value.range?.[1] ? null : endOf(text, pair.value);
  return end === null ? colon : Math.max(end, colon);
};

export const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

/** Offset of the line's break, or of the text's end. */
export const lineEnd = (text: string, offset: number): number => {
  const newline = text.indexOf("\n", offset);
  const end = newline < 0 ? text.length : newline;
  return text[end - 1] === "\r" && end > offset ? end - 1 : end;
};

/** Offset of the next line. */
export const nextLine = (text: string, offset: number): number => {
  const newline = text.indexOf("\n", offset);
  return newline < 0 ? text.length : newline + 1;
};

export const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset);

import { isMap, isScalar, isSeq, type YAMLMap } from "yaml";

import type { YamlPath } from "./document.ts";
import { childOf, isEqual, isRecord } from "./model.ts";
import { mannerOf, renderInline, renderItem, renderLiteral, renderPair } from "./render.ts";
import { insertFlowItem, insertLines, removeItem, removePair, spliceKeepingComment } from "./splice.ts";
import { columnOf, endOf, isBlock, nextLine, nodeAt, pairEnd, pairOf, parseTree, startOf, type Tree } from "./tree.ts";

/** One primitive change after another, each on the text that the one before it left. `null`: it cannot be done so. */
export class Editor {
  readonly #document: number;

  constructor(document: number) {
    this.#document = document;
  }

  apply(text: string, path: YamlPath, value: unknown): string | null {
    const tree = parseTree(text, this.#document);
    if (tree === null) return null;
    const node = nodeAt(tree.root, path);
    const old = path.reduce<unknown>(childOf, tree.value);
    if (value === undefined) return old === undefined && node === undefined ? text : this.#remove(tree, path);
    if (node === undefined && path.length > 0) return this.#add(tree, path, value);
    if (isEqual(old, value)) return text;
    if (isMap(node) && isRecord(value) && Object.keys(value).length > 0)
      return this.#merge(text, path, old as Record<string, unknown>, value);
    if (isSeq(node) && Array.isArray(value) && value.length > 0)
      return this.#splice(text, path, old as unknown[], value);
    return this.#set(tree, path, value);
  }

  /** Writes the value at `path` anew, whatever is there. */
  replace(text: string, path: YamlPath, value: unknown): string | null {
    const tree = parseTree(text, this.#document);
    return tree === null ? null : this.#renew(tree, path, value);
  }

  #merge(
    text: string,
    path: YamlPath,
    old: Readonly<Record<string, unknown>>,
    value: Readonly<Record<string, unknown>>,
  ): string | null {
    let current: string | null = text;
    // New keys first: a mapping must not be empty on the way.
    for (const [key, inner] of Object.entries(value)) {
      if (current !== null && inner !== undefined) current = this.apply(current, [...path, key], inner);
    }
    for (const key of Object.keys(old)) {
      if (current !== null && value[key] === undefined) current = this.apply(current, [...path, key], undefined);
    }
    return current;
  }

  /** Equal beginnings and ends stay; what is between is set, added or taken away item by item. */
  #splice(text: string, path: YamlPath, old: readonly unknown[], value: readonly unknown[]): string | null {
    let start = 0;
    while (start < old.length && start < value.length && isEqual(old[start], value[start])) start++;
    let same = 0;
    while (same < Math.min(old.length, value.length) - start && isEqual(old.at(-1 - same), value.at(-1 - same))) same++;
    const common = Math.min(old.length, value.length) - start - same;
    let current: string | null = text;
    for (let index = start; index < start + common && current !== null; index++) {
      current = this.apply(current, [...path, index], value[index]);
    }
    for (let index = start + common; index < value.length - same && current !== null; index++) {
      current = this.#insert(current, path, index, value[index]);
    }
    for (let index = old.length - same - 1; index >= start + common && current !== null; index--) {
      current = this.apply(current, [...path, index], undefined);
    }
    return current;
  }

  #set(tree: Tree, path: YamlPath, value: unknown): string | null {
    const { text, root } = tree;
    const node = nodeAt(root, path);
    if (!isScalar(node) || !node.range || typeof value === "object") return this.#renew(tree, path, value);
    const [start, end] = node.range;
    if (start === end) return this.#renew(tree, path, value);
    const isMultiline = typeof value === "string" && value.includes("\n");
    if (node.type === "BLOCK_LITERAL" && isMultiline)
      return this.#setLiteral(tree, path, value) ?? this.#renew(tree, path, value);
    if (isMultiline || node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED")
      return this.#renew(tree, path, value);
    if (node.anchor !== undefined || node.tag !== undefined) return this.#renew(tree, path, value);
    // An empty text has quotes because it must; what replaces it need not.
    const style = node.value === "" ? "PLAIN" : node.type;
    return text.slice(0, start) + renderInline(value, style, this.#isInFlow(root, path)) + text.slice(end);
  }

  /** New lines for a `|` text; its header and what follows it stay. */
  #setLiteral({ text, root }: Tree, path: YamlPath, value: string): string | null {
    const node = nodeAt(root, path);
    if (!isScalar(node) || !node.range) return null;
    const [start] = node.range;
    const end = endOf(text, node) ?? start;
    const header = /^\|([-+]?)([^\n]*)\n/.exec(text.slice(start, nextLine(text, start)));
    const first = text
      .slice(start + (header?.[0].length ?? 0), end)
      .split("\n")
      .find((line) => line.trim() !== "");
    if (header === null || first === undefined || /^\d/.test(header[2] ?? "")) return null;
    const indent = first.length - first.trimStart().length;
    const lines = renderLiteral(value, indent, mannerOf(text, root));
    if (lines === null || (header[1] === "+" && lines.chomp === "")) return null;
    const rest = (header[2] ?? "").replace(/\r$/, "");
    return `${text.slice(0, start)}|${lines.chomp}${rest}${mannerOf(text, root).newline}${lines.lines}${text.slice(end)}`;
  }

  /** Writes a pair or item anew, on as many lines as it takes; a comment on its first line stays. */
  #renew(tree: Tree, path: YamlPath, value: unknown): string | null {
    const { text, root } = tree;
    const manner = mannerOf(text, root);
    const part = path.at(-1);
    const parent = nodeAt(root, path.slice(0, -1));
    if (part === undefined) return null;
    if (isMap(parent)) {
      const pair = pairOf(parent, part);
      const start = startOf(pair?.key);
      if (pair === undefined || start === null) return null;
      const end = pairEnd(text, pair) ?? start;
      if (!isBlock(parent)) return this.#renewFlow(text, pair.value, end, value);
      const written = renderPair(part, value, columnOf(text, start), manner);
      return spliceKeepingComment(text, start, Math.max(end, start), written, startOf(pair.value) ?? end);
    }
    if (!isSeq(parent) || typeof part !== "number") return null;
    const item = parent.items[part];
    const itemStart = startOf(item);
    if (itemStart === null) return null;
    const end = endOf(text, item) ?? itemStart;
    if (!isBlock(parent)) return this.#renewFlow(text, item, end, value);
    const dash = text.lastIndexOf("-", itemStart);
    if (dash < 0 || text.slice(dash + 1, itemStart).trim() !== "") return null;
    const written = renderItem(value, columnOf(text, dash), manner);
    return spliceKeepingComment(text, dash, Math.max(end, dash + 1), written, itemStart);
  }

  #renewFlow(text: string, node: unknown, end: number, value: unknown): string | null {
    const start = startOf(node);
    if (start === null) return null;
    const gap = text[start - 1] === ":" ? " " : "";
    return text.slice(0, start) + gap + renderInline(value, undefined, true) + text.slice(Math.max(end, start));
  }

  #add(tree: Tree, path: YamlPath, value: unknown): string | null {
    const { text, root, offset } = tree;
    const parent = nodeAt(root, path.slice(0, -1));
    const [part] = path.slice(-1);
    if (part === undefined) return null;
    if (isMap(parent)) return this.#addPair(tree, parent, part, value);
    if (isSeq(parent) && typeof part === "number") return this.#insert(text, path.slice(0, -1), part, value);
    const nested = typeof part === "number" ? [value] : { [part]: value };
    if (path.length > 1) return this.apply(text, path.slice(0, -1), nested);
    // An empty document.
    if (root !== null && !(isScalar(root) && root.value === null)) return null;
    const at = text.length > 0 && !text.endsWith("\n") ? `${text}\n` : text;
    const written =
      typeof part === "number"
        ? renderItem(value, 0, mannerOf(text, root))
        : renderPair(part, value, 0, mannerOf(text, root));
    return offset > at.length ? null : `${at}${written}\n`;
  }

  #addPair({ text, root }: Tree, map: YAMLMap, key: string | number, value: unknown): string | null {
    const manner = mannerOf(text, root);
    const last = map.items.at(-1);
    if (!isBlock(map)) {
      const written = `${renderInline(String(key), undefined, true)}: ${renderInline(value, undefined, true)}`;
      const start = map.range?.[0] ?? 0;
      if (last === undefined) return `${text.slice(0, start)}{ ${written} }${text.slice(map.range?.[1] ?? start)}`;
      const end = pairEnd(text, last);
      return end === null ? null : `${text.slice(0, end)}, ${written}${text.slice(end)}`;
    }
    const column = columnOf(text, startOf(last?.key) ?? 0);
    const end = last === undefined ? null : pairEnd(text, last);
    return end === null
      ? null
      : insertLines(text, end, " ".repeat(column) + renderPair(key, value, column, manner), manner);
  }

  /** Puts an item at `index`, before the one that is there now. */
  #insert(text: string, path: YamlPath, index: number, value: unknown): string | null {
    const tree = parseTree(text, this.#document);
    const list = tree === null ? undefined : nodeAt(tree.root, path);
    if (tree === null || !isSeq(list)) return null;
    const manner = mannerOf(text, tree.root);
    if (!isBlock(list) || list.items.length === 0) return insertFlowItem(text, list, index, value);
    const start = list.range?.[0] ?? 0;
    const column = columnOf(text, start);
    const written = renderItem(value, column, manner);
    const before = list.items[index - 1];
    if (index > 0) {
      const end = endOf(text, before);
      return end === null ? null : insertLines(text, end, " ".repeat(column) + written, manner);
    }
    return `${text.slice(0, start)}${written}${manner.newline}${" ".repeat(column)}${text.slice(start)}`;
  }

  #remove(tree: Tree, path: YamlPath): string | null {
    const { text, root } = tree;
    const part = path.at(-1);
    const parent = nodeAt(root, path.slice(0, -1));
    if (part === undefined) return null;
    if ((isMap(parent) || isSeq(parent)) && parent.items.length === 1) {
      const empty = isMap(parent) ? {} : [];
      return path.length === 1 ? null : this.#renew(tree, path.slice(0, -1), empty);
    }
    if (isMap(parent)) {
      const pair = pairOf(parent, part);
      return pair === undefined ? text : removePair(text, parent, pair);
    }
    return isSeq(parent) && typeof part === "number" ? removeItem(text, parent, part) : null;
  }

  #isInFlow(root: unknown, path: YamlPath): boolean {
    return path.some((_, length) => {
      const around = nodeAt(root, path.slice(0, length));
      return (isMap(around) || isSeq(around)) && !isBlock(around);
    });
  }
}

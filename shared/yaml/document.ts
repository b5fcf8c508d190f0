// YAML with positions: values first, and a document tree only where a position or an edit needs one.

import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  parseAllDocuments,
  type ParsedNode,
  type YAMLError,
} from "yaml";

import { LineIndex, type TextPosition } from "./line-index.ts";
import { type PlainDocument, readPlainDocuments } from "./plain-document.ts";
import { type ScalarStyle, scalarSegments, type Segment } from "./scalar-map.ts";

export type YamlPath = readonly (string | number)[];

/** Longest text that is read, in characters; the library's cost grows faster than the text. */
const yamlMaxLength = 1024 * 1024;
/** Deepest nesting that is read. */
const yamlMaxDepth = 64;
const maxAliases = 100;

export interface YamlProblem {
  readonly code: "yaml_syntax" | "yaml_duplicate_key" | "yaml_too_deep" | "yaml_too_large" | "yaml_aliases";
  readonly detail: string;
  readonly position: TextPosition;
}

/** A scalar's place in the text: for SQL, whose own errors are offsets into its value. */
export interface ScalarPlace {
  readonly style: ScalarStyle;
  readonly segments: readonly Segment[];
  readonly value: string;
  /** The whole file, which the segments' offsets are into. */
  readonly text: string;
}

export interface YamlDocument {
  /** Plain data; `null` for an empty document or one with problems. */
  readonly value: unknown;
  readonly problems: readonly YamlProblem[];
  /** Where the document's content begins. */
  readonly start: TextPosition;
  /** Where the value at `path` stands; its nearest existing ancestor when there is none. `key` takes the key itself. */
  positionOf(path: YamlPath, what?: "key" | "value"): TextPosition;
  /** The place of a text scalar, or `null` when there is something else at `path`. */
  scalarAt(path: YamlPath): ScalarPlace | null;
}

const styles: Readonly<Record<string, ScalarStyle>> = {
  BLOCK_LITERAL: "literal",
  BLOCK_FOLDED: "folded",
  PLAIN: "plain",
  QUOTE_DOUBLE: "double",
  QUOTE_SINGLE: "single",
};

/** Documents of a file. Never throws; problems are in the documents. */
export const parseYamlDocuments = (text: string): readonly YamlDocument[] => {
  const refusal = refuse(text);
  if (refusal !== null) return [brokenDocument([refusal])];
  const plain = readPlainDocuments(text);
  return plain === null ? parseTrees(text) : plainDocuments(text, plain);
};

/** Documents read without a tree; the tree is made when a position is asked for. */
const plainDocuments = (text: string, documents: readonly PlainDocument[]): readonly YamlDocument[] => {
  let index: LineIndex | null = null;
  let trees: readonly YamlDocument[] | null = null;
  const position = (offset: number): TextPosition => (index ??= new LineIndex(text)).position(offset);
  return documents.map(({ value, start, scalars }, at) => {
    const tree = (): YamlDocument | undefined => (trees ??= parseTrees(text))[at];
    return {
      value,
      problems: [],
      start: start === 0 ? { line: 1, column: 1 } : position(start),
      positionOf: (path, what) => tree()?.positionOf(path, what) ?? position(start),
      scalarAt(path) {
        const [key, ...rest] = path;
        const extent = rest.length === 0 ? scalars.get(String(key)) : undefined;
        if (extent === undefined) return tree()?.scalarAt(path) ?? null;
        const scalar = (value as Readonly<Record<string, unknown>>)[String(key)];
        if (typeof scalar !== "string") return null;
        const segments = scalarSegments(text, extent.start, extent.end, extent.style, scalar);
        return { style: extent.style, value: scalar, segments, text };
      },
    };
  });
};

/** Documents by way of the library's tree. */
export const parseTrees = (text: string): readonly YamlDocument[] => {
  const index = new LineIndex(text);
  try {
    const documents = parseAllDocuments(text, {
      prettyErrors: false,
      // The library's own check is quadratic; duplicates are found while the value is made.
      uniqueKeys: false,
      logLevel: "silent",
    });
    if (!Array.isArray(documents)) return [];
    return documents.map((document) => toDocument(document as Document.Parsed, text, index));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [brokenDocument([tooDeep({ line: 1, column: 1 })])];
  }
};

const tooDeep = (position: TextPosition): YamlProblem => ({
  code: "yaml_too_deep",
  detail: `more than ${yamlMaxDepth} levels`,
  position,
});

/** What must not even reach the library: its recursion and its cost have no bound of their own. */
const refuse = (text: string): YamlProblem | null => {
  const position = { line: 1, column: 1 };
  if (text.length > yamlMaxLength) {
    return { code: "yaml_too_large", detail: `${text.length} characters, at most ${yamlMaxLength}`, position };
  }
  const deep = dashesTooDeep(text) ?? bracketsTooDeep(text);
  return deep === null ? null : tooDeep(new LineIndex(text).position(deep));
};

const dashesTooDeep = (text: string): number | null => /^[ ]*(?:[-?:][ \t]+){65}/m.exec(text)?.index ?? null;

/** The lexer's own marks: control characters that stand for no text. */
const lexerMarks = new Set(["\u0002", "\u0018", "\u001F"]);

/** Where `[` and `{` nest too deeply. The lexer tells which ones are brackets; it is asked only when many are open. */
const bracketsTooDeep = (text: string): number | null => {
  if (maxOpen(text.match(/[[\]{}]/g) ?? []) <= yamlMaxDepth) return null;
  let depth = 0;
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === "[" || lexeme === "{") depth++;
    else if (lexeme === "]" || lexeme === "}") depth--;
    if (depth > yamlMaxDepth) return offset;
    if (!lexerMarks.has(lexeme)) offset += lexeme.length;
  }
  return null;
};

const maxOpen = (brackets: readonly string[]): number => {
  let open = 0;
  let most = 0;
  for (const bracket of brackets) {
    open = Math.max(0, open + (bracket === "[" || bracket === "{" ? 1 : -1));
    most = Math.max(most, open);
  }
  return most;
};

const brokenDocument = (problems: readonly YamlProblem[]): YamlDocument => {
  const start = problems[0]?.position ?? { line: 1, column: 1 };
  return { value: null, problems, start, positionOf: () => start, scalarAt: () => null };
};

const toDocument = (document: Document.Parsed, text: string, index: LineIndex): YamlDocument => {
  const problems = document.errors.map((error) => toProblem(error, index));
  const contents = document.contents;
  const start = index.position(contents?.range[0] ?? document.range[0]);
  if (problems.length === 0) checkTree(contents, index, problems);
  return {
    value: problems.length === 0 ? valueOf(document, problems, start) : null,
    problems,
    start,
    positionOf: (path, what = "value") => index.position(offsetOf(contents, path, what) ?? document.range[0]),
    scalarAt: (path) => placeOf(contents, path, text),
  };
};

const valueOf = (document: Document.Parsed, problems: YamlProblem[], position: TextPosition): unknown => {
  try {
    return document.toJS({ maxAliasCount: maxAliases });
  } catch (error) {
    if (!(error instanceof ReferenceError) && !(error instanceof RangeError)) throw error;
    problems.push({ code: "yaml_aliases", detail: error.message, position });
    return null;
  }
};

const toProblem = (error: YAMLError, index: LineIndex): YamlProblem => ({
  code: "yaml_syntax",
  detail: error.message.replace(/\s+/g, " ").trim(),
  position: index.position(error.pos[0]),
});

/** Depth and duplicate keys, with a stack of its own. */
const checkTree = (root: ParsedNode | null, index: LineIndex, problems: YamlProblem[]): void => {
  const work: { node: unknown; depth: number }[] = [{ node: root, depth: 1 }];
  for (let item = work.pop(); item !== undefined; item = work.pop()) {
    const { node, depth } = item;
    if (depth > yamlMaxDepth) {
      problems.push(tooDeep(index.position(rangeOf(node) ?? 0)));
      return;
    }
    if (isMap(node)) {
      const keys = new Set<unknown>();
      for (const pair of node.items) {
        const key = isScalar(pair.key) ? pair.key.value : pair.key;
        if (keys.has(key)) {
          const position = index.position(rangeOf(pair.key) ?? 0);
          problems.push({ code: "yaml_duplicate_key", detail: String(key), position });
        }
        keys.add(key);
        work.push({ node: pair.value, depth: depth + 1 });
      }
    } else if (isSeq(node)) for (const child of node.items) work.push({ node: child, depth: depth + 1 });
  }
};

const rangeOf = (node: unknown): number | null => {
  if (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) return node.range?.[0] ?? null;
  return isPair(node) ? rangeOf(node.key) : null;
};

interface Found {
  readonly key: unknown;
  readonly node: unknown;
}

/** The node at `path`, or as far down as the path exists. */
const find = (root: unknown, path: YamlPath): Found & { readonly whole: boolean } => {
  let found: Found = { key: null, node: root };
  for (const part of path) {
    const next = step(found.node, part);
    if (next === null) return { ...found, whole: false };
    found = next;
  }
  return { ...found, whole: true };
};

const step = (node: unknown, part: string | number): Found | null => {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
    return pair === undefined ? null : { key: pair.key, node: pair.value };
  }
  if (isSeq(node) && typeof part === "number" && part < node.items.length) {
    return { key: node.items[part], node: node.items[part] };
  }
  return null;
};

const offsetOf = (root: unknown, path: YamlPath, what: "key" | "value"): number | null => {
  const found = find(root, path);
  const wanted = what === "value" && found.whole ? (rangeOf(found.node) ?? rangeOf(found.key)) : rangeOf(found.key);
  return wanted ?? rangeOf(found.node);
};

const placeOf = (root: unknown, path: YamlPath, text: string): ScalarPlace | null => {
  const { node, whole } = find(root, path);
  if (!whole || !isScalar(node) || typeof node.value !== "string" || !node.range) return null;
  const style = styles[node.type ?? "PLAIN"] ?? "plain";
  const segments = scalarSegments(text, node.range[0], node.range[1], style, node.value);
  return { style, value: node.value, segments, text };
};

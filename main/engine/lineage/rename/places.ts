// From a place in a node's SQL or settings to one in its file.

import { locateInText, type PipelineNode, type SqlBody } from "../../../../shared/graph/index.ts";
import {
  editYaml,
  LineIndex,
  parseYamlDocuments,
  type YamlDocument,
  type YamlPath,
} from "../../../../shared/yaml/index.ts";

/** A stretch of a file, with what stands there now. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly expected: string;
}

/** Reads files of a project once; `null` for one that is not there. */
export class ProjectTexts {
  readonly #read: (file: string) => Promise<string | null>;
  readonly #texts = new Map<string, Promise<string | null>>();

  constructor(read: (file: string) => Promise<string | null>) {
    this.#read = read;
  }

  text(file: string): Promise<string | null> {
    const known = this.#texts.get(file) ?? this.#read(file);
    this.#texts.set(file, known);
    return known;
  }
}

/** The file's place of a stretch of a node's SQL; `null` where the text is not in the file as it is. */
export const placeInSql = async (
  body: SqlBody,
  { start, end }: { readonly start: number; readonly end: number },
  texts: ProjectTexts,
): Promise<Place | null> => {
  const expected = body.text.slice(start, end);
  const { file, line, column } = locateInText(body, start);
  const text = await texts.text(file);
  if (text === null) return null;
  const offset = new LineIndex(text).start(line) + column - 1;
  const isThere = text.slice(offset, offset + expected.length) === expected;
  return isThere ? { file, line, start: offset, end: offset + expected.length, expected } : null;
};

/** A node's own document. */
export interface NodeDocument {
  readonly file: string;
  readonly text: string;
  readonly document: YamlDocument;
  /** Which document of the file, from 0. */
  readonly index: number;
  readonly value: Readonly<Record<string, unknown>>;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The YAML that defines a node; `null` for one that is defined in Python or has just changed. */
export const documentOf = async (node: PipelineNode, texts: ProjectTexts): Promise<NodeDocument | null> => {
  const { file } = node.location;
  const text = /\.ya?ml$/i.test(file) ? await texts.text(file) : null;
  for (const [index, document] of (text === null ? [] : parseYamlDocuments(text)).entries()) {
    const { value } = document;
    if (isRecord(value) && value["kind"] === node.kind && value["name"] === node.name && text !== null) {
      return { file, text, document, index, value };
    }
  }
  return null;
};

/** The file's place of a part of a text value, or of a key. */
export const placeInYaml = (
  { file, text, document }: NodeDocument,
  path: YamlPath,
  part: {
    readonly form: "name" | "key" | "expression";
    readonly start: number;
    readonly end: number;
    readonly column: string;
  },
): Place | null => {
  if (part.form === "key") {
    const { line, column } = document.positionOf(path, "key");
    const offset = new LineIndex(text).start(line) + column - 1;
    return verified(file, text, offset, part.column, line);
  }
  const scalar = document.scalarAt(path);
  if (scalar === null) return null;
  const expected = scalar.value.slice(part.start, part.end);
  const segment = scalar.segments.findLast(({ offset }) => offset <= part.start);
  if (segment === undefined) return null;
  const offset = segment.source + part.start - segment.offset;
  return verified(file, text, offset, expected, new LineIndex(text).position(offset).line);
};

const verified = (file: string, text: string, offset: number, expected: string, line: number): Place | null =>
  text.slice(offset, offset + expected.length) === expected
    ? { file, line, start: offset, end: offset + expected.length, expected }
    : null;

/** The stretch that gives a text of a document another value, quoted as YAML wants it. */
export const replacedValue = (
  { file, text, index }: NodeDocument,
  path: YamlPath,
  value: string,
): Place & { readonly text: string } => {
  const edited = editYaml(text, path, value, index);
  const most = Math.min(text.length, edited.length);
  let head = 0;
  while (head < most && text[head] === edited[head]) head++;
  let tail = 0;
  while (tail < most - head && text[text.length - 1 - tail] === edited[edited.length - 1 - tail]) tail++;
  const end = text.length - tail;
  const { line } = new LineIndex(text).position(head);
  return {
    file,
    line,
    start: head,
    end,
    expected: text.slice(head, end),
    text: edited.slice(head, edited.length - tail),
  };
};

// Edits that change only the lines of what they change: comments, order, quoting and blank lines stay as they are.

import { type Document, parseAllDocuments } from "yaml";

import { ProjectError } from "../errors/index.ts";
import type { YamlPath } from "./document.ts";
import { Editor } from "./editor.ts";
import { childOf, isEqual, withValue } from "./model.ts";
import { parseTree } from "./tree.ts";

/**
 * The text with the value at `path` set, or taken away with `undefined`; keys and list ends that are not there yet
 * are added. `document` counts from 0. What the text means afterwards is checked before it is returned.
 * Throws `yaml_syntax` when the text cannot be read, `yaml_path` when the path leads through a scalar.
 */
export const editYaml = (text: string, path: YamlPath, value: unknown, document = 0): string => {
  const tree = parseTree(text, document);
  if (tree === null) throw new ProjectError("yaml_syntax", { params: { detail: "the text has errors" } });
  const model = withValue(tree.value, path, value);
  if (model === null) throw new ProjectError("yaml_path", { params: { path: path.join(".") } });
  const edited = new Editor(document).apply(text, path, value);
  if (edited !== null && means(edited, document, model.value)) return edited;
  return rewritten(text, path, model.value, document);
};

const means = (text: string, document: number, model: unknown): boolean => {
  const tree = parseTree(text, document);
  return tree !== null && isEqual(tree.value, model);
};

/** The nearest thing around the path that can be written anew; at worst the library writes the whole document. */
const rewritten = (text: string, path: YamlPath, model: unknown, document: number): string => {
  for (let length = path.length; length > 0; length--) {
    const around = path.slice(0, length);
    const value = around.reduce<unknown>(childOf, model);
    const edited = value === undefined ? null : new Editor(document).replace(text, around, value);
    if (edited !== null && means(edited, document, model)) return edited;
  }
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return text;
  const own = documents[document];
  if (own === undefined) return text;
  return setInDocument(documents, own, path, model, document) ?? writtenWhole(documents, own, model);
};

type Documents = ReturnType<typeof parseAllDocuments> & readonly Document.Parsed[];

const setInDocument = (
  documents: Documents,
  own: Document.Parsed,
  path: YamlPath,
  model: unknown,
  document: number,
): string | null => {
  try {
    own.setIn(path, own.createNode(path.reduce<unknown>(childOf, model)));
    const edited = documents.map(String).join("");
    return means(edited, document, model) ? edited : null;
  } catch {
    // An alias to what was replaced: only values without aliases can be written.
    return null;
  }
};

const writtenWhole = (documents: Documents, own: Document.Parsed, model: unknown): string => {
  own.contents = own.createNode(model) as typeof own.contents;
  return documents.map(String).join("");
};

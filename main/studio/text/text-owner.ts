import { posix } from "node:path";

import type { PipelineNode } from "../../../shared/graph/index.ts";
import { kinds, type KindName } from "../../../shared/graph/kinds/index.ts";
import { parseYamlDocuments, type YamlDocument } from "../../../shared/yaml/index.ts";
import type { EditedFiles } from "../edit/edited-files.ts";
import { brokenIds, findNode } from "../edit/node-document.ts";
import type { ShapedProject } from "../project/last-shapes.ts";

/** A node's document in a YAML file. */
export interface OwnedDocument {
  readonly index: number;
  readonly line: number;
  readonly value: Readonly<Record<string, unknown>>;
  /** The key that holds its SQL, and the line that begins on; `null` where it has none. */
  readonly sql: { readonly key: string; readonly text: string; readonly line: number } | null;
}

/** Whose texts an editor shows: a node, or what could not become one and is still mended by its text. */
export interface TextOwner {
  readonly id: string;
  readonly file: string;
  /** Where to look first. */
  readonly line: number;
  readonly document: OwnedDocument | null;
  /** A file of its own that holds its SQL or Python. */
  readonly body: { readonly language: "sql" | "python"; readonly file: string } | null;
}

/** The owner of an id of the canvas, broken ones included. Throws `node_not_found`. */
export const textOwner = async (project: ShapedProject, id: string, files: EditedFiles): Promise<TextOwner> => {
  const node = project.nodes.get(id);
  if (node !== undefined) return ownerOfNode(node, files);
  const broken = project.broken.find((entry) => brokenIds(entry).includes(id));
  if (broken === undefined) return ownerOfNode(findNode(project, id), files);
  const { file, problem } = broken;
  const line = problem.location?.file === file ? problem.location.line : 1;
  const document = broken.id === null ? null : await documentOf(file, broken.id, files);
  const was = project.kept.get(id)?.node;
  const body = bodyOfBroken(file, document) ?? (was === undefined ? null : bodyOfNode(was));
  return { id, file, line, document, body };
};

const ownerOfNode = async (node: PipelineNode, files: EditedFiles): Promise<TextOwner> => {
  const { file, line } = node.location;
  const document = await documentOf(file, node.id, files);
  return { id: node.id, file, line, document, body: bodyOfNode(node) };
};

const bodyOfNode = ({ body }: PipelineNode): TextOwner["body"] => {
  if (body === null) return null;
  if (body.language === "python") return { language: "python", file: body.file };
  return isYaml(body.location.file) ? null : { language: "sql", file: body.location.file };
};

/** The file that a broken node names, relative to its own file. */
const bodyOfBroken = (file: string, document: OwnedDocument | null): TextOwner["body"] => {
  if (/\.py$/i.test(file)) return { language: "python", file };
  const named = document?.value["file"];
  if (typeof named !== "string" || !/\.(?:sql|py)$/i.test(named)) return null;
  const beside = posix.normalize(posix.join(posix.dirname(file), named.replaceAll("\\", "/")));
  if (beside.startsWith("../")) return null;
  return { language: /\.py$/i.test(named) ? "python" : "sql", file: beside };
};

export const isYaml = (file: string): boolean => /\.ya?ml$/i.test(file);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const documentOf = async (file: string, id: string, files: EditedFiles): Promise<OwnedDocument | null> => {
  if (!isYaml(file)) return null;
  const documents = parseYamlDocuments((await files.read(file)) ?? "");
  const isIt = ({ value }: YamlDocument): boolean => isRecord(value) && [value["kind"], value["name"]].join(".") === id;
  const index = documents.findIndex(isIt);
  const document = documents[index];
  if (document === undefined || !isRecord(document.value)) return null;
  const { value } = document;
  return { index, line: document.start.line, value, sql: sqlOf(document, value) };
};

const sqlOf = (document: YamlDocument, value: Readonly<Record<string, unknown>>): OwnedDocument["sql"] => {
  const kind = String(value["kind"]);
  const key = Object.hasOwn(kinds, kind) ? kinds[kind as KindName].sqlKey : undefined;
  const text = key === undefined ? undefined : value[key];
  if (key === undefined || typeof text !== "string") return null;
  return { key, text, line: document.positionOf([key]).line };
};

import { ProjectError } from "../../../shared/errors/index.ts";
import { type PipelineNode, suggestion } from "../../../shared/graph/index.ts";
import { parseYamlDocuments, type YamlDocument } from "../../../shared/yaml/index.ts";
import type { Project } from "../../engine/index.ts";
import type { EditedFiles } from "./edited-files.ts";

/** Where a node's definition stands in a YAML file. */
export interface NodeDocument {
  readonly file: string;
  readonly text: string;
  /** Which document of the file, from 0. */
  readonly index: number;
  readonly document: YamlDocument;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A node by its id. Throws `node_not_found` with the nearest one. */
export const findNode = (project: Project, id: string): PipelineNode => {
  const node = project.nodes.get(id);
  if (node !== undefined) return node;
  const params = { node: id, suggestion: suggestion(id, [...project.nodes.keys()]) };
  throw new ProjectError("node_not_found", { params });
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The node's document as the edit has it. Throws `edit_in_python` for one that is written in a Python file. */
export const nodeDocument = async (node: PipelineNode, files: EditedFiles): Promise<NodeDocument> => {
  const { file } = node.location;
  if (!/\.ya?ml$/i.test(file)) {
    throw new ProjectError("edit_in_python", {
      node: node.id,
      location: node.location,
      params: { node: node.id, file },
    });
  }
  const text = (await files.read(file)) ?? "";
  const documents = parseYamlDocuments(text);
  const isThis = ({ value }: YamlDocument): boolean =>
    isRecord(value) && value["kind"] === node.kind && value["name"] === node.name;
  const index = documents.findIndex(isThis);
  const document = documents[index];
  // It was there when the project was read, so another program has just changed it.
  if (document === undefined || !isRecord(document.value))
    throw new ProjectError("edit_conflict", { params: { file } });
  return { file, text, index, document, value: document.value };
};

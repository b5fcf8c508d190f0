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

/** A node by its id. Throws `node_broken` for one whose file cannot be read now, else `node_not_found` with the nearest. */
export const findNode = (project: Project, id: string): PipelineNode => {
  const node = project.nodes.get(id);
  if (node !== undefined) return node;
  const broken = project.broken.find((entry) => brokenIds(entry).includes(id));
  if (broken !== undefined) throw nodeBroken(id, broken);
  const params = { node: id, suggestion: suggestion(id, [...project.nodes.keys()]) };
  throw new ProjectError("node_not_found", { params });
};

type Broken = Project["broken"][number];

/** What stands in place of a node goes by the id that it would have, or by its place: as the canvas calls it. */
export const brokenIds = ({ id, file, problem }: Broken): readonly string[] => {
  const place = `broken:${file}:${problem.location?.line ?? 1}`;
  return id === null ? [place] : [id, place];
};

const nodeBroken = (id: string, { file, problem }: Broken): ProjectError => {
  const at = problem.location ?? { file, line: 1, column: 1 };
  const node = id.startsWith("broken:") ? file : id;
  const params = { node, file: at.file, line: at.line, detail: problem.message };
  return new ProjectError("node_broken", { node: id, location: at, params });
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

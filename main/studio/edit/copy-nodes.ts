import { posix } from "node:path";

import type { PipelineNode } from "../../../shared/graph/index.ts";
import { editYaml } from "../../../shared/yaml/index.ts";
import { documentTexts } from "./commands/yaml-documents.ts";
import { definitionOf } from "./definition.ts";
import type { EditedFiles } from "./edited-files.ts";
import { nodeDocument } from "./node-document.ts";

/** These nodes as YAML documents, as they are written, comments included; a Python node names its file and function. */
export const copyNodes = async (nodes: readonly PipelineNode[], files: EditedFiles): Promise<string> => {
  const texts: string[] = [];
  for (const node of nodes) texts.push(await copyNode(node, files));
  return texts.map((text) => (text.endsWith("\n") ? text : `${text}\n`)).join("---\n");
};

const copyNode = async (node: PipelineNode, files: EditedFiles): Promise<string> => {
  if (!/\.ya?ml$/i.test(node.location.file)) return pythonNode(node, files);
  const { file, text, index, value } = await nodeDocument(node, files);
  const own = documentTexts(text)[index] ?? "";
  const named = value["file"];
  if (typeof named !== "string") return own;
  // The pasted node may stand in another folder: the path is told from the project's.
  const beside = posix.join(posix.dirname(file), named);
  return node.files.includes(beside) ? editYaml(own, ["file"], beside) : own;
};

const pythonNode = async (node: PipelineNode, files: EditedFiles): Promise<string> => {
  const { kind, name, ...others } = await definitionOf(node, files);
  const body = node.body?.language === "python" ? { file: node.body.file, function: node.body.function } : {};
  return Object.entries({ kind, name, ...others, ...body }).reduce(
    (text, [key, value]) => editYaml(text, [key], value),
    "",
  );
};

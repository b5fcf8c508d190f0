import { editYaml, type YamlPath } from "../../../../shared/yaml/index.ts";
import { findNode, nodeDocument } from "../node-document.ts";
import type { ApplyCommand, CommandContext } from "./command-context.ts";

const write = async ({ project, files }: CommandContext, id: string, path: YamlPath, value: unknown): Promise<void> => {
  const { file, text, index } = await nodeDocument(findNode(project, id), files);
  await files.write(file, editYaml(text, path, value, index));
};

/** One key of a node's YAML; nothing else of the file changes. */
export const set: ApplyCommand<"set"> = ({ node, path, value }, context) => write(context, node, path, value);

export const unset: ApplyCommand<"unset"> = ({ node, path }, context) => write(context, node, path, undefined);

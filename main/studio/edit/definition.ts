import type { PipelineNode } from "../../../shared/graph/index.ts";
import { editYaml, type YamlPath } from "../../../shared/yaml/index.ts";
import type { EditedFiles } from "./edited-files.ts";
import { nodeDocument } from "./node-document.ts";
import { decoratorConfig, setInDecorator } from "./python/edit-decorator.ts";

const isYaml = ({ location }: PipelineNode): boolean => /\.ya?ml$/i.test(location.file);

/** What a node's own file says of it, as the edit has it: a YAML document, or a decorator's arguments. */
export const definitionOf = async (
  node: PipelineNode,
  files: EditedFiles,
): Promise<Readonly<Record<string, unknown>>> => {
  if (isYaml(node)) return (await nodeDocument(node, files)).value;
  return decoratorConfig(node, (await files.read(node.location.file)) ?? "");
};

/** Sets one key there, or takes it out with `undefined`; nothing else of the file changes. */
export const setInDefinition = async (
  node: PipelineNode,
  files: EditedFiles,
  path: YamlPath,
  value: unknown,
): Promise<void> => {
  if (isYaml(node)) {
    const { file, text, index } = await nodeDocument(node, files);
    await files.write(file, editYaml(text, path, value, index));
    return;
  }
  const { file } = node.location;
  await files.write(file, await setInDecorator(node, (await files.read(file)) ?? "", path, value));
};

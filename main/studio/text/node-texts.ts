import type { TextPart } from "../../../shared/api/index.ts";
import { ProjectError } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import { kinds } from "../../../shared/graph/kinds/index.ts";
import { editYaml } from "../../../shared/yaml/index.ts";
import type { EditedFiles } from "../edit/edited-files.ts";
import { nodeDocument } from "../edit/node-document.ts";
import { versionOf } from "../edit/project-file.ts";

const whole = async (part: TextPart["part"], file: string, files: EditedFiles): Promise<TextPart> => {
  const text = (await files.read(file)) ?? "";
  return { part, file, text, version: versionOf(text) ?? "", line: 1 };
};

const isYaml = (file: string): boolean => /\.ya?ml$/i.test(file);

/** The key of the YAML that holds the node's SQL, when it has one. */
const sqlKeyOf = (node: PipelineNode): string | null => {
  const { sqlKey } = kinds[node.kind];
  const config = node.config as Readonly<Record<string, unknown>>;
  return sqlKey !== undefined && typeof config[sqlKey] === "string" ? sqlKey : null;
};

/** What an editor can change of a node: its SQL or Python, and the YAML that defines it. */
export const nodeTexts = async (node: PipelineNode, files: EditedFiles): Promise<readonly TextPart[]> => {
  const parts: TextPart[] = [];
  const key = sqlKeyOf(node);
  if (key !== null && isYaml(node.location.file)) {
    const { file, document, value } = await nodeDocument(node, files);
    const held = value[key];
    const text = typeof held === "string" ? held : "";
    const { line } = document.positionOf([key]);
    parts.push({ part: "sql", file, text, version: versionOf(text) ?? "", line });
  } else if (node.body?.language === "sql" && !isYaml(node.body.location.file)) {
    parts.push(await whole("sql", node.body.location.file, files));
  }
  if (node.body?.language === "python") parts.push(await whole("python", node.body.file, files));
  if (isYaml(node.location.file)) {
    const { document } = await nodeDocument(node, files);
    parts.push({ ...(await whole("yaml", node.location.file, files)), line: document.start.line });
  }
  return parts;
};

/** Puts an editor's text in its place. Throws `edit_conflict` when that place holds another text by now. */
export const putNodeText = async (
  node: PipelineNode,
  change: Pick<TextPart, "part" | "text" | "version">,
  files: EditedFiles,
): Promise<string> => {
  const now = (await nodeTexts(node, files)).find(({ part }) => part === change.part);
  if (now === undefined)
    throw new ProjectError("edit_no_text", { node: node.id, params: { node: node.id, part: change.part } });
  if (now.version !== change.version) throw new ProjectError("edit_conflict", { params: { file: now.file } });
  const key = sqlKeyOf(node);
  if (change.part === "sql" && key !== null && isYaml(node.location.file)) {
    const { file, text, index } = await nodeDocument(node, files);
    await files.write(file, editYaml(text, [key], change.text, index));
  } else await files.write(now.file, change.text);
  return versionOf(change.text) ?? "";
};

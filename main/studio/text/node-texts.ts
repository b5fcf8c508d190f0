import type { TextPart } from "../../../shared/api/index.ts";
import { ProjectError } from "../../../shared/errors/index.ts";
import { editYaml } from "../../../shared/yaml/index.ts";
import type { EditedFiles } from "../edit/edited-files.ts";
import { versionOf } from "../edit/project-file.ts";
import { isYaml, type TextOwner } from "./text-owner.ts";

/** What an editor can change of a node: its SQL or Python, and the YAML that defines it. */
export const nodeTexts = async (owner: TextOwner, files: EditedFiles): Promise<readonly TextPart[]> => {
  const { file, document, body, line } = owner;
  const parts: TextPart[] = [];
  if (document?.sql) parts.push(inYaml(file, document.sql));
  else if (body?.language === "sql") parts.push(await whole("sql", body.file, 1, files));
  if (body?.language === "python") parts.push(await whole("python", body.file, body.file === file ? line : 1, files));
  if (isYaml(file)) parts.push(await whole("yaml", file, document?.line ?? line, files));
  return parts;
};

const inYaml = (file: string, { text, line }: { readonly text: string; readonly line: number }): TextPart => ({
  part: "sql",
  file,
  text,
  version: versionOf(text) ?? "",
  line,
});

const whole = async (part: TextPart["part"], file: string, line: number, files: EditedFiles): Promise<TextPart> => {
  const text = (await files.read(file)) ?? "";
  return { part, file, text, version: versionOf(text) ?? "", line };
};

/** Puts an editor's text in its place. Throws `edit_conflict` when that place holds another text by now. */
export const putNodeText = async (
  owner: TextOwner,
  change: Pick<TextPart, "part" | "text" | "version">,
  files: EditedFiles,
): Promise<string> => {
  const { id, file, document } = owner;
  const now = (await nodeTexts(owner, files)).find(({ part }) => part === change.part);
  if (now === undefined) throw new ProjectError("edit_no_text", { node: id, params: { node: id, part: change.part } });
  if (now.version !== change.version) throw new ProjectError("edit_conflict", { params: { file: now.file } });
  if (change.part === "sql" && document?.sql) {
    const text = (await files.read(file)) ?? "";
    const sql = ended(change.text, now.text);
    await files.write(file, editYaml(text, [document.sql.key], sql, document.index));
    return versionOf(sql) ?? "";
  }
  await files.write(now.file, change.text);
  return versionOf(change.text) ?? "";
};

/** A block that ended with a new line goes on doing so: without it the line of its key would change too. */
const ended = (text: string, before: string): string =>
  before.endsWith("\n") && !text.endsWith("\n") ? `${text}\n` : text;

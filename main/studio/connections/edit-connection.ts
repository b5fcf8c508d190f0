import type { ConnectionSettings } from "../../../shared/api/index.ts";
import { ProjectError } from "../../../shared/errors/index.ts";
import { suggestion } from "../../../shared/graph/index.ts";
import { editYaml } from "../../../shared/yaml/index.ts";
import type { Project } from "../../engine/index.ts";
import type { EditedFiles } from "../edit/edited-files.ts";
import { changesOf, settingsOf } from "./connection-settings.ts";
import { profileFile, profilePlace } from "./profile-place.ts";

const gitignore = ".gitignore";

/** What a form shows of a connection. Throws `connection_unknown`, `connection_elsewhere`. */
export const readConnection = async (
  project: Project,
  files: EditedFiles,
  name: string,
): Promise<ConnectionSettings> => {
  const { value } = await profilePlace(project, files, name);
  if (value !== null) return settingsOf(value);
  throw new ProjectError("connection_unknown", { params: { name }, next: suggestion(name, project.connections) });
};

/** Adds a connection or changes what is different in it; comments and the other keys stay as they are. */
export const writeConnection = async (
  project: Project,
  files: EditedFiles,
  { name, isNew, settings }: { readonly name: string; readonly isNew: boolean; readonly settings: ConnectionSettings },
): Promise<void> => {
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) throw new ProjectError("connection_name_invalid", { params: { name } });
  const { text, path, value } = await profilePlace(project, files, name);
  if (isNew && value !== null) throw new ProjectError("connection_name_taken", { params: { name } });
  const changes = changesOf(value ?? {}, settings);
  const edited =
    value === null
      ? editYaml(text, path, Object.fromEntries(changes.filter(([, entry]) => entry !== undefined)))
      : changes.reduce((all, [key, entry]) => editYaml(all, [...path, key], entry), text);
  await files.write(profileFile, edited);
  if (text === "") await ignoreProfiles(files);
};

/** Takes a connection out of the file. */
export const removeConnection = async (project: Project, files: EditedFiles, name: string): Promise<void> => {
  const { text, path, value } = await profilePlace(project, files, name);
  if (value === null) {
    throw new ProjectError("connection_unknown", { params: { name }, next: suggestion(name, project.connections) });
  }
  await files.write(profileFile, editYaml(text, path, undefined));
};

/** Profiles are each person's own: git leaves a new file of them alone. */
const ignoreProfiles = async (files: EditedFiles): Promise<void> => {
  const text = (await files.read(gitignore)) ?? "";
  if (text.split(/\r?\n/).some((line) => line.trim().replace(/^\//, "") === profileFile)) return;
  await files.write(gitignore, `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${profileFile}\n`);
};

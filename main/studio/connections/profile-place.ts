import { ProjectError } from "../../../shared/errors/index.ts";
import { parseYamlDocuments } from "../../../shared/yaml/index.ts";
import type { Project } from "../../engine/index.ts";
import type { EditedFiles } from "../edit/edited-files.ts";

export const profileFile = "profiles.yml";

type Raw = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);

/** Where a connection stands in the project's profiles file, or would be added. */
export interface ProfilePlace {
  readonly text: string;
  readonly path: readonly string[];
  /** What the file says of it now; `null` for a new one. */
  readonly value: Raw | null;
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);

/** Lists of connections that a file may have, the most particular first. */
const listsOf = (profile: string): readonly (readonly string[])[] => [
  ["profiles", profile, "connections"],
  ["profiles", profile, "outputs"],
  ["profiles", profile],
  [profile, "connections"],
  [profile, "outputs"],
  ["connections"],
  ["outputs"],
];

const looksLikeConnection = (value: unknown): value is Raw =>
  isRecord(value) && ("type" in value || "host" in value || "url" in value || "path" in value);

/** Finds a connection, or the list that a new one belongs to. Throws `connection_elsewhere`. */
export const profilePlace = async (project: Project, files: EditedFiles, name: string): Promise<ProfilePlace> => {
  const text = await files.read(profileFile);
  const others = project.connections.filter((known) => known !== project.ownServer);
  if (text === null && others.length > 0) {
    throw new ProjectError("connection_elsewhere", { params: { file: "~/.headrace/profiles.yml" } });
  }
  const document = parseYamlDocuments(text ?? "")[0]?.value ?? null;
  const lists = listsOf(project.settings.profile ?? "default");
  for (const list of lists) {
    const value = at(document, [...list, name]);
    if (looksLikeConnection(value)) return { text: text ?? "", path: [...list, name], value };
  }
  const home = lists.find((list) =>
    list.length !== 2 || list[0] !== "profiles" ? isRecord(at(document, list)) : false,
  );
  return { text: text ?? "", path: [...(home ?? ["connections"]), name], value: null };
};

import { relative, sep } from "node:path";

import { parseYamlDocuments } from "../../../../shared/yaml/index.ts";
import { projectError } from "../problems.ts";
import type { Problem } from "../project.ts";
import { isRecord, profileNames, profileOf, type ProfileShape } from "./profile-file.ts";

export interface ReadProfile {
  /** `null` when the file does not have the profile. */
  readonly shape: ProfileShape | null;
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
}

/** One profile of a profiles file's text. What is wrong with the text is told without quoting it. */
export const readProfile = (root: string, path: string, text: string, name: string): ReadProfile => {
  const inside = relative(root, path).split(sep).join("/");
  const file = inside.startsWith("..") ? path : inside;
  const [document] = parseYamlDocuments(text);
  if (document === undefined) return { shape: null, names: [], problems: [] };
  const problems = document.problems.map(({ position }) =>
    projectError("profile_invalid", { location: { file, ...position }, params: { file } }),
  );
  if (problems.length > 0) return { shape: null, names: [], problems };
  const { value } = document;
  if (value === null) return { shape: null, names: [], problems: [] };
  if (!isRecord(value)) {
    const location = { file, ...document.start };
    return { shape: null, names: [], problems: [projectError("profile_invalid", { location, params: { file } })] };
  }
  return { shape: profileOf(value, name), names: profileNames(value), problems: [] };
};

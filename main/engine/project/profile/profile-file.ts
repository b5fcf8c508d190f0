// Which profiles file is read, and the shapes its text may have: Headrace's, Seeknal's and dbt's.

import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";

import type { Environment } from "./variables.ts";

export type Raw = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Raw =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What `--profile` and the project file ask for. */
export interface ProfileChoice {
  readonly name: string;
  /** Named on the command line or in the project file, not merely the default. */
  readonly isAsked: boolean;
  /** Files in the order they are looked through; absolute. */
  readonly files: readonly string[];
}

const names = ["profiles.yml", "profiles.yaml"] as const;

export const chooseProfile = (
  root: string,
  asked: string | null,
  fromProject: string | null,
  environment: Environment,
): ProfileChoice => {
  const projectName = fromProject ?? "default";
  if (asked !== null && isPath(asked)) {
    const path = isAbsolute(asked) ? asked : [join(root, asked), resolve(asked)].find((file) => existsSync(file));
    return { name: projectName, isAsked: true, files: [path ?? resolve(asked)] };
  }
  const home = environment["HOME"] ?? environment["USERPROFILE"];
  const folders = [
    root,
    ...(home === undefined || home === "" ? [] : [join(home, ".headrace"), join(home, ".seeknal")]),
  ];
  const files = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return { name: asked ?? projectName, isAsked: asked !== null, files };
};

const isPath = (profile: string): boolean => /[\\/]/.test(profile) || /\.ya?ml$/i.test(profile);

/** A profiles file's text, or `null` when there is none. */
export const readProfileFile = (path: string): string | null => (existsSync(path) ? readFileSync(path, "utf8") : null);

/** One profile out of a file, in one shape. */
export interface ProfileShape {
  readonly connections: Readonly<Record<string, Raw>>;
  /** The output or connection that is used where none is named. */
  readonly defaultConnection: string | null;
  readonly sourceDefaults: Readonly<Record<string, Raw>>;
}

const sharedKeys = new Set([
  "connections",
  "default_connection",
  "source_defaults",
  "outputs",
  "target",
  "materialization",
]);

/** Names of the profiles that a file defines. */
export const profileNames = (document: Raw): readonly string[] => {
  const listed = isRecord(document["profiles"]) ? Object.keys(document["profiles"]) : [];
  const plain = Object.keys(document).filter(
    (key) => !sharedKeys.has(key) && key !== "profiles" && isProfile(document[key]),
  );
  return [...listed, ...plain];
};

/** `outputs:`, `connections:`, or outputs directly below the profile's name. */
const isProfile = (value: unknown): boolean =>
  isRecord(value) &&
  ("outputs" in value ||
    "connections" in value ||
    "source_defaults" in value ||
    Object.values(value).some((inner) => isRecord(inner) && typeof inner["type"] === "string"));

/**
 * The named profile, over what the file gives to all of them; `null` when the file has neither. A file with
 * `connections:` at its top level is a profile by itself, whatever its name.
 */
export const profileOf = (document: Raw, name: string): ProfileShape | null => {
  const listed = isRecord(document["profiles"]) ? document["profiles"][name] : undefined;
  const own = isRecord(listed) ? listed : profileNames(document).includes(name) ? document[name] : undefined;
  const shared = Object.fromEntries(Object.entries(document).filter(([key]) => sharedKeys.has(key)));
  if (!isRecord(own) && Object.keys(shared).length === 0) return null;
  const layers = [shared, ...(isRecord(own) ? [own] : [])];
  const connections = Object.assign({}, ...layers.map(connectionsOf)) as Record<string, Raw>;
  const sourceDefaults = Object.assign({}, ...layers.map(({ source_defaults: given }) => records(given))) as Record<
    string,
    Raw
  >;
  const target =
    layers.map(({ default_connection: given, target: output }) => given ?? output).findLast(isText) ?? null;
  return { connections, defaultConnection: target, sourceDefaults };
};

const isText = (value: unknown): value is string => typeof value === "string";

const records = (value: unknown): Readonly<Record<string, Raw>> =>
  isRecord(value)
    ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, Raw] => isRecord(entry[1])))
    : {};

const connectionsOf = (layer: Raw): Readonly<Record<string, Raw>> => {
  const direct = Object.entries(layer).filter(
    ([key, value]) => !sharedKeys.has(key) && isRecord(value) && "type" in value,
  );
  return { ...records(Object.fromEntries(direct)), ...records(layer["outputs"]), ...records(layer["connections"]) };
};

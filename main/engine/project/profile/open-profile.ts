// The chosen profile: which connections there are, told from its text alone, and each resolved when it is asked for.

import { createHmac } from "node:crypto";

import { HeadraceError, ProjectError } from "../../../../shared/errors/index.ts";
import { stampOf } from "../../files/file-stamp.ts";
import { projectError, projectWarning } from "../problems.ts";
import type { Connection, PostgresConnection, Problem } from "../project.ts";
import { chooseProfile, type ProfileChoice, type ProfileShape, type Raw, readProfileFile } from "./profile-file.ts";
import { type Environment, readEnvironment } from "./variables.ts";

export interface ProfileOptions {
  readonly root: string;
  readonly profile?: string | null | undefined;
  readonly environment: Environment;
  readonly embeddedPostgres?: (() => Promise<PostgresConnection>) | undefined;
  readonly secret?: ((name: string) => Promise<string | null>) | undefined;
}

/** What is known of a profile without resolving anything: no value of a connection is in it, so it may be stored. */
export interface ProfileSummary {
  readonly name: string;
  /** Stamps of every file that was looked for, by absolute path. */
  readonly files: Readonly<Record<string, string | null>>;
  readonly connections: readonly { readonly name: string; readonly type: "postgresql" | "sqlite" | null }[];
  readonly defaultConnection: string | null;
  /** Params that sources take where their own file is silent, by type. */
  readonly sourceDefaults: Readonly<Record<string, Raw>>;
  /** Keyed hashes of the variables that `sourceDefaults` used. */
  readonly variables: Readonly<Record<string, string | null>>;
  readonly problems: readonly Problem[];
}

/** Whether a summary still says what its files and variables say. */
export const isCurrent = (
  summary: ProfileSummary,
  options: ProfileOptions,
  asked: string | null,
  key: Buffer,
): boolean => {
  const choice = chooseProfile(options.root, options.profile ?? null, asked, options.environment);
  if (choice.name !== summary.name || choice.files.join("\0") !== Object.keys(summary.files).join("\0")) return false;
  if (!choice.files.every((file) => stampOf(file) === summary.files[file])) return false;
  const variables = Object.entries(summary.variables);
  if (variables.length === 0) return true;
  const environment = readEnvironment(options.root, options.environment);
  return variables.every(([name, hash]) => variableHash(environment[name], key) === hash);
};

const variableHash = (value: string | undefined, key: Buffer): string | null =>
  value === undefined ? null : createHmac("sha256", key).update(value).digest("hex");

interface OpenedProfile {
  readonly choice: ProfileChoice;
  readonly shape: ProfileShape;
  readonly problems: readonly Problem[];
}

const nothing: ProfileShape = { connections: {}, defaultConnection: null, sourceDefaults: {} };

/** Reads the first file that has the profile. */
const open = async (options: ProfileOptions, fromProject: string | null): Promise<OpenedProfile> => {
  const choice = chooseProfile(options.root, options.profile ?? null, fromProject, options.environment);
  const { readProfile } = await import("./read-profile.ts");
  const names = new Set<string>();
  let hasFile = false;
  for (const path of choice.files) {
    const text = readProfileFile(path);
    if (text === null) continue;
    hasFile = true;
    const read = readProfile(options.root, path, text, choice.name);
    if (read.shape !== null || read.problems.length > 0) {
      return { choice, shape: read.shape ?? nothing, problems: read.problems };
    }
    for (const name of read.names) names.add(name);
  }
  const params = { name: choice.name, known: [...names] };
  const problems: Problem[] = [];
  if (choice.isAsked)
    problems.push(projectError("profile_unknown", { params: { ...params, known: [...names].join(", ") || "none" } }));
  else if (choice.name !== "default" || hasFile) {
    problems.push(projectWarning("profile_missing", { params: { name: choice.name } }));
  }
  return { choice, shape: nothing, problems };
};

/** The summary of the profile that the project and the call ask for. */
export const summarizeProfile = async (
  options: ProfileOptions,
  fromProject: string | null,
  key: Buffer,
): Promise<ProfileSummary> => {
  const { choice, shape, problems } = await open(options, fromProject);
  const { connectionType } = await import("./resolve-connection.ts");
  const environment = readEnvironment(options.root, options.environment);
  const variables: Record<string, string | null> = {};
  const found = [...problems];
  const sourceDefaults: Record<string, Raw> = {};
  const { resolveDefaults } = await import("./source-defaults.ts");
  for (const [type, raw] of Object.entries(shape.sourceDefaults)) {
    try {
      sourceDefaults[type === "postgres" ? "postgresql" : type] = await resolveDefaults(
        type,
        raw,
        environment,
        (name) => {
          variables[name] = variableHash(environment[name], key);
        },
      );
    } catch (error) {
      if (!(error instanceof HeadraceError)) throw error;
      found.push(projectError(error.code, { params: error.params, next: error.next }));
    }
  }
  return {
    name: choice.name,
    files: Object.fromEntries(choice.files.map((file) => [file, stampOf(file)])),
    connections: Object.entries(shape.connections).map(([name, raw]) => ({ name, type: connectionType(raw) })),
    defaultConnection: shape.defaultConnection,
    sourceDefaults,
    variables,
    problems: found,
  };
};

/** The name that stands for the project's own server. */
const embeddedName = "default";

const hasServer = ({ connections }: ProfileSummary): boolean => connections.some(({ type }) => type === "postgresql");

/** Names that nodes may use; without any server in the profile the project's own one answers. */
export const connectionNames = (summary: ProfileSummary): readonly string[] => {
  const names = summary.connections.map(({ name }) => name);
  return hasServer(summary) || names.includes(embeddedName) ? names : [embeddedName, ...names];
};

/** The name among them that stands for the project's own server; `null` where the profile has servers. */
export const ownServerName = (summary: ProfileSummary): string | null => {
  const isTaken = summary.connections.some(({ name }) => name === embeddedName);
  return hasServer(summary) || isTaken ? null : embeddedName;
};

/** Whether a name can be resolved: any name can while the profile has no server of its own. */
export const isKnownConnection = (summary: ProfileSummary, name: string): boolean =>
  !hasServer(summary) || summary.connections.some((connection) => connection.name === name);

/** The connection that `null` means: the profile's default, its only server, else the project's own. */
const defaultName = (summary: ProfileSummary): string => {
  const servers = summary.connections.filter(({ type }) => type === "postgresql").map(({ name }) => name);
  const { defaultConnection } = summary;
  if (defaultConnection !== null && servers.includes(defaultConnection)) return defaultConnection;
  if (servers.includes(embeddedName)) return embeddedName;
  const [only, ...others] = servers;
  if (only === undefined) return embeddedName;
  if (others.length > 0) throw new ProjectError("connection_ambiguous", { params: { known: servers.join(", ") } });
  return only;
};

/** Resolves connections of a summarized profile. Its file is read again for each: values are never kept. */
export const connectionResolver =
  (options: ProfileOptions, fromProject: string | null, summary: ProfileSummary) =>
  async (asked: string | null): Promise<Connection> => {
    const name = asked ?? defaultName(summary);
    const { resolveConnection, unknownConnection } = await import("./resolve-connection.ts");
    const isDefined = summary.connections.some((connection) => connection.name === name);
    if (isDefined) {
      const raw = (await open(options, fromProject)).shape.connections[name];
      if (raw === undefined) throw unknownConnection(name, connectionNames(summary));
      const environment = readEnvironment(options.root, options.environment);
      return resolveConnection(name, raw, options.root, { environment, secret: options.secret });
    }
    if (hasServer(summary)) throw unknownConnection(name, connectionNames(summary));
    if (options.embeddedPostgres === undefined) throw new ProjectError("connection_embedded", { params: { name } });
    return { ...(await options.embeddedPostgres()), name };
  };

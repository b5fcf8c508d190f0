// headrace.yml (or seeknal_project.yml): the project's own settings.

import { basename } from "node:path";

import { z } from "zod";

import type { SourceLocation } from "../../../shared/errors/index.ts";
import { byteSizeSchema } from "../../../shared/graph/kinds/common.ts";
import { HeadraceError, ProjectError } from "../../../shared/errors/index.ts";
import { parseYamlDocuments, type YamlDocument } from "../../../shared/yaml/index.ts";
import { describe, findingsOf } from "../../../shared/graph/kinds/config-findings.ts";
import { checkDefaults } from "./check-defaults.ts";
import { projectFileOf } from "./find-root.ts";
import { projectError, projectWarning } from "./problems.ts";
import type { Problem, ProjectSettings } from "./project.ts";
import type { ProjectFiles } from "./project-files.ts";
import { validKeysOf } from "../../../shared/graph/kinds/valid-keys.ts";

const text = z.union([z.string(), z.number().transform(String)]);

const engineSchema = z.union([
  z.enum(["duckdb", "spark"]).transform((type) => ({ type, memory: undefined, threads: undefined })),
  z.strictObject({
    type: z.enum(["duckdb", "spark"]).default("duckdb"),
    memory: byteSizeSchema.optional(),
    threads: z.number().int().positive().optional(),
  }),
]);

const pythonSchema = z.strictObject({
  mode: z.enum(["managed", "uv-run", "provisioned"]).default("managed"),
  interpreter: z.string().optional(),
  dependencies: z.array(z.string()).default([]),
});

const settingsSchema = z.strictObject({
  name: text.optional(),
  version: text.optional(),
  description: z.string().optional(),
  profile: z.string().optional(),
  vars: z.record(z.string(), z.unknown()).default({}),
  defaults: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  engine: engineSchema.optional(),
  python: pythonSchema.optional(),
});

/** Seeknal's keys of the project file that change nothing here. */
const ignored: Readonly<Record<string, string>> = {
  "config-version": "The file format is recognised by its keys.",
  state_backend: "State is kept in target/run_state.json.",
  execution: "`headrace run --max-workers` says how many nodes run at a time.",
  materialization: "Each node's materializations say what is written.",
};

export interface ReadSettings {
  /** Relative to the root. */
  readonly file: string;
  readonly settings: ProjectSettings;
  readonly defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly problems: readonly Problem[];
}

/** The settings of a project; with an unreadable file, defaults and the problem. Throws `project_not_found`. */
export const readSettings = (files: ProjectFiles): ReadSettings => {
  const { root } = files;
  const file = projectFileOf(root);
  if (file === null) throw new ProjectError("project_not_found", { params: { folder: root } });
  const problems: Problem[] = [];
  const [document] = parseYamlDocuments(settingsText(files, file, problems));
  const raw = document === undefined ? {} : rawSettings(document, file, problems);
  const parsed = settingsSchema.safeParse(raw);
  if (!parsed.success && document !== undefined) {
    for (const { code, path, atKey, params, next } of findingsOf(
      parsed.error.issues,
      raw,
      validKeysOf(settingsSchema),
    )) {
      const location = { file, ...document.positionOf(path, atKey ? "key" : "value") };
      problems.push(projectError(code, { location, params, next }));
    }
  }
  const values = parsed.success ? parsed.data : settingsSchema.parse({});
  const defaults = document === undefined ? {} : checkDefaults(values.defaults, document, file, problems);
  return { file, settings: toSettings(root, values), defaults, problems };
};

const settingsText = (files: ProjectFiles, file: string, problems: Problem[]): string => {
  try {
    return files.text(file);
  } catch (error) {
    if (!(error instanceof HeadraceError)) throw error;
    problems.push(projectError(error.code, { location: error.location ?? undefined, params: error.params }));
    return "";
  }
};

const rawSettings = (document: YamlDocument, file: string, problems: Problem[]): Readonly<Record<string, unknown>> => {
  const at = (position: { line: number; column: number }): SourceLocation => ({ file, ...position });
  for (const { code, detail, position } of document.problems) {
    problems.push(projectError(code, { location: at(position), params: { detail } }));
  }
  const { value } = document;
  if (value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) {
    const params = { key: file, expected: "a mapping", found: describe(value) };
    problems.push(projectError("value_invalid", { location: at(document.start), params }));
    return {};
  }
  const kept: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const instead = Object.hasOwn(ignored, key) ? ignored[key] : undefined;
    if (instead === undefined) kept[key] = inner;
    else {
      const params = { key, node: "the project", instead };
      problems.push(projectWarning("key_ignored", { location: at(document.positionOf([key], "key")), params }));
    }
  }
  return kept;
};

const toSettings = (root: string, values: z.output<typeof settingsSchema>): ProjectSettings => ({
  name: values.name ?? basename(root),
  version: values.version ?? null,
  description: values.description ?? null,
  profile: values.profile ?? null,
  vars: values.vars,
  engine: {
    type: values.engine?.type ?? "duckdb",
    memory: values.engine?.memory ?? null,
    threads: values.engine?.threads ?? null,
  },
  python: {
    mode: values.python?.mode ?? "managed",
    interpreter: values.python?.interpreter ?? null,
    dependencies: values.python?.dependencies ?? [],
  },
});

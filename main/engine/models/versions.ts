import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { HeadraceError } from "../../../shared/errors/index.ts";
import { suggestion } from "../../../shared/graph/index.ts";
import { replaceFile } from "../files/index.ts";

/** Names of folders, too: nothing else gets in, whoever wrote the file. */
const idSchema = z.string().regex(/^v[0-9a-f]{10}$/);

const versionSchema = z.object({
  version: idSchema,
  /** The `version` of the model's file when it was trained. */
  label: z.string().nullable(),
  /** ISO 8601: when it was last trained. */
  trained_at: z.string(),
  run_id: z.string(),
  task: z.enum(["classification", "regression"]),
  algorithm: z.string(),
  target: z.string(),
  packages: z.array(z.string()),
  data_hash: z.string(),
  env_hash: z.string(),
  /** SHA-256 of model.skops. */
  artifact_hash: z.string(),
  train_rows: z.number(),
  test_rows: z.number(),
  features: z.number(),
  main_metric: z.string(),
  larger_is_better: z.boolean(),
  scores: z.record(z.string(), z.record(z.string(), z.number().nullable())),
  /** Whether it was promoted when it was trained, and why or why not. */
  promoted: z.boolean(),
  reason: z.string(),
});
export type ModelVersion = z.output<typeof versionSchema>;

const registrySchema = z.object({
  schema_version: z.literal(1),
  promoted: idSchema.nullable(),
  promoted_at: z.string().nullable(),
  /** Whether a person promoted it, rather than the model's rule. */
  promoted_by_hand: z.boolean(),
  /** In the order in which they were last trained. */
  versions: z.array(versionSchema),
});
export type Registry = z.output<typeof registrySchema>;

const nothing: Registry = {
  schema_version: 1,
  promoted: null,
  promoted_at: null,
  promoted_by_hand: false,
  versions: [],
};

/** Absolute folder of a model's versions; `model` is its id or name. */
const modelFolder = (targetPath: string, model: string): string =>
  join(targetPath, "models", model.slice(model.indexOf(".") + 1));

/** Absolute folder of one version. */
export const versionFolder = (targetPath: string, model: string, version: string): string =>
  join(modelFolder(targetPath, model), version);

const registryFile = (targetPath: string, model: string): string =>
  join(modelFolder(targetPath, model), "versions.json");

/** A model's versions; none before it was trained. Throws `model_registry_damaged`. */
export const readRegistry = (targetPath: string, model: string): Registry => {
  const path = registryFile(targetPath, model);
  if (!existsSync(path)) return nothing;
  try {
    return registrySchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    const text = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    throw new HeadraceError("model_registry_damaged", { params: { path, text } }, { cause });
  }
};

const writeRegistry = async (targetPath: string, model: string, registry: Registry): Promise<void> => {
  mkdirSync(modelFolder(targetPath, model), { recursive: true });
  await replaceFile(registryFile(targetPath, model), `${JSON.stringify(registry, null, 2)}\n`);
};

/** Lists a trained version as the newest, promoted where its rule says so. The caller holds the project's lock. */
export const addVersion = async (targetPath: string, model: string, trained: ModelVersion): Promise<void> => {
  const before = readRegistry(targetPath, model);
  const versions = [...before.versions.filter(({ version }) => version !== trained.version), trained];
  const isNew = trained.promoted && before.promoted !== trained.version;
  const promotion = isNew
    ? { promoted: trained.version, promoted_at: trained.trained_at, promoted_by_hand: false }
    : {};
  await writeRegistry(targetPath, model, { ...before, versions, ...promotion });
};

/** Promotes a version by hand. The caller holds the project's lock. Throws `model_version_unknown`. */
export const promoteVersion = async (targetPath: string, model: string, wanted: string): Promise<ModelVersion> => {
  const registry = readRegistry(targetPath, model);
  const found = findVersion(targetPath, model, wanted);
  const promotion = { promoted: found.version, promoted_at: new Date().toISOString(), promoted_by_hand: true };
  await writeRegistry(targetPath, model, { ...registry, ...promotion });
  return found;
};

/** A version by id, by label (the newest of it), or `promoted` or `latest`. Throws where there is none. */
export const findVersion = (targetPath: string, model: string, wanted: string): ModelVersion => {
  const { versions, promoted } = readRegistry(targetPath, model);
  if (wanted === "promoted" || wanted === "latest") {
    const found = wanted === "latest" ? versions.at(-1) : versions.find(({ version }) => version === promoted);
    if (found !== undefined) return found;
    throw new HeadraceError("model_not_trained", {
      params: { model, which: wanted === "latest" ? "trained" : wanted },
    });
  }
  const found =
    versions.find(({ version }) => version === wanted) ?? versions.findLast(({ label }) => label === wanted);
  if (found !== undefined) return found;
  const names = versions.flatMap(({ version, label }) => (label === null ? [version] : [version, label]));
  const hint = suggestion(wanted, [...new Set([...names, "promoted", "latest"])]);
  throw new HeadraceError("model_version_unknown", { params: { model, version: wanted, suggestion: hint } });
};

// Every published spelling of a key, made into the one that the schemas know. Pure; runs before the schema.

import type { KindName } from "./index.ts";

type Path = readonly (string | number)[];
type Raw = Record<string, unknown>;

/** A key that is kept in the file but not acted on. */
export interface IgnoredKey {
  readonly path: Path;
  readonly key: string;
  /** What happens instead, as a sentence. */
  readonly instead: string;
}

export interface Unified {
  readonly value: Raw;
  readonly ignored: readonly IgnoredKey[];
  /** Keys given in two spellings at once. */
  readonly conflicts: readonly { readonly path: Path; readonly key: string; readonly other: string }[];
  /** Where the file has what the unified value holds: `["materializations", 0]` → `["materialization"]`. */
  readonly renamed: readonly { readonly to: Path; readonly from: Path }[];
}

const isRecord = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);

/** Keys of Seeknal's that change nothing here, each with what happens instead. */
const ignoredKeys: Readonly<Record<string, string>> = {
  "config-version": "The file format is recognised by its keys.",
  "materializations.create_table": "A missing table is always created.",
  "materializations.partition_by": "The table is written whole.",
  "materializations.schema_evolution": "on_schema_change says what a changed schema does.",
  "materializations.catalog": "The catalog is that of the connection.",
  "materialization.storage_type": "Features are kept as parquet files.",
  "exposure.params.refresh_interval": "The exposure is written on every run.",
};

const ignoredAnywhere: Readonly<Record<string, string>> = {
  "config-version": "The file format is recognised by its keys.",
  state_backend: "State is kept in target/run_state.json.",
};

class Unifier {
  readonly value: Raw;
  readonly ignored: IgnoredKey[] = [];
  readonly conflicts: { path: Path; key: string; other: string }[] = [];
  readonly renamed: { to: Path; from: Path }[] = [];

  constructor(raw: Raw) {
    this.value = { ...raw };
  }

  /** Moves a key; both at once is a conflict. */
  rename(from: string, to: string): void {
    if (!(from in this.value)) return;
    const moved = this.value[from];
    delete this.value[from];
    if (to in this.value) return void this.conflicts.push({ path: [from], key: from, other: to });
    this.value[to] = moved;
    this.renamed.push({ to: [to], from: [from] });
  }

  /** Moves `params.key` to the top level unless it is given there. */
  lift(key: string): void {
    const params = this.value["params"];
    if (!isRecord(params) || !(key in params) || key in this.value) return;
    this.value[key] = params[key];
    this.value["params"] = Object.fromEntries(Object.entries(params).filter(([name]) => name !== key));
    this.renamed.push({ to: [key], from: ["params", key] });
  }

  ignore(path: Path, instead: string): void {
    this.ignored.push({ path, key: String(path.at(-1)), instead });
  }
}

/** `materialization` is one target, or for a feature group its stores. */
const unifyMaterializations = (unifier: Unifier, kind: KindName): void => {
  const { value } = unifier;
  const single = value["materialization"];
  const isStores = kind === "feature_group" && isRecord(single) && !("type" in single) && !("table" in single);
  if (isStores || single === undefined) return;
  unifier.rename("materialization", "materializations");
};

/** One target or a list; unknown Seeknal keys of a target are taken out. */
const unifyTargets = (unifier: Unifier): void => {
  const { value } = unifier;
  const given = value["materializations"];
  if (isRecord(given)) {
    value["materializations"] = [given];
    const from = unifier.renamed.find(({ to }) => to[0] === "materializations")?.from ?? ["materializations"];
    unifier.renamed.push({ to: ["materializations", 0], from });
  }
  const targets = value["materializations"];
  if (!Array.isArray(targets)) return;
  value["materializations"] = targets.map((target: unknown, index) =>
    isRecord(target) ? unifyTarget(unifier, target, index) : target,
  );
};

const unifyTarget = (unifier: Unifier, target: Raw, index: number): Raw => {
  const kept: Raw = {};
  for (const [key, inner] of Object.entries(target)) {
    const instead = ignoredKeys[`materializations.${key}`];
    if (instead === undefined) kept[key] = inner;
    else unifier.ignore(["materializations", index, key], instead);
  }
  // Seeknal's targets without a type are Iceberg tables, named catalog.schema.table.
  const isIceberg = typeof kept["table"] === "string" && kept["table"].split(".").length === 3;
  if (!("type" in kept) && !("connection" in kept) && isIceberg) kept["type"] = "iceberg";
  return kept;
};

const unifyKind: Partial<Readonly<Record<KindName, (unifier: Unifier) => void>>> = {
  rule: (unifier) => {
    unifier.lift("severity");
    unifier.lift("error_message");
  },
  exposure: (unifier) => {
    unifier.lift("format");
    const params = unifier.value["params"];
    if (isRecord(params) && "refresh_interval" in params) {
      unifier.ignore(["params", "refresh_interval"], ignoredKeys["exposure.params.refresh_interval"] ?? "");
    }
  },
  feature_group: (unifier) => {
    const stores = unifier.value["materialization"];
    if (!isRecord(stores) || !("event_time_col" in stores) || "event_time" in unifier.value) return;
    unifier.value["event_time"] = stores["event_time_col"];
    unifier.renamed.push({ to: ["event_time"], from: ["materialization", "event_time_col"] });
  },
};

/** The unified form of a node's document. */
export const unifySpellings = (kind: KindName, raw: Readonly<Record<string, unknown>>): Unified => {
  const unifier = new Unifier(raw);
  unifier.rename("depends_on", "inputs");
  unifyMaterializations(unifier, kind);
  unifyTargets(unifier);
  unifyKind[kind]?.(unifier);
  for (const [key, instead] of Object.entries(ignoredAnywhere)) {
    if (!(key in unifier.value)) continue;
    delete unifier.value[key];
    unifier.ignore([key], instead);
  }
  return unifier;
};

/** The file's path of what stands at `path` of the unified value. */
export const originalPath = (renamed: Unified["renamed"], path: Path): Path => {
  for (const { to, from } of renamed.toReversed()) {
    if (to.every((part, index) => path[index] === part)) return [...from, ...path.slice(to.length)];
  }
  return path;
};

/** Seeknal's kinds that Headrace keeps but does not run, each with what happens instead. */
export const ignoredKinds: Readonly<Record<string, string>> = {
  profile: "Column statistics are shown by the preview; nothing is run for this node.",
  semantic_model: "It is kept as it is; no table is made from it.",
  metric: "It is kept as it is; no table is made from it.",
  common_config: "Fragments are read from the common folder.",
};

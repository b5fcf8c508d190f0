import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { PlanAction, Reason } from "../../../shared/run/index.ts";
import type { CachedOutput, FingerprintParts, NodeRecord, NodeTables } from "../state/index.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { withinTtl, type Observation } from "./observe.ts";
import { compareParts, reason } from "./reasons.ts";

/** A materialization as a plan sees it. */
export interface PlannedTarget {
  readonly name: string;
  readonly optionsHash: string;
}

export interface DecisionInput {
  readonly node: PipelineNode;
  readonly observation: Observation;
  readonly record: NodeRecord | undefined;
  /** Output hashes of the inputs in order; `null` while one of them is not known yet. */
  readonly upstream: readonly string[] | null;
  /** Inputs that will run or may change, for the reason. */
  readonly pending: readonly string[];
  readonly forced: boolean;
  readonly targets: readonly PlannedTarget[];
  readonly now: number;
  readonly packagesBefore: Readonly<Record<string, string>> | undefined;
  /** Looks an output up by fingerprint. */
  readonly find: (fingerprint: string) => Promise<CachedOutput | null>;
  /** Checks that a node's recorded tables are still on disk. */
  readonly verify: (tables: NodeTables) => Promise<NodeTables | null>;
}

/** What to do with a node, why, and what can be reused. */
export interface Decision {
  readonly action: PlanAction;
  readonly reasons: readonly Reason[];
  readonly parts: FingerprintParts | null;
  readonly fingerprint: string | null;
  /** The output to use when nothing needs to be computed. */
  readonly reuse: CachedOutput | null;
  /** Targets to write although the output is there. */
  readonly staleTargets: readonly string[];
  /** Whether what the node keeps besides its table has to be written from the table that is there. */
  readonly storesAreStale?: boolean | undefined;
}

const without = (action: PlanAction, reasons: readonly Reason[]): Decision => ({
  action,
  reasons,
  parts: null,
  fingerprint: null,
  reuse: null,
  staleTargets: [],
});

const succeeded = (record: NodeRecord): boolean => record.status !== "FAILED" && record.status !== "CANCELLED";

const targetReasons = (input: DecisionInput, outputHash: string): readonly Reason[] =>
  input.targets.flatMap((target) => {
    const last = input.record?.targets[target.name];
    if (last === undefined) return [reason("target_changed", `${target.name} was never written`, target.name)];
    if (last.status === "FAILED") return [reason("target_failed", `${target.name} failed last time`, target.name)];
    if (last.optionsHash !== target.optionsHash) {
      return [reason("target_changed", `settings of ${target.name} changed`, target.name)];
    }
    return last.outputHash === outputHash
      ? []
      : [reason("target_changed", `${target.name} has other data`, target.name)];
  });

const reused = (input: DecisionInput, parts: FingerprintParts, found: CachedOutput, why: Reason): Decision => {
  const stale = targetReasons(input, found.output.hash);
  return {
    action: stale.length === 0 ? "cached" : "materialize",
    reasons: stale.length === 0 ? [why] : stale,
    parts,
    fingerprint: found.fingerprint,
    reuse: found,
    staleTargets: stale.map((entry) => entry.subject ?? ""),
  };
};

const fromRecord = (record: NodeRecord, tables: NodeTables): CachedOutput => ({
  fingerprint: record.fingerprint,
  ...tables,
  rows: record.row_count,
  columns: record.metadata.columns,
  seconds: record.duration_ms / 1000,
  envHash: record.metadata.env_hash,
  artifactHash: record.metadata.artifact_hash,
});

/** Why this node's own side, its inputs aside, asks for a run whatever the fingerprint says. */
const alwaysReason = (input: DecisionInput): Reason | null => {
  const { node, observation, record } = input;
  if (input.forced) return reason("forced", "--full");
  if (node.config.cache?.store === false) return reason("always", "cache: none");
  if (withinTtl(node, record, input.now)) return null;
  if (node.body?.language === "sql" && node.body.volatile.length > 0) {
    return reason("volatile", `uses ${node.body.volatile.join(", ")}`);
  }
  if (observation.isUnasked) return reason("never_ran", "never ran");
  if (observation.external === null) {
    return reason("always", observation.everyRun ?? "its source can change without a trace");
  }
  const ttl = node.config.cache?.ttl;
  const expires = ttl !== undefined && node.kind !== "source" && record !== undefined;
  return expires ? reason("expired", `older than its cache.ttl of ${ttl} s`) : null;
};

/** A pinned node keeps the output it has, whatever changed; only its targets are written from it. */
const pinnedOutput = async (input: DecisionInput): Promise<Decision | null> => {
  const { node, record } = input;
  if (node.config.pinned !== true || record === undefined || record.output === null) return null;
  const tables = await input.verify({ output: record.output, extra: record.extra });
  if (tables === null) return null;
  const since = record.last_run.slice(0, 16).replace("T", " ");
  return reused(
    input,
    record.parts,
    fromRecord(record, tables),
    reason("pinned", `pinned: keeps its output of ${since}`),
  );
};

const ownChanges = (input: DecisionInput, upstream: readonly string[] | null): readonly Reason[] => {
  const { observation, record } = input;
  if (record === undefined) return [reason("never_ran", "never ran")];
  const after = { ...observation.definition, external: observation.external ?? {}, upstream };
  return compareParts(record.parts, after, input.node.body?.language ?? null, {
    before: input.packagesBefore,
    after: observation.packages ?? undefined,
  });
};

const whileInputsRun = (input: DecisionInput): Decision => {
  const always = alwaysReason(input);
  if (always !== null) return without("run", [always]);
  const changes = ownChanges(input, null);
  if (changes.length > 0) return without("run", changes);
  const waits = input.pending.map((id) => reason("upstream_changed", `${id} runs first`, id));
  return without("check", waits);
};

/** Decides about one node. Pure but for the two look-ups it is given. */
export const decideNode = async (input: DecisionInput): Promise<Decision> => {
  const { observation, record } = input;
  if (!input.node.config.enabled) return without("skip", [reason("disabled", "disabled")]);
  const pinned = await pinnedOutput(input);
  if (pinned !== null) return pinned;
  if (observation.error !== null) return without("run", [reason("failed_before", observation.error.message)]);
  if (input.upstream === null) return whileInputsRun(input);

  const parts: FingerprintParts = {
    ...observation.definition,
    upstream: input.upstream,
    external: observation.external ?? {},
  };
  const fingerprint = fingerprintOf(parts);
  const run = (reasons: readonly Reason[]): Decision => ({ ...without("run", reasons), parts, fingerprint });

  const always = alwaysReason(input);
  if (always !== null) return run([always]);

  const recorded = record?.output ?? null;
  const same = record?.fingerprint === fingerprint && recorded?.file === `cache/${fingerprint}.parquet`;
  if (same) {
    const tables = await input.verify({ output: recorded, extra: record.extra });
    const hooksFailed =
      !succeeded(record) && Object.values(record.targets).every((target) => target.status === "SUCCESS");
    if (hooksFailed) return run([reason("failed_before", "failed last time")]);
    if (tables !== null) return reused(input, parts, fromRecord(record, tables), reason("up_to_date", "up to date"));
  }
  const found = await input.find(fingerprint);
  if (found !== null) return reused(input, parts, found, reason("up_to_date", "an earlier output fits"));

  if (same) return run([reason("output_missing", "its output is gone or was changed")]);
  const changes = ownChanges(input, input.upstream);
  if (changes.length > 0) return run(changes);
  return run([
    record !== undefined && !succeeded(record)
      ? reason("failed_before", "failed last time")
      : reason("output_missing", "its output is gone"),
  ]);
};

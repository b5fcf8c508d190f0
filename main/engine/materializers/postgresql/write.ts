// One write from beginning to end: plan, stage, load, check, publish.

import { CancelledError, ExecutorExecutionError, HeadraceError } from "../../../../shared/errors/index.ts";
import { type PostgresClient, postgresClient, retryTransient, sqlstateOf } from "../../postgres/index.ts";
import { isFilled } from "./filled.ts";
import type { WriteJob } from "./job.ts";
import { refuseBadKeys } from "./key-checks.ts";
import { type Counts, ensureLedger, findWrite } from "./ledger.ts";
import { loadStage } from "./load-stage.ts";
import { planWrite, type WritePlan } from "./plan.ts";
import { readRights, stageSchema } from "./place.ts";
import { type Publication, publish } from "./publish.ts";
import { abandonStage, createStage } from "./stage.ts";
import { checkStaged } from "./stage-checks.ts";
import { sweepStages } from "./sweep.ts";
import { refuseSilentLosses } from "./value-checks.ts";

export interface Written {
  readonly counts: Counts;
  readonly created: boolean;
}

/** Writes the job's rows, again from the start when the server goes away or the target changes meanwhile. */
export const writeTable = async (job: WriteJob): Promise<Written> => {
  const { signal, log } = job.context;
  await refuseSilentLosses(job);
  return retryTransient(() => attempt(job), {
    signal,
    onRetry: (error) =>
      log("warning", `writing ${job.label} again: ${error instanceof Error ? error.message : String(error)}`),
  });
};

const attempt = async (job: WriteJob): Promise<Written> => {
  const { signal } = job.context;
  await using client = await postgresClient(job.connection, { applicationName: job.applicationName, signal });
  await sweep(client, job);
  const rights = await readRights(client, job);
  const ledger = await ensureLedger(client, job, rights);
  if (ledger === null) withoutLedger(job);
  const earlier = await findWrite(client, ledger, job);
  if (earlier !== null) return { counts: earlier, created: false };
  const plan = await checkedPlan(client, job, ledger);
  await refuseUnconfirmed(client, job, plan);
  if (plan.delivered) return { counts: deliveredCounts(job), created: false };
  const isNew = plan.target === null;
  const stage = await createStage(client, job, stageSchema(rights, job, isNew), isNew);
  let published = false;
  try {
    job.context.progress(`loading ${job.label}`, { rows: plan.batch.rows });
    await loadStage(client, job, stage, plan.batch);
    await checkStaged(client, job, stage.table, plan.match.pairs);
    job.context.progress(`publishing ${job.label}`, { rows: plan.batch.rows });
    const counts = await publishPatiently(client, job, { plan, stage, ledger });
    published = true;
    await analyze(client, job, plan);
    return { counts, created: isNew };
  } finally {
    if (!published) await abandonStage(job.connection, stage);
  }
};

/** What killed runs left in this database goes before more is added to it. */
const sweep = async (client: PostgresClient, job: WriteJob): Promise<void> => {
  try {
    const swept = await sweepStages(client, (run) => run === job.source.runId);
    for (const name of swept) job.context.log("info", `removed ${name}, which a run that was killed left behind`);
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    job.context.log("debug", `stages of other runs stay: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const deliveredCounts = ({ source }: WriteJob): Counts => ({
  rows: source.rows,
  inserted: 0,
  updated: 0,
  deleted: 0,
  unchanged: source.rows,
});

/** Everything that can be refused without moving a row. */
export const checkedPlan = async (client: PostgresClient, job: WriteJob, ledger: string | null): Promise<WritePlan> => {
  const plan = await planWrite(client, job, ledger, null);
  if (plan.key.length > 0 && !plan.delivered) {
    await refuseBadKeys(
      job,
      plan.key.map((pair) => pair.stage),
    );
  }
  return plan;
};

/** Whoever calls asks before the run; this is for a table that was filled, or a definition that changed, since. */
const refuseUnconfirmed = async (client: PostgresClient, job: WriteJob, plan: WritePlan): Promise<void> => {
  const { connection, label, source, context } = job;
  const replaces = plan.mode === "full" && plan.target !== null && connection.production;
  if (!replaces || context.confirmed?.includes(label) === true || !(await isFilled(client, job.table))) return;
  throw new ExecutorExecutionError("production_replace_refused", {
    node: source.node,
    params: { table: label, connection: connection.name },
  });
};

const withoutLedger = (job: WriteJob): void => {
  const { node } = job.source;
  if (job.options.mode === "append") {
    throw new ExecutorExecutionError("ledger_impossible", {
      node,
      params: { table: job.label, user: job.connection.user },
    });
  }
  job.context.log(
    "warning",
    `${job.label} is written without a ledger row: ${job.connection.user} may create no table there`,
  );
};

const conflicts = new Set(["40001", "40P01", "55P03"]);

/** A stage that is loaded waits out locks and deadlocks; only a lost connection or a changed target loads it again. */
const publishPatiently = async (client: PostgresClient, job: WriteJob, publication: Publication): Promise<Counts> => {
  const again = (error: unknown): boolean =>
    conflicts.has(sqlstateOf(error)) && !(error instanceof HeadraceError && error.code === "target_changed");
  const outcome = await retryTransient(
    async (): Promise<{ readonly counts: Counts } | { readonly failed: unknown }> => {
      try {
        return { counts: await publish(client, job, publication) };
      } catch (error) {
        if (again(error)) throw error;
        return { failed: error };
      }
    },
    { signal: job.context.signal, attempts: 4 },
  ).catch(async (error: unknown) => ({ failed: await lastWord(client, job, error) }));
  if ("failed" in outcome) throw outcome.failed;
  return outcome.counts;
};

/** Names who holds the lock, and has no state: a lock that was waited for already is not worth another load. */
const lastWord = async (client: PostgresClient, job: WriteJob, error: unknown): Promise<unknown> => {
  if (!(error instanceof ExecutorExecutionError) || error.code !== "target_locked") return error;
  const { rows } = await client.query<{ who: string }>(
    `select distinct format('%s of %s (process %s, %s)', coalesce(nullif(application_name, ''), 'a session'), usename, pid, state) as who
     from pg_locks join pg_stat_activity using (pid) where relation = to_regclass($1) and granted and pid <> pg_backend_pid()`,
    [job.table],
  );
  const detail = rows.length === 0 ? String(error.params["detail"]) : rows.map((row) => row.who).join("; ");
  return new ExecutorExecutionError("target_locked", { node: job.source.node, params: { table: job.label, detail } });
};

const analyze = async (client: PostgresClient, job: WriteJob, plan: WritePlan): Promise<void> => {
  if (plan.mode !== "full" && plan.target !== null) return;
  // The rows are published; planning statistics are not worth a failure.
  await client.query(`analyze ${job.table}`).catch((error: unknown) => {
    job.context.log("debug", `ANALYZE ${job.label}: ${error instanceof Error ? error.message : String(error)}`);
  });
};

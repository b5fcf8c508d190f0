import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

import type { ExecutionContext, ExtraOutput, NodeOutput } from "../executors/executor.ts";
import { hashFile, stableHash } from "../files/index.ts";
import type { PythonEnvironment } from "../python/python-runner.ts";
import { allMetrics } from "./algorithms.ts";
import { readRule, type Verdict } from "./promotion.ts";
import type { ModelNode, ModelPlan } from "./read-model.ts";
import { type ModelReport, readReport } from "./report.ts";
import { prepareFunction } from "./run-function.ts";
import { prepareRows, type TrainingRows } from "./training-rows.ts";
import { addVersion, readRegistry, versionFolder } from "./versions.ts";

/** Bumped when the same rows and settings would now give another model. */
const trainingVersion = 1;

/** Trains a version on the node's rows, keeps it, and decides whether it is promoted. */
export const trainModel = async (node: ModelNode, plan: ModelPlan, context: ExecutionContext): Promise<NodeOutput> => {
  context.progress("joining features to labels");
  const rows = await prepareRows(node, plan, context);
  const python = await prepareFunction("train", plan.packages, node, context);
  const version = versionOf(plan, rows, python.environment);
  const former = borrowFormer(node, version, context);
  context.progress(`training ${plan.algorithm}`);
  const output = await python.run(rows.relation, recipeOf(node, plan, rows, python.environment, version, former));
  const made = join(context.scratch, "version");
  const report = readReport(made);
  const verdict = judge(plan, report, former !== null);
  const extra = await tablesIn(join(context.scratch, "tables"), context);
  await keep(node, plan, report, verdict, made, context);
  context.log("info", `version ${version} is ${verdict.holds ? "promoted" : "not promoted"}: ${verdict.told}`);
  return {
    ...output,
    extra,
    warnings: [...rows.warnings, ...report.warnings],
    metadata: { ...output.metadata, ...summaryOf(report, verdict) },
  };
};

/** The same rows, settings and environment give the same version. */
const versionOf = (plan: ModelPlan, rows: TrainingRows, environment: PythonEnvironment): string => {
  const { promoteIf: _rule, label: _label, outputColumns: _columns, ...learned } = plan;
  const { relation: _relation, warnings: _warnings, ...used } = rows;
  const parts = [trainingVersion, learned, { ...used, columns: rows.relation.columns }, environment.envHash];
  return `v${stableHash(parts).slice(0, 10)}`;
};

/** The promoted version's files, where the training's process may read them; `null` when there is none other. */
const borrowFormer = (node: ModelNode, version: string, { targetPath, scratch }: ExecutionContext) => {
  const { promoted } = readRegistry(targetPath, node.id);
  if (promoted === null || promoted === version) return null;
  const folder = versionFolder(targetPath, node.id, promoted);
  if (!existsSync(join(folder, "model.skops"))) return null;
  const copy = join(scratch, "former");
  cpSync(folder, copy, { recursive: true });
  return { version: promoted, folder: copy };
};

const recipeOf = (
  node: ModelNode,
  plan: ModelPlan,
  rows: TrainingRows,
  { envHash }: PythonEnvironment,
  version: string,
  former: { readonly version: string; readonly folder: string } | null,
) => ({
  node: node.id,
  version,
  source: rows.source,
  target: rows.target,
  task: plan.task,
  algorithm: plan.algorithm,
  estimators: plan.estimators,
  hyperparameters: plan.hyperparameters,
  features: rows.features,
  exclude: rows.exclude,
  row_columns: rows.rowColumns,
  keys: rows.keys,
  time: rows.time,
  split: {
    kind: plan.split.kind,
    test_size: plan.split.testSize,
    column: rows.groups,
    at: plan.split.at,
  },
  folds: plan.folds,
  seed: plan.seed,
  metrics: plan.metrics,
  class_weight: plan.classWeight,
  output_columns: plan.outputColumns,
  threads: plan.threads,
  formats: plan.formats,
  former,
  data_hash: rows.hash,
  env_hash: envHash,
});

const judge = (plan: ModelPlan, report: ModelReport, hasFormer: boolean): Verdict => {
  const rule = readRule(plan.promoteIf, allMetrics);
  if ("wrong" in rule) throw new Error(rule.wrong);
  const promoted = report.scores["promoted.test"];
  const { told, holds } = rule({
    model: report.scores["model.test"] ?? {},
    baseline: report.scores["baseline.test"] ?? {},
    promoted: promoted ?? (hasFormer ? {} : null),
    mainMetric: report.main_metric,
    largerIsBetter: report.larger_is_better,
  });
  return { holds, told: report.former_note === null ? told : `${told} (${report.former}: ${report.former_note})` };
};

const tablesIn = async (folder: string, context: ExecutionContext): Promise<readonly ExtraOutput[]> => {
  const tables: ExtraOutput[] = [];
  for (const name of readdirSync(folder).toSorted()) {
    const file = join(folder, name);
    const { rows, columns, hash } = await context.duckdb.inspectParquet(file, context.signal);
    tables.push({ name: name.replace(/\.parquet$/, ""), file, rows, columns, hash });
  }
  return tables;
};

/** Moves the version's files to their place and lists it. */
const keep = async (
  node: ModelNode,
  plan: ModelPlan,
  report: ModelReport,
  verdict: Verdict,
  made: string,
  { targetPath, runId }: ExecutionContext,
): Promise<void> => {
  const folder = versionFolder(targetPath, node.id, report.version);
  mkdirSync(dirname(folder), { recursive: true });
  const artifactHash = await hashFile(join(made, "model.skops"));
  rmSync(folder, { recursive: true, force: true });
  renameSync(made, folder);
  await addVersion(targetPath, node.id, {
    version: report.version,
    label: plan.label,
    trained_at: new Date().toISOString(),
    run_id: runId,
    task: report.task,
    algorithm: report.algorithm,
    target: report.target,
    packages: [...plan.packages],
    data_hash: report.data_hash,
    env_hash: report.env_hash,
    artifact_hash: artifactHash,
    train_rows: report.split.train_rows,
    test_rows: report.split.test_rows,
    features: report.features.length,
    main_metric: report.main_metric,
    larger_is_better: report.larger_is_better,
    scores: report.scores,
    promoted: verdict.holds,
    reason: verdict.told,
  });
};

const summaryOf = (report: ModelReport, verdict: Verdict): Readonly<Record<string, unknown>> => ({
  model_version: report.version,
  promoted: verdict.holds,
  promotion_reason: verdict.told,
  algorithm: report.algorithm,
  task: report.task,
  target: report.target,
  features: report.features.map(({ name }) => name),
  split: report.split,
  scores: report.scores,
  data_hash: report.data_hash,
});

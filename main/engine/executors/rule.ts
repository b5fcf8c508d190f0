import { join } from "node:path";

import { ExecutorValidationError } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { Project } from "../project/project.ts";
import {
  checkParameters,
  earlierFigures,
  failedRulesColumn,
  failingRowsSql,
  keepFigures,
  passedRowsSql,
  probeAll,
  readRule,
  refuseMissingParameters,
  refuseUnusedInputs,
  runChecks,
  scanOf,
  violationError,
  warningsOf,
  type Check,
  type CheckRun,
  type Finding,
} from "../rules/index.ts";
import { defineExecutor, type ExecutionContext, type ExtraOutput, type NodeOutput } from "./executor.ts";

interface RulePlan {
  readonly checks: readonly Check[];
  /** The one SELECT that answers every check of rows and figures. */
  readonly scan: string | null;
}

type Rule = PipelineNode<"rule">;

const validate = (node: Rule, project: Project): void => {
  const checks = readRule(node);
  if (node.inputs.length === 0) {
    const params = { node: node.id };
    throw new ExecutorValidationError("rule_no_input", { node: node.id, location: node.location, params });
  }
  refuseUnusedInputs(node, checks);
  refuseMissingParameters(node, checks, project);
};

const plan = (node: Rule): RulePlan => {
  const checks = readRule(node);
  return { checks, scan: scanOf(probeAll(checks))?.sql ?? null };
};

const write = async (node: Rule, context: ExecutionContext, sql: string, file: string) => {
  const { inputs, project, interval } = context;
  const job = { node: node.id, sql, inputs, params: checkParameters(node, project, interval) };
  return { file, ...(await context.duckdb.writeParquet(job, file, context.signal)) };
};

const quarantines = (node: Rule): boolean => node.config.on_error === "quarantine";

/** Rows of checks that failed, each with the ids of the checks it broke; none of them when nothing did. */
const failingRows = (node: Rule, context: ExecutionContext, checks: readonly Check[]) => {
  const column = failedRulesColumn(context.inputs[0]?.columns ?? []);
  return write(node, context, failingRowsSql(probeAll(checks), column), context.output);
};

/** The rows that broke no check whose violation counts. */
const passedRows = async (
  node: Rule,
  context: ExecutionContext,
  checks: readonly Check[],
): Promise<readonly ExtraOutput[]> => {
  const column = failedRulesColumn(context.inputs[0]?.columns ?? []);
  const sql = passedRowsSql(probeAll(checks), column);
  return [{ name: "passed", ...(await write(node, context, sql, join(context.scratch, "passed.parquet"))) }];
};

const rowTypes: ReadonlySet<string> = new Set<Check["type"]>([
  "expression",
  "not_null",
  "unique",
  "accepted_values",
  "range",
  "length",
  "regex",
  "format",
  "relationships",
]);

/** With `quarantine` bad rows are set aside, so only what is wrong about the table as a whole still fails the node. */
const asQuarantined = (node: Rule, findings: readonly Finding[]): readonly Finding[] =>
  quarantines(node)
    ? findings.map((finding) =>
        finding.status === "error" && rowTypes.has(finding.type) ? { ...finding, status: "warn" } : finding,
      )
    : findings;

const execute = async (node: Rule, { checks }: RulePlan, context: ExecutionContext): Promise<NodeOutput> => {
  const { duckdb, signal, inputs, stateDir, runId, project, interval } = context;
  const history = await earlierFigures(stateDir, node.id, runId);
  const params = checkParameters(node, project, interval);
  const run: CheckRun = { node, inputs, params, duckdb, signal, now: Date.now(), history };
  const probed = probeAll(checks, inputs[0]);
  const findings = asQuarantined(node, await runChecks(run, probed));
  await keepFigures(stateDir, node.id, runId, findings);

  const broken = checks.filter(({ id }) => findings.some((finding) => finding.id === id && finding.violations > 0));
  const stored = node.config.store_failures || quarantines(node);
  const table = stored ? await failingRows(node, context, broken) : null;
  const counted = broken.filter(({ id }) =>
    findings.some(({ id: other, status }) => other === id && status !== "pass"),
  );
  for (const { id, status, message } of findings) if (status === "info") context.log("info", `${id}: ${message}`);
  return {
    file: table?.file ?? null,
    rows: table?.rows ?? 0,
    columns: table?.columns ?? [],
    hash: table?.hash,
    extra: quarantines(node) ? await passedRows(node, context, counted) : undefined,
    warnings: warningsOf(findings),
    failure: (await violationError("rule_violated", run, probed, findings)) ?? undefined,
    metadata: { rules: findings, violations: findings.reduce((sum, { violations }) => sum + violations, 0) },
  };
};

/** Checks the first input; its table holds the failing rows. Runs every time: a rule is about now. */
export const ruleExecutor = defineExecutor<"rule", RulePlan>("rule", {
  version: 1,
  validate,
  plan,
  everyRun: "a rule checks on every run",
  inputsState: () => Promise.resolve(null),
  execute,
});

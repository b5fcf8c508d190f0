import { toHeadraceError, type HeadraceError } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import type { ExecutionContext, NodeOutput } from "../executors/executor.ts";
import type { CheckRun, Finding } from "../rules/index.ts";

/** A node's output with what its `tests:` say of the table that is there now. */
export const withTests = async (
  node: PipelineNode,
  context: ExecutionContext,
  table: Relation | null,
  output: NodeOutput,
): Promise<NodeOutput> => {
  if (table === null || !("tests" in node.config) || !node.config.tests?.length) return output;
  const { findings, warnings, failure } = await runTests(node, context, table);
  return {
    ...output,
    warnings: [...(output.warnings ?? []), ...warnings],
    failure: output.failure ?? failure ?? undefined,
    metadata: { ...output.metadata, rules: findings },
  };
};

interface TestsEnd {
  readonly findings: readonly Finding[];
  readonly warnings: readonly string[];
  readonly failure: HeadraceError | null;
}

/** Never throws. The node's inputs are there to be compared with. */
const runTests = async (node: PipelineNode, context: ExecutionContext, table: Relation): Promise<TestsEnd> => {
  const { duckdb, signal, stateDir, runId, project, interval } = context;
  context.progress("tests");
  try {
    // Only nodes with tests pay for what makes them.
    const rules = await import("../rules/index.ts");
    const history = await rules.earlierFigures(stateDir, node.id, runId);
    const inputs = [table, ...context.inputs.filter(({ id }) => id !== table.id)];
    const params = rules.checkParameters(node, project, interval);
    const run: CheckRun = { node, inputs, params, duckdb, signal, now: Date.now(), history };
    const checks = rules.readTests(node);
    rules.refuseMissingParameters(node, checks, project);
    const probed = rules.probeAll(checks, table);
    const findings = await rules.runChecks(run, probed);
    await rules.keepFigures(stateDir, node.id, runId, findings);
    for (const { id, status, message } of findings) if (status === "info") context.log("info", `${id}: ${message}`);
    const failure = await rules.violationError("test_violated", run, probed, findings);
    return { findings, warnings: rules.warningsOf(findings), failure };
  } catch (thrown) {
    return { findings: [], warnings: [], failure: toHeadraceError(thrown) };
  }
};

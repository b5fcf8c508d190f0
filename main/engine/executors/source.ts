import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { Connector, SourcePlan } from "../connectors/connector.ts";
import { checkFreshness } from "../connectors/freshness.ts";
import { connectors } from "../connectors/registry.ts";
import { sourcePlan } from "../connectors/source-plan.ts";
import type { Project } from "../project/project.ts";
import { defineExecutor, type ExecutionContext, type NodeOutput } from "./executor.ts";
import { executePython } from "./python-body.ts";

/** A Python function that returns data; everything about it is in the node's body. */
interface PythonPlan {
  readonly type: "python";
}

type Plan = SourcePlan | PythonPlan;

const byType: Readonly<Record<string, Connector>> = connectors;

const isPython = (node: PipelineNode<"source">): boolean => node.body?.language === "python";

/** `database` takes its type from the connection. */
const settle = async (plan: SourcePlan, project: Project): Promise<SourcePlan> =>
  plan.type === "database" ? { ...plan, type: (await project.connection(plan.connection)).type } : plan;

const connectorOf = (plan: SourcePlan): Connector => {
  const connector = byType[plan.type];
  if (connector !== undefined) return connector;
  throw new ExecutorExecutionError("engine_not_available", {
    node: plan.node,
    params: { node: plan.node, what: plan.type },
  });
};

const run = async (
  node: PipelineNode<"source">,
  written: SourcePlan,
  context: ExecutionContext,
): Promise<NodeOutput> => {
  const plan = await settle(written, context.project);
  context.progress(`reading ${plan.table ?? plan.path ?? "the query's rows"}`);
  const read = await connectorOf(plan).read(plan, context.output, context);
  const stale = await checkFreshness(node, read, context);
  return {
    file: read.file,
    rows: read.rows,
    columns: read.columns,
    hash: read.hash,
    warnings: [...read.warnings, ...stale],
    metrics: { memoryMb: read.memoryMb, cpuSeconds: read.cpuSeconds },
    metadata: { source: plan.type, ...read.metadata },
  };
};

/** Reads files or a database table, or calls a Python function. */
export const sourceExecutor = defineExecutor<"source", Plan>("source", {
  version: 1,
  plan: (node, _project, interval) => (isPython(node) ? { type: "python" } : sourcePlan(node, byType, interval)),
  validate: (node) => {
    if (!isPython(node)) sourcePlan(node, byType, { date: "", start: "", end: "" });
  },
  async inputsState(node, plan, probe) {
    // A function is run again when its code, packages or parameters change; one with a ttl, also when that is over.
    if (plan.type === "python") return node.config.cache?.ttl === undefined ? { parts: {} } : null;
    // Which database a connection is may be known only once its server runs.
    if (plan.type === "database" && probe.reach === "files") return "unasked";
    const settled = await settle(plan, probe.project);
    return connectorOf(settled).inputsState(settled, probe);
  },
  execute: (node, plan, context) => (plan.type === "python" ? executePython(node, context) : run(node, plan, context)),
});

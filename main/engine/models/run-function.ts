import { type ErrorCode, HeadraceError } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import type { ExecutionContext, NodeOutput } from "../executors/executor.ts";
import type { PythonEnvironment } from "../python/python-runner.ts";
import { modelBody } from "./environment.ts";
import { failed } from "./wrong.ts";

type ModelOrPredict = PipelineNode<"model"> | PipelineNode<"predict">;

/** One of the engine's own functions with the environment it runs in. */
export interface PreparedFunction {
  readonly environment: PythonEnvironment;
  /** Runs it on one input; its table is the node's main one. Throws with what a person can do about it. */
  run(input: Relation, recipe: Readonly<Record<string, unknown>>): Promise<NodeOutput>;
}

/** Prepares the environment of a function; built the first time. */
export const prepareFunction = async (
  name: "train" | "predict",
  packages: readonly string[],
  node: ModelOrPredict,
  context: ExecutionContext,
): Promise<PreparedFunction> => {
  const { python, signal, log, scratch, interval } = context;
  context.progress("preparing Python environment");
  const body = modelBody(name, packages, node.location);
  const environment = await python.ensure(body, signal, log);
  const { memory = null, cpu_seconds: cpuSeconds = null } = node.config.resources ?? {};
  const asked = { id: node.id, kind: node.kind, name: node.name };
  return {
    environment,
    async run(input, recipe) {
      const limits = { memory, cpuSeconds, network: false };
      const job = { node: asked, body, inputs: [input], params: {}, config: { recipe }, interval, scratch, limits };
      const output = await python.run(job, environment, signal, log).catch((thrown: unknown) => {
        throw explained(thrown, node);
      });
      const { rows, columns, hash } = await context.duckdb.inspectParquet(output.file, signal);
      const metrics = { memoryMb: output.memoryMb, cpuSeconds: output.cpuSeconds };
      return { file: output.file, rows, columns, hash, metrics, metadata: { engine: "python" } };
    },
  };
};

/** Errors of Python nodes speak of the person's own function; here there is none. */
const explained = (thrown: unknown, node: ModelOrPredict): unknown => {
  if (!(thrown instanceof HeadraceError)) return thrown;
  const known: Partial<Record<ErrorCode, () => HeadraceError>> = {
    python_out_of_memory: () => failed(node, "model_out_of_memory", thrown.params),
    python_killed: () => failed(node, "model_killed", thrown.params),
    python_failed: () => failed(node, "model_failed", thrown.params),
  };
  return known[thrown.code]?.() ?? thrown;
};

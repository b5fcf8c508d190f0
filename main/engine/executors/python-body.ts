import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import type { PipelineNode, PythonBody } from "../../../shared/graph/index.ts";
import { hashText } from "../files/index.ts";
import type { ExecutionContext, NodeOutput } from "./executor.ts";

/** Keys of a node's file that are the engine's business and not the function's. */
const engineKeys: ReadonlySet<string> = new Set([
  "kind",
  "name",
  "inputs",
  "params",
  "materializations",
  "hooks",
  "retry",
  "cache",
  "file",
  "function",
]);

/** Runs a node's Python function in its environment and takes its table over; used by every kind with such a body. */
export const executePython = async (node: PipelineNode, context: ExecutionContext): Promise<NodeOutput> => {
  const body = pythonBody(node);
  const { python, signal, log, scratch, interval } = context;
  context.progress("preparing Python environment");
  const environment = await python.ensure(body, signal, log);
  context.progress(`running ${body.function}`);
  const output = await python.run(
    {
      node: { id: node.id, kind: node.kind, name: node.name },
      body,
      inputs: context.inputs,
      params: node.config.params,
      config: Object.fromEntries(Object.entries(node.config).filter(([key]) => !engineKeys.has(key))),
      interval,
      scratch,
      limits: {
        memory: node.config.resources?.memory ?? null,
        cpuSeconds: node.config.resources?.cpu_seconds ?? null,
        network: node.config.resources?.network,
      },
      onProgress: (fraction, text) =>
        context.progress(text === "" ? `running ${body.function}` : text, fraction === null ? {} : { fraction }),
    },
    environment,
    signal,
    log,
  );
  const written = await context.duckdb.inspectParquet(output.file, signal);
  if (written.rows !== output.rows) throw disagreeing(node, body, output.rows, written.rows);
  return {
    file: output.file,
    rows: written.rows,
    columns: written.columns,
    hash: written.hash,
    metrics: { memoryMb: output.memoryMb, cpuSeconds: output.cpuSeconds },
    metadata: { env_hash: environment.envHash, artifact_hash: hashText(`${body.hash}\n${environment.envHash}`) },
  };
};

const pythonBody = (node: PipelineNode): PythonBody => {
  if (node.body?.language === "python") return node.body;
  throw new ExecutorExecutionError("internal_error", {
    node: node.id,
    params: { what: `${node.id} has no Python function to run` },
  });
};

const disagreeing = (node: PipelineNode, body: PythonBody, told: number, found: number): ExecutorExecutionError =>
  new ExecutorExecutionError("python_output_damaged", {
    node: node.id,
    location: body.location,
    params: { function: body.function, told, found },
  });

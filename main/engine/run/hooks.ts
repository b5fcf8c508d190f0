import { execa } from "execa";

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import type { Hook, PipelineNode, PythonBody } from "../../../shared/graph/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import type { ExecutionContext } from "../executors/executor.ts";

type When = "before" | "after";

const failed = (node: PipelineNode, when: When, detail: string, cause?: unknown): ExecutorExecutionError =>
  new ExecutorExecutionError(
    "hook_failed",
    { node: node.id, location: node.location, params: { node: node.id, when, detail } },
    cause === undefined ? undefined : { cause },
  );

const runSql = async (
  sql: string,
  node: PipelineNode,
  when: When,
  context: ExecutionContext,
  inputs: readonly Relation[],
): Promise<void> => {
  const job = { node: node.id, sql, inputs, params: {} };
  const page = await context.duckdb.page(job, { offset: 0, limit: 3 }, context.signal);
  if (page.rows.length === 0) return;
  const shown = page.rows.map((row) => row.map((cell) => cell ?? "NULL").join(", ")).join("; ");
  throw failed(node, when, `the check returned rows, first: ${shown}`);
};

const runCommand = async (
  command: readonly string[],
  node: PipelineNode,
  when: When,
  context: ExecutionContext,
): Promise<void> => {
  const [program = "", ...args] = command;
  const result = await execa(program, args, {
    cwd: context.workspacePath,
    reject: false,
    all: true,
    cancelSignal: context.signal,
    stdin: "ignore",
    maxBuffer: 1 << 20,
  });
  if (result.all) context.log("info", result.all);
  context.signal.throwIfAborted();
  if (result.failed) throw failed(node, when, `${command.join(" ")}: ${result.shortMessage}`);
};

/** `file.py:function`, run like a node of its own without an output. */
const pythonBody = (reference: string, node: PipelineNode): PythonBody => {
  const [file = "", name = ""] = reference.split(":");
  const own = node.body?.language === "python" ? node.body : null;
  return {
    language: "python",
    file,
    function: name,
    dependencies: own?.dependencies ?? [],
    requiresPython: own?.requiresPython ?? null,
    sources: [file],
    hash: "",
    location: node.location,
  };
};

const runPython = async (
  reference: string,
  node: PipelineNode,
  when: When,
  context: ExecutionContext,
  inputs: readonly Relation[],
): Promise<void> => {
  const body = pythonBody(reference, node);
  const environment = await context.python.ensure(body, context.signal, context.log);
  const job = {
    node: { id: node.id, kind: node.kind, name: node.name },
    body,
    inputs,
    params: node.config.params,
    config: context.config,
    interval: context.interval,
    scratch: context.scratch,
    limits: { memory: null, cpuSeconds: null },
    expectsOutput: false,
  };
  try {
    await context.python.run(job, environment, context.signal, context.log);
  } catch (cause) {
    context.signal.throwIfAborted();
    throw failed(node, when, cause instanceof Error ? cause.message : String(cause), cause);
  }
};

/** Runs a node's checks before or after it; the first that fails fails the node. `inputs` are what SQL checks see. */
export const runHooks = async (
  when: When,
  node: PipelineNode,
  context: ExecutionContext,
  inputs: readonly Relation[],
): Promise<void> => {
  const hooks: readonly Hook[] = node.config.hooks?.[when] ?? [];
  for (const hook of hooks) {
    context.progress(`${when} hook`);
    if ("sql" in hook) await runSql(hook.sql, node, when, context, inputs);
    else if ("command" in hook) await runCommand(hook.command, node, when, context);
    else await runPython(hook.python, node, when, context, inputs);
  }
};

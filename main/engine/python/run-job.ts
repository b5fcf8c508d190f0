import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import { readRelation } from "../duckdb/host/views.ts";
import type { Log } from "../executors/executor.ts";
import { packageRoot } from "../files/index.ts";
import { runNodeProcess, type NodeProcessEnd } from "./node-process.ts";
import { failureOf } from "./outcome.ts";
import { paced } from "./paced.ts";
import type { PythonJob, PythonOutput } from "./python-runner.ts";

export interface JobSettings {
  readonly task: "run" | "discover";
  readonly interpreter: string;
  readonly projectRoot: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute folders that the node must not read, besides the home folder: the data folder holds passwords. */
  readonly hidden: readonly string[];
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** A function may tell its progress row by row; people read ten a second. */
const progressMilliseconds = 100;

/** Absolute folder of the runtime package that is put on the path of every node's process. */
const runtimeFolder = (): string => join(packageRoot(), "python");

/** Runs a job's process and throws what went wrong in it. */
export const runProcess = async (job: PythonJob, settings: JobSettings): Promise<NodeProcessEnd & { file: string }> => {
  const { projectRoot, interpreter, environment, signal, log } = settings;
  mkdirSync(job.scratch, { recursive: true });
  const file = join(job.scratch, "output.parquet");
  const jobFile = join(job.scratch, "job.json");
  writeFileSync(jobFile, JSON.stringify(jobFields(job, settings, file)));
  using tell = paced(progressMilliseconds, job.onProgress ?? (() => undefined));
  const end = await runNodeProcess({
    interpreter,
    runtime: runtimeFolder(),
    projectRoot,
    jobFile,
    scratch: job.scratch,
    environment,
    signal,
    log,
    onProgress: ({ fraction, text }) => tell(fraction, text),
  });
  tellAftermath(end, log);
  const { memory, cpuSeconds } = job.limits;
  const { scratch, body } = job;
  const failure = failureOf(end, { node: job.node.id, body, projectRoot, scratch, memory, cpuSeconds });
  if (failure !== null) throw failure;
  return { ...end, file };
};

/** Runs the node's function and checks that it left a file behind. */
export const runJob = async (job: PythonJob, settings: JobSettings): Promise<PythonOutput> => {
  const { result, exit, file } = await runProcess(job, settings);
  const usage = { memoryMb: exit?.memoryMb ?? null, cpuSeconds: exit?.cpuSeconds ?? null };
  if (result?.written === false) return { file: "", rows: 0, ...usage };
  const stats = statSync(file, { throwIfNoEntry: false });
  if (result === null || stats === undefined || stats.size === 0) {
    const params = { function: job.body.function, place: `${job.body.location.file}:${job.body.location.line}` };
    throw new ExecutorExecutionError("python_no_output", { node: job.node.id, location: job.body.location, params });
  }
  return { file, rows: result.rows, ...usage };
};

const jobFields = (job: PythonJob, { task, projectRoot, hidden }: JobSettings, output: string) => ({
  task,
  project: projectRoot,
  file: job.body.file,
  function: job.body.function,
  node: job.node,
  inputs: job.inputs.map((input) => ({
    id: input.id,
    file: input.file,
    columns: input.columns.map(({ name }) => name),
    query: readRelation(input),
  })),
  params: job.params,
  config: job.config,
  ...job.interval,
  scratch: job.scratch,
  output,
  memory: job.limits.memory,
  cpu_seconds: job.limits.cpuSeconds,
  network: job.limits.network ?? true,
  expects_output: job.expectsOutput ?? true,
  hidden: [homedir(), ...hidden],
});

const tellAftermath = ({ error, exit }: NodeProcessEnd, log: Log): void => {
  for (const line of error?.traceback ?? []) log("error", line, "log");
  if (exit !== null && !exit.killed && exit.leftBehind > 0) {
    const what = exit.leftBehind === 1 ? "1 process" : `${exit.leftBehind} processes`;
    log("warning", `${what} that the function had started and left running ended with it`, "log");
  }
};

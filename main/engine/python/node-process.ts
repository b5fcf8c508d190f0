import { join } from "node:path";
import type { Readable } from "node:stream";

import { execa } from "execa";

import { CancelledError } from "../../../shared/errors/index.ts";
import type { Log } from "../executors/executor.ts";
import { capturedLines, type LineSink } from "./captured-lines.ts";
import { nodeEnvironment } from "./child-environment.ts";
import { type Message, type MessageOf, parseMessage } from "./messages.ts";

export interface NodeProcess {
  /** Absolute. */
  readonly interpreter: string;
  /** Absolute folder of the runtime package. */
  readonly runtime: string;
  readonly projectRoot: string;
  readonly jobFile: string;
  readonly scratch: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly onProgress: (message: MessageOf<"progress">) => void;
}

/** How a node's process ended and what it said; `exit` is `null` when even its supervisor was killed. */
export interface NodeProcessEnd {
  readonly result: MessageOf<"result"> | null;
  readonly discovered: MessageOf<"discovered"> | null;
  readonly error: MessageOf<"error"> | null;
  readonly exit: MessageOf<"exit"> | null;
  /** Why the interpreter could not be started at all. */
  readonly startFailure: string | null;
}

/** Seconds that the supervisor gets to kill what the node started, before it is killed itself. */
const supervisorSeconds = 8;
const protocolLimits = { bytes: 100_000_000, lines: 1_000_000, lineLength: 600_000, tail: 1000 };

/**
 * The supervisor needs processes that can fork and adopt. On Windows the node is started without one and its tree of
 * processes is ended by `taskkill`; what left that tree, or outlives a killed engine, can stay.
 */
const supervised = process.platform !== "win32";

/** Starts the supervisor, which starts the node, and waits until nothing of either is left. */
export const runNodeProcess = async (job: NodeProcess): Promise<NodeProcessEnd> => {
  if (job.signal.aborted) throw new CancelledError();
  const program = join(job.runtime, "headrace_runner", supervised ? "supervisor.py" : "entry.py");
  const child = execa(job.interpreter, ["-I", "-S", "-X", "utf8", program, job.runtime, job.jobFile], {
    cwd: job.projectRoot,
    env: nodeEnvironment(job.environment, job.scratch, job.interpreter),
    extendEnv: false,
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    buffer: false,
    reject: false,
    windowsHide: true,
  });
  const said: { -readonly [K in keyof NodeProcessEnd]: NodeProcessEnd[K] } = {
    result: null,
    discovered: null,
    error: null,
    exit: null,
    startFailure: null,
  };
  const drained = [
    drain(
      child.stdout,
      capturedLines((line) => job.log("info", line, "stdout")),
    ),
    drain(
      child.stderr,
      capturedLines((line) => job.log("info", line, "stderr")),
    ),
    drain(
      child.stdio[3],
      capturedLines((line) => hear(parseMessage(line), said, job), protocolLimits),
    ),
  ];
  let giveUp: NodeJS.Timeout | undefined;
  const stop = (): void => {
    if (supervised) child.kill("SIGTERM");
    else void execa("taskkill", ["/pid", String(child.pid), "/t", "/f"], { reject: false });
    giveUp = setTimeout(() => {
      child.kill("SIGKILL");
      // Whoever still holds the other ends must not keep the run waiting.
      for (const stream of child.stdio) stream?.destroy();
    }, supervisorSeconds * 1000);
  };
  job.signal.addEventListener("abort", stop, { once: true });
  try {
    const end = await child;
    await Promise.all(drained);
    if (end.exitCode === undefined && end.signal === undefined) said.startFailure = end.originalMessage ?? "unknown";
    if (!supervised) said.exit = unsupervisedExit(end.exitCode ?? null);
  } finally {
    clearTimeout(giveUp);
    job.signal.removeEventListener("abort", stop);
  }
  if (job.signal.aborted) throw new CancelledError();
  return said;
};

const unsupervisedExit = (code: number | null): MessageOf<"exit"> => {
  const unknown = { memoryMb: null, cpuSeconds: null, leftBehind: 0 };
  // Windows tells a crash by a status far beyond any exit code.
  const crashed = code !== null && code >= 0xc0000000;
  const signal = crashed ? `status 0x${code.toString(16)}` : null;
  return { type: "exit", code: crashed ? null : code, signal, killed: false, ...unknown };
};

const hear = (
  message: Message | null,
  said: { -readonly [K in keyof NodeProcessEnd]: NodeProcessEnd[K] },
  job: NodeProcess,
): void => {
  switch (message?.type) {
    case undefined:
    case "started":
      return;
    case "log":
      return job.log(message.level, message.text, "log");
    case "progress":
      return job.onProgress(message);
    case "result":
      said.result = message;
      return;
    case "discovered":
      said.discovered = message;
      return;
    case "error":
      said.error = message;
      return;
    case "exit":
      said.exit = message;
  }
};

const drain = (stream: Readable, sink: LineSink): Promise<void> =>
  new Promise((resolve) => {
    stream.on("data", (chunk: Uint8Array) => sink.write(chunk));
    stream.once("error", () => resolve());
    stream.once("close", () => {
      sink.end();
      resolve();
    });
  });

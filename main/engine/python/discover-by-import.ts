import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { z } from "zod";

import type { PythonBody } from "../../../shared/graph/index.ts";
import type { Log } from "../executors/executor.ts";
import type { PythonRunner } from "./python-runner.ts";
import { runProcess } from "./run-job.ts";

const discoveredSchema = z.array(
  z.object({
    function: z.string(),
    kind: z.string(),
    name: z.string(),
    /** 1-based line of the function. */
    line: z.number(),
    /** Keyword arguments of the kind's decorator. */
    options: z.record(z.string(), z.unknown()),
    /** Keyword arguments of each `@materialize`, from the top down. */
    materializations: z.array(z.record(z.string(), z.unknown())),
  }),
);
/** A decorated function as its decorators describe it, arguments computed. */
export type DiscoveredFunction = z.output<typeof discoveredSchema>[number];

export interface Discovery {
  /** Absolute. */
  readonly projectRoot: string;
  /** What is known of the file without running it; `function` is not used. */
  readonly body: PythonBody;
  readonly runner: PythonRunner;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** The data folder, as far as an environment's place in it tells. */
const dataFolders = (interpreter: string): readonly string[] => {
  const [, folder] = /^(.+)[\\/]envs[\\/][0-9a-f]{64}[\\/]/.exec(interpreter) ?? [];
  return folder === undefined ? [] : [folder];
};

/**
 * Imports a Python file in its own environment, confined like a node, and returns its decorated functions: for
 * decorators whose arguments are computed. Throws what running a node would: `python_failed`, `python_syntax`, …
 */
export const discoverByImport = async (discovery: Discovery): Promise<readonly DiscoveredFunction[]> => {
  const { projectRoot, body, runner, environment, signal, log } = discovery;
  const { interpreter } = await runner.ensure(body, signal, log);
  const scratch = mkdtempSync(join(tmpdir(), "headrace-discover-"));
  try {
    const { discovered } = await runProcess(
      {
        node: { id: body.file, kind: "", name: "" },
        body,
        inputs: [],
        params: {},
        config: {},
        interval: { date: "1970-01-01", start: null, end: null },
        scratch,
        limits: { memory: null, cpuSeconds: null },
      },
      { task: "discover", interpreter, projectRoot, environment, hidden: dataFolders(interpreter), signal, log },
    );
    return discoveredSchema.parse(discovered?.nodes ?? []);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

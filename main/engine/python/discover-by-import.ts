import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { PythonBody } from "../../../shared/graph/index.ts";
import type { Log } from "../executors/executor.ts";
import type { DiscoveredFunction } from "./discovered-function.ts";
import type { PythonRunner } from "./python-runner.ts";

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
  const [{ runProcess }, { discoveredSchema }] = await Promise.all([
    import("./run-job.ts"),
    import("./discovered-function.ts"),
  ]);
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

import { execFile } from "node:child_process";

import type { ServerAccount } from "./account.ts";

export interface ToolResult {
  /** The exit code; -1 when the program could not be started. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface ToolOptions {
  readonly account?: ServerAccount | null | undefined;
  readonly cwd?: string | undefined;
  readonly timeoutSeconds?: number | undefined;
}

/** What a server and its tools see of our environment: no secret of the person or the project among it. */
export const toolEnvironment = (): NodeJS.ProcessEnv => {
  const kept = ["PATH", "SystemRoot", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR"];
  const environment: NodeJS.ProcessEnv = { LC_ALL: "C", LANG: "C" };
  for (const name of kept) if (process.env[name] !== undefined) environment[name] = process.env[name];
  return environment;
};

/** Runs a short program to its end, never through a shell; a failure is a result, not an exception. */
export const runTool = (file: string, args: readonly string[], options: ToolOptions = {}): Promise<ToolResult> =>
  new Promise((resolve) => {
    const identity = options.account ? { uid: options.account.uid, gid: options.account.gid } : {};
    const settings = {
      cwd: options.cwd ?? "/",
      env: toolEnvironment(),
      timeout: (options.timeoutSeconds ?? 120) * 1000,
      maxBuffer: 4 * 1024 * 1024,
      windowsHide: true,
      ...identity,
    };
    const finish = (error: (Error & { code?: unknown }) | null, stdout: string, stderr: string): void => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, stdout, stderr: stderr === "" && error !== null ? error.message : stderr });
    };
    try {
      execFile(file, [...args], settings, finish);
    } catch (error) {
      finish(error instanceof Error ? error : new Error(String(error)), "", "");
    }
  });

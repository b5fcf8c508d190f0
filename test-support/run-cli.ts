import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const launcher = fileURLToPath(new URL("../main/cli/launch.mjs", import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Hears everything the process has printed so far, and may send it signals. */
  readonly onOutput?: (printed: string, send: (signal: NodeJS.Signals) => void) => void;
}

/** Runs the terminal program as a process of its own, as a person would, with pipes for streams. */
export const runCli = (args: readonly string[], options: CliOptions): Promise<CliResult> =>
  new Promise((resolve, reject) => {
    const { FORCE_COLOR: _force, NO_COLOR: _no, CI: _ci, ...environment } = process.env;
    const child = spawn(process.execPath, [launcher, ...args], {
      cwd: options.cwd,
      env: { ...environment, ...options.environment },
    });
    const streams = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        streams[name] += text;
        options.onOutput?.(streams.stdout + streams.stderr, (signal) => child.kill(signal));
      });
    }
    child.stdin.end(options.input ?? "");
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, ...streams }));
  });

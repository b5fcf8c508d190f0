import { runProgram, type ProgramResult } from "../provision/run-program.ts";
import type { ServerAccount } from "./account.ts";

interface ToolOptions {
  readonly account?: ServerAccount | null | undefined;
  readonly cwd?: string | undefined;
  readonly timeoutSeconds?: number | undefined;
}

/** What a server and its tools see of our environment: no secret of the person or the project is among it. */
export const toolEnvironment = (): NodeJS.ProcessEnv => {
  const kept = ["PATH", "SystemRoot", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR"];
  const environment: NodeJS.ProcessEnv = { LC_ALL: "C", LANG: "C" };
  for (const name of kept) if (process.env[name] !== undefined) environment[name] = process.env[name];
  return environment;
};

/** Runs one of PostgreSQL's or the system's tools, as the server's account where one is given. */
export const runTool = (file: string, args: readonly string[], options: ToolOptions = {}): Promise<ProgramResult> =>
  // The present folder may be one that the account cannot enter.
  runProgram(file, args, { ...options, cwd: options.cwd ?? "/", environment: toolEnvironment() });

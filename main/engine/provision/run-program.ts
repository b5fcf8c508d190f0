import { execFile } from "node:child_process";

export interface ProgramResult {
  /** The exit code; -1 when the program could not be started or was ended. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string | undefined;
  readonly timeoutSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly account?: { readonly uid: number; readonly gid: number } | null | undefined;
}

/** Runs a short program to its end, never through a shell; a failure is a result, not an exception. */
export const runProgram = (file: string, args: readonly string[], options: ProgramOptions): Promise<ProgramResult> =>
  new Promise((resolve) => {
    const { account, cwd, environment, signal } = options;
    const settings = {
      env: environment,
      timeout: (options.timeoutSeconds ?? 120) * 1000,
      maxBuffer: 16 * 1024 * 1024,
      windowsHide: true,
      ...(cwd === undefined ? {} : { cwd }),
      ...(signal === undefined ? {} : { signal }),
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
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

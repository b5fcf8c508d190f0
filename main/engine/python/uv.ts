import { execa } from "execa";

import { CancelledError, HeadraceError } from "../../../shared/errors/index.ts";
import { toolEnvironment } from "./child-environment.ts";

export interface UvCall {
  readonly uv: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Each line of uv's own progress. */
  readonly onLine?: ((line: string) => void) | undefined;
  readonly input?: string | undefined;
}

export interface UvAnswer {
  readonly ok: boolean;
  readonly stdout: string;
  /** uv's own words, without colours. */
  readonly stderr: string;
  /** Whether the registry could not be reached, as far as uv's words tell. */
  readonly unreachable: boolean;
}

const unreachableWords =
  /error sending request|Could not connect|dns error|failed to lookup|Connection refused|network|timed out|tunnel|Failed to fetch/i;

const certificateWords = /UnknownIssuer|invalid peer certificate|certificate verify failed/i;

/**
 * Runs uv with the person's own uv and proxy settings and nothing else of the environment. Where uv's own list of
 * certificate authorities does not know the registry's (a company's proxy), the system's list is tried.
 * Throws `python_uv_failed`.
 */
export const callUv = async (call: UvCall): Promise<UvAnswer> => {
  const answer = await callOnce(call, {});
  if (answer.ok || !certificateWords.test(answer.stderr)) return answer;
  return callOnce(call, { UV_SYSTEM_CERTS: "1", UV_NATIVE_TLS: "1" });
};

const callOnce = async (call: UvCall, settings: Readonly<Record<string, string>>): Promise<UvAnswer> => {
  const child = execa(call.uv, [...call.args], {
    cwd: call.cwd,
    env: { ...toolEnvironment(call.environment), ...settings, NO_COLOR: "1", UV_NO_PROGRESS: "1" },
    extendEnv: false,
    reject: false,
    cancelSignal: call.signal,
    forceKillAfterDelay: 2000,
    maxBuffer: 20_000_000,
    input: call.input ?? "",
    lines: false,
  });
  child.stderr.setEncoding("utf8");
  let rest = "";
  child.stderr.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") call.onLine?.(line.trim());
  });
  const { exitCode, stdout, stderr, isCanceled, failed, originalMessage } = await child;
  if (isCanceled || call.signal.aborted) throw new CancelledError();
  if (exitCode === undefined && failed) {
    throw new HeadraceError("python_uv_failed", {
      params: { path: call.uv, text: originalMessage ?? "it ended early" },
    });
  }
  return { ok: exitCode === 0, stdout, stderr, unreachable: exitCode !== 0 && unreachableWords.test(stderr) };
};

/** The lines of uv's message that tell the cause, without its bullets and at most `limit` of them. */
export const causeOf = (stderr: string, limit = 12): string =>
  stderr
    .split("\n")
    .map((line) => line.replace(/^\s*[×╰─▶│├─]+\s*/u, "").trim())
    .filter((line) => line !== "" && !/^(Using|Resolved|Downloading|Downloaded|Prepared|Building|Built) /.test(line))
    .slice(0, limit)
    .join("\n")
    .replace(/^error: /, "");

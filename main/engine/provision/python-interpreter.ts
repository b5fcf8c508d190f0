import { isAbsolute } from "node:path";

import { z } from "zod";

import { HeadraceError } from "../../../shared/errors/index.ts";
import type { Environment } from "./data-directory.ts";
import { findPrograms } from "./find-programs.ts";
import { runProgram } from "./run-program.ts";

export interface PythonRequest {
  readonly environment: Environment;
  /** A path, a command's name or a version (`3.12`); `null` takes the first that is new enough. */
  readonly wanted?: string | null | undefined;
  readonly signal?: AbortSignal | undefined;
}

const oldest = [3, 10] as const;

// Behind a version manager's shim and inside a virtual environment alike, this is the interpreter itself.
const question = `
import json, sys
print(json.dumps({"executable": getattr(sys, "_base_executable", None) or sys.executable, "version": list(sys.version_info[:3])}))
`;
const answerSchema = z.object({ executable: z.string(), version: z.array(z.number()) });

const commands = ["python3", "python", "python3.13", "python3.12", "python3.11", "python3.10", "python3.14"];

/** Every Python on the PATH, the one that a person would get first. */
export const pythonCommands = (environment: Environment): readonly string[] => findPrograms(commands, environment);

const ask = async (command: string, request: PythonRequest) => {
  const { environment, signal } = request;
  const asked = await runProgram(command, ["-I", "-c", question], { environment, signal, timeoutSeconds: 20 });
  if (asked.code !== 0) return null;
  try {
    return answerSchema.parse(JSON.parse(asked.stdout));
  } catch {
    return null;
  }
};

const isNewEnough = ([major = 0, minor = 0]: readonly number[]): boolean =>
  major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);

const matches = (version: readonly number[], wanted: readonly number[]): boolean =>
  wanted.every((part, at) => version[at] === part);

const isVersion = (wanted: string): boolean => /^\d+(\.\d+){0,2}$/.test(wanted);

const candidates = (wanted: string | null, environment: Environment): readonly string[] => {
  if (wanted === null) return pythonCommands(environment);
  if (isAbsolute(wanted) || /[\\/]/.test(wanted)) return [wanted];
  if (!isVersion(wanted)) return findPrograms([wanted], environment);
  const minor = wanted.split(".").slice(0, 2).join(".");
  return [...findPrograms([`python${minor}`], environment), ...pythonCommands(environment)];
};

/**
 * Absolute path of a real Python ≥ 3.10: not a shim, not a virtual environment's link. Throws `python_not_found`
 * with what was there instead.
 */
export const pythonInterpreter = async (request: PythonRequest): Promise<string> => {
  const wanted = request.wanted ?? null;
  const version = wanted !== null && isVersion(wanted) ? wanted.split(".").map(Number) : [];
  const seen: string[] = [];
  for (const command of candidates(wanted, request.environment)) {
    const answer = await ask(command, request);
    if (answer === null) {
      seen.push(`${command} does not run`);
    } else if (!isNewEnough(answer.version)) {
      seen.push(`${command} is ${answer.version.join(".")}`);
    } else if (matches(answer.version, version)) {
      return answer.executable;
    } else {
      seen.push(`${command} is ${answer.version.join(".")}`);
    }
  }
  const detail = seen.length === 0 ? "" : ` (${[...new Set(seen)].slice(0, 4).join("; ")})`;
  throw new HeadraceError("python_not_found", { params: { wanted: wanted ?? "3.10 or newer", detail } });
};

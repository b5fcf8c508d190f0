import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

import {
  catalogue,
  ExecutorExecutionError,
  ExecutorValidationError,
  type ErrorCode,
  type ErrorParams,
  type ExecutorError,
} from "../../../shared/errors/index.ts";
import type { SourceLocation } from "../../../shared/errors/index.ts";
import type { PythonBody } from "../../../shared/graph/index.ts";
import type { MessageOf } from "./messages.ts";
import type { NodeProcessEnd } from "./node-process.ts";

interface Failing {
  readonly node: string;
  readonly body: PythonBody;
  readonly projectRoot: string;
  readonly scratch: string;
  readonly memory: number | null;
  readonly cpuSeconds: number | null;
}

/** Trying again cannot help: the definition itself is wrong. */
const permanent: ReadonlySet<ErrorCode> = new Set([
  "python_file_missing",
  "python_function_missing",
  "python_syntax",
  "python_module_missing",
  "python_module_hidden",
  "python_signature",
  "python_async",
  "python_ref_unknown",
] as const);

const isCode = (code: string): code is ErrorCode => Object.hasOwn(catalogue, code);

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** The error for a node's process that did not end with a result; `null` when it did. */
export const failureOf = (end: NodeProcessEnd, of: Failing): ExecutorError | null => {
  if (end.startFailure !== null) return make("python_start_failed", of, null, { text: end.startFailure });
  if (end.error !== null) return said(end.error, of);
  if (end.exit === null) return make("python_killed", of, null, { memory: "unknown" });
  if (end.exit.signal !== null) return signalled(end.exit.signal, end.exit, of);
  if (end.result !== null || end.discovered !== null) return null;
  return make("python_exited", of, null, { exit: end.exit.code ?? 0 });
};

const said = (error: MessageOf<"error">, of: Failing): ExecutorError => {
  const { place } = error;
  const location = place === null ? null : { file: place.file, line: place.line, column: place.column };
  const known = isCode(error.code) ? error.code : "python_failed";
  const limits = { memory: of.memory === null ? "no limit" : megabytes(of.memory) };
  return make(known, of, location, { ...limits, ...error.params });
};

const signalled = (signal: string, exit: MessageOf<"exit">, of: Failing): ExecutorError => {
  const place = crashPlace(of);
  if (signal === "SIGXCPU") return make("python_cpu_limit", of, place, { seconds: of.cpuSeconds ?? 0 });
  const memory = exit.memoryMb === null ? "unknown" : `${Math.round(exit.memoryMb)} MB`;
  if (signal === "SIGKILL") {
    const spent = of.cpuSeconds !== null && (exit.cpuSeconds ?? 0) >= of.cpuSeconds;
    if (spent) return make("python_cpu_limit", of, place, { seconds: of.cpuSeconds });
    return make("python_killed", of, place, { memory });
  }
  return make("python_crashed", of, place, { signal, memory });
};

const make = (code: ErrorCode, of: Failing, location: SourceLocation | null, params: ErrorParams): ExecutorError => {
  const at = location ?? of.body.location;
  const kind = permanent.has(code) ? ExecutorValidationError : ExecutorExecutionError;
  return new kind(code, {
    node: of.node,
    location: at,
    params: { node: of.node, function: of.body.function, place: `${at.file}:${at.line}`, ...params },
  });
};

/** The innermost of the project's own lines in what the crash handler wrote; `null` when there is none. */
const crashPlace = (of: Failing): SourceLocation | null => {
  try {
    const text = readFileSync(join(of.scratch, "crash.txt"), "utf8");
    for (const [, file = "", line = "1"] of text.matchAll(/File "(.*)", line (\d+) in /g)) {
      if (!file.startsWith(of.projectRoot + sep) || file.includes("site-packages")) continue;
      return { file: relative(of.projectRoot, file).replaceAll(sep, "/"), line: Number(line), column: 1 };
    }
  } catch {
    // No handler ran: the place stays unknown.
  }
  return null;
};

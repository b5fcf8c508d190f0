import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { HeadraceError } from "../../../shared/errors/index.ts";
import { hashText, replaceFile } from "../files/index.ts";
import { toolEnvironment } from "./child-environment.ts";
import type { RunnerOptions } from "./environments.ts";

export interface InterpreterFacts {
  readonly executable: string;
  readonly version: string;
  readonly platform: string;
  /** Folders that hold installed packages. */
  readonly packages: readonly string[];
}

interface Memory {
  /** Which interpreter was found for a search path and a wish. */
  readonly choices: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, { readonly stamp: string; readonly facts: InterpreterFacts }>>;
}

const question = `
import json, sys, sysconfig
print(json.dumps({
    "executable": sys.executable,
    "version": "%d.%d.%d" % sys.version_info[:3],
    "platform": sysconfig.get_platform(),
    "packages": [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))],
}))`;

const nothing: Memory = { choices: {}, facts: {} };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Checked by hand, and by nothing that is large to load: this is read in runs in which nothing changed. */
const areFacts = (value: unknown): value is InterpreterFacts =>
  isObject(value) &&
  [value["executable"], value["version"], value["platform"]].every((text) => typeof text === "string") &&
  Array.isArray(value["packages"]) &&
  value["packages"].every((text) => typeof text === "string");

const isMemory = (value: unknown): value is Memory =>
  isObject(value) &&
  isObject(value["choices"]) &&
  Object.values(value["choices"]).every((path) => typeof path === "string") &&
  isObject(value["facts"]) &&
  Object.values(value["facts"]).every(
    (entry) => isObject(entry) && typeof entry["stamp"] === "string" && areFacts(entry["facts"]),
  );

const memoryFile = (dataDir: string): string => join(dataDir, "interpreters.json");

const recall = (dataDir: string): Memory => {
  try {
    const parsed: unknown = JSON.parse(readFileSync(memoryFile(dataDir), "utf8"));
    return isMemory(parsed) ? parsed : nothing;
  } catch {
    return nothing;
  }
};

const remember = async (dataDir: string, change: (memory: Memory) => Memory): Promise<void> => {
  mkdirSync(dataDir, { recursive: true });
  await replaceFile(memoryFile(dataDir), JSON.stringify(change(recall(dataDir)), null, 2));
};

const stampOfFile = (path: string): string | null => {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.size} ${stats.mtimeMs} ${stats.ino}`;
};

const known = (interpreter: string, { facts }: Memory): InterpreterFacts | null => {
  const found = facts[interpreter];
  return found !== undefined && found.stamp === stampOfFile(interpreter) ? found.facts : null;
};

const readAnswer = (text: string): InterpreterFacts | null => {
  try {
    const parsed: unknown = JSON.parse(text);
    return areFacts(parsed) ? parsed : null;
  } catch {
    return null;
  }
};

const ask = async (interpreter: string, environment: RunnerOptions["environment"]): Promise<InterpreterFacts> => {
  const { execa } = await import("execa");
  const answer = await execa(interpreter, ["-I", "-c", question], {
    env: toolEnvironment(environment),
    extendEnv: false,
    reject: false,
    timeout: 30_000,
  });
  const facts = readAnswer(answer.stdout ?? "");
  if (facts !== null) return facts;
  const text = (answer.stderr ?? "").trim().split("\n").at(-1) || answer.originalMessage || "it gave no answer";
  throw new HeadraceError("python_interpreter_unusable", { params: { interpreter, text } });
};

/**
 * What an interpreter says of itself; started once and remembered in the data folder until its file changes.
 * Throws `python_interpreter_unusable`.
 */
export const interpreterFacts = async (
  interpreter: string,
  { dataDir, environment }: Pick<RunnerOptions, "dataDir" | "environment">,
): Promise<InterpreterFacts> => {
  const remembered = known(interpreter, recall(dataDir));
  if (remembered !== null) return remembered;
  const stamp = stampOfFile(interpreter);
  if (stamp === null) {
    const params = { interpreter, text: "there is no such file" };
    throw new HeadraceError("python_interpreter_unusable", { params });
  }
  const facts = await ask(interpreter, environment);
  await remember(dataDir, (memory) => ({ ...memory, facts: { ...memory.facts, [interpreter]: { stamp, facts } } }));
  return facts;
};

/**
 * The Python that environments are built on. Finding it starts several programs, so the answer is kept for as long as
 * the search path, the wish and the file stay the same.
 */
export const baseInterpreter = async (options: RunnerOptions): Promise<InterpreterFacts> => {
  const { dataDir, environment, settings } = options;
  const key = hashText(JSON.stringify([environment["PATH"], settings.interpreter])).slice(0, 16);
  const memory = recall(dataDir);
  const chosen = memory.choices[key];
  const remembered = chosen === undefined ? null : known(chosen, memory);
  if (remembered !== null) return remembered;
  const interpreter = await options.interpreter();
  const facts = await interpreterFacts(interpreter, options);
  await remember(dataDir, (now) => ({ ...now, choices: { ...now.choices, [key]: interpreter } }));
  return facts;
};

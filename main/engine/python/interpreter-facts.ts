import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { execa } from "execa";
import { z } from "zod";

import { HeadraceError } from "../../../shared/errors/index.ts";
import { replaceFile } from "../files/index.ts";
import { toolEnvironment } from "./child-environment.ts";

const factsSchema = z.object({
  /** The real program behind shims and links of a virtual environment. */
  executable: z.string(),
  version: z.string(),
  platform: z.string(),
  /** Folders that hold installed packages. */
  packages: z.array(z.string()),
});
export type InterpreterFacts = z.output<typeof factsSchema>;
const cacheSchema = z.record(z.string(), z.object({ stamp: z.string(), facts: factsSchema }));
type Cache = z.output<typeof cacheSchema>;

const question = `
import json, sys, sysconfig
paths = sysconfig.get_paths()
print(json.dumps({
    "executable": sys.executable,
    "version": "%d.%d.%d" % sys.version_info[:3],
    "platform": sysconfig.get_platform(),
    "packages": sorted({paths["purelib"], paths["platlib"]}),
}))`;

const readCache = (path: string): Cache => {
  try {
    return cacheSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return {};
  }
};

const ask = async (
  interpreter: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<InterpreterFacts> => {
  const answer = await execa(interpreter, ["-I", "-c", question], {
    env: toolEnvironment(environment),
    extendEnv: false,
    reject: false,
    timeout: 30_000,
  });
  try {
    return factsSchema.parse(JSON.parse(answer.stdout ?? ""));
  } catch (cause) {
    const text = (answer.stderr ?? "").trim().split("\n").at(-1) || answer.originalMessage || "it gave no answer";
    throw new HeadraceError("python_interpreter_unusable", { params: { interpreter, text } }, { cause });
  }
};

/**
 * What an interpreter says of itself; started once and remembered in the data folder until its file changes.
 * Throws `python_interpreter_unusable`.
 */
export const interpreterFacts = async (
  interpreter: string,
  dataDir: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<InterpreterFacts> => {
  const stats = statSync(interpreter, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new HeadraceError("python_interpreter_unusable", { params: { interpreter, text: "there is no such file" } });
  }
  const stamp = `${stats.size} ${stats.mtimeMs} ${stats.ino}`;
  const path = join(dataDir, "interpreters.json");
  const known = readCache(path)[interpreter];
  if (known?.stamp === stamp && statSync(known.facts.executable, { throwIfNoEntry: false }) !== undefined) {
    return known.facts;
  }
  const facts = await ask(interpreter, environment);
  mkdirSync(dataDir, { recursive: true });
  await replaceFile(path, JSON.stringify({ ...readCache(path), [interpreter]: { stamp, facts } }, null, 2));
  return facts;
};

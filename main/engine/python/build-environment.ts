import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { HeadraceError } from "../../../shared/errors/index.ts";
import { replaceFile } from "../files/index.ts";
import { type EnvironmentFolder, isComplete } from "./environment-folder.ts";
import { exclusively } from "./exclusively.ts";
import type { InterpreterFacts } from "./interpreter-facts.ts";
import type { LockFile } from "./lock-file.ts";
import { callUv, causeOf, type UvAnswer, type UvCall } from "./uv.ts";

export interface EnvironmentBuild {
  readonly folder: EnvironmentFolder;
  readonly lock: LockFile;
  readonly python: InterpreterFacts;
  readonly uv: Pick<UvCall, "uv" | "environment" | "signal" | "cwd" | "onLine">;
}

/** Builds an environment from its lock, once on this machine however many ask; a half-built one is made anew. */
export const buildFromLock = async (build: EnvironmentBuild): Promise<void> => {
  const { folder, uv } = build;
  mkdirSync(dirname(folder.root), { recursive: true });
  const waiting = () => uv.onLine?.("Waiting for another process that builds the same environment");
  await exclusively(folder.lock, uv.signal, waiting, async () => {
    if (isComplete(folder)) return;
    writeFileSync(folder.building, "");
    rmSync(folder.root, { recursive: true, force: true, maxRetries: 3 });
    await makeFolder(build);
    await install(build);
    const contents = { python: build.python.version, lock: build.lock.hash };
    await replaceFile(folder.complete, `${JSON.stringify(contents, null, 2)}\n`);
    rmSync(folder.building, { force: true });
  });
};

const makeFolder = async ({ folder, python, uv }: EnvironmentBuild): Promise<void> => {
  const answer = await callUv({
    ...uv,
    args: ["venv", "--quiet", "--no-project", "--no-config", "--python", python.executable, folder.root],
  });
  if (!answer.ok) throw failed(answer, folder.root);
};

/** First from uv's own cache, which needs no network, then from the registry. */
const install = async ({ folder, lock, uv }: EnvironmentBuild): Promise<void> => {
  const args = ["pip", "install", "--python", folder.interpreter, "--require-hashes", "--compile-bytecode"];
  const cached = await callUv({ ...uv, onLine: undefined, args: [...args, "--offline", "-r", lock.path] });
  if (cached.ok) return;
  const answer = await callUv({ ...uv, args: [...args, "-r", lock.path] });
  if (!answer.ok) throw failed(answer, lock.path);
};

const failed = (answer: UvAnswer, path: string): HeadraceError => {
  const code = answer.unreachable ? "python_packages_unreachable" : "python_environment_failed";
  return new HeadraceError(code, { params: { path, text: causeOf(answer.stderr) } });
};

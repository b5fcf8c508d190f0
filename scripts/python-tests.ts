// The Python runtime's own checks: ruff, mypy and pytest in an environment of their own, made through uv from a lock.
import { env } from "node:process";
import { dirname, join } from "node:path";

import { provisionRoom, pythonRoom } from "../main/engine/index.ts";
import { toHeadraceError } from "../shared/errors/index.ts";
import { capture, root } from "./run-steps.ts";

const python = join(root, "python");

/** Absolute path of the environment's interpreter; built the first time. */
async function prepare(): Promise<string> {
  const { dataDirectory, pythonInterpreter, uvExecutable } = await provisionRoom();
  const { environmentOfLock } = await pythonRoom();
  const dataDir = dataDirectory(env);
  const log = (_level: string, text: string): void => console.log(text);
  const provision = { dataDir, environment: env, log };
  const options = {
    projectRoot: python,
    settings: { mode: "managed", interpreter: null, dependencies: [] },
    dataDir,
    environment: env,
    uv: () => uvExecutable(provision),
    interpreter: () => pythonInterpreter({ environment: env }),
  } as const;
  const lock = join(python, "requirements-dev.lock.txt");
  return environmentOfLock(lock, options, new AbortController().signal, log);
}

const stepsOf = (interpreter: string): Readonly<Record<string, readonly string[]>> => {
  const ruff = join(dirname(interpreter), process.platform === "win32" ? "ruff.exe" : "ruff");
  return {
    format: [ruff, "format", "--check", python],
    lint: [ruff, "check", python],
    types: [interpreter, "-m", "mypy", "--config-file", join(python, "pyproject.toml")],
    tests: [interpreter, "-m", "pytest", "--rootdir", python, "-c", join(python, "pyproject.toml"), python],
  };
};

/** Counts of pytest's last line, e.g. `2 failed, 76 passed, 1 skipped in 1.66s`. */
const countOf = (output: string, what: string): number =>
  Number(new RegExp(`(\\d+) ${what}`).exec(output.trim().split("\n").at(-1) ?? "")?.[1] ?? 0);

let passed = 0;
let failed = 0;
let skipped = 0;
try {
  for (const [name, command] of Object.entries(stepsOf(await prepare()))) {
    console.log(`\n── python ${name}`);
    const { code, output } = await capture(command);
    passed += name === "tests" ? countOf(output, "passed") : 0;
    skipped += name === "tests" ? countOf(output, "skipped") : 0;
    failed += code === 0 ? 0 : Math.max(1, name === "tests" ? countOf(output, "(?:failed|error)") : 1);
  }
} catch (thrown) {
  const { message, next } = toHeadraceError(thrown);
  console.error(`${message}\n${next}`);
  failed += 1;
}
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

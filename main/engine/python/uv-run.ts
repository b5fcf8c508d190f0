import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { ExecutorValidationError, HeadraceError } from "../../../shared/errors/index.ts";
import type { PythonBody } from "../../../shared/graph/index.ts";
import { hashText } from "../files/index.ts";
import type { EnvironmentIdentity, Environments, RunnerOptions } from "./environments.ts";
import { runtimePackages } from "./requirements.ts";
import { SharedBuilds } from "./shared-build.ts";

const marker = "headrace-interpreter:";
const whereAmI = `import sys; print("${marker}" + sys.executable)`;

/**
 * The project's own pyproject.toml and uv.lock: `uv run --frozen` brings the environment up to the lock and tells its
 * interpreter, which then runs the nodes directly. The lock is never changed.
 */
export const uvRunEnvironments = (options: RunnerOptions): Environments => {
  const { projectRoot, environment } = options;
  const builds = new SharedBuilds<string>();
  const ready = new Map<string, string>();

  const identify = async (body: PythonBody): Promise<EnvironmentIdentity> => {
    const { text, path } = readUvLock(projectRoot);
    const packages = packagesOf(text);
    const missing = runtimePackages.filter((name) => packages[name] === undefined);
    if (missing.length > 0) {
      const params = {
        file: body.file,
        packages: missing,
        hint: `Run \`uv add ${missing.join(" ")}\`; ${path} lacks them.`,
      };
      throw new ExecutorValidationError("python_runtime_missing", { location: body.location, params });
    }
    return { envHash: hashText(`${text}\n${process.platform} ${process.arch}`), packages };
  };

  const synced = async (envHash: string, signal: AbortSignal, onLine: (line: string) => void): Promise<string> => {
    const wanted = options.settings.interpreter === null ? [] : ["--python", options.settings.interpreter];
    const { callUv, causeOf } = await import("./uv.ts");
    // Confined nodes cannot keep bytecode themselves, and compiling pandas at each start takes seconds.
    const compiled = join(projectRoot, ".venv", `headrace-compiled-${envHash.slice(0, 16)}`);
    const compile = existsSync(compiled) ? [] : ["--compile-bytecode"];
    const answer = await callUv({
      uv: await options.uv(),
      args: ["run", "--frozen", "--project", projectRoot, ...wanted, ...compile, "python", "-I", "-c", whereAmI],
      cwd: projectRoot,
      environment,
      signal,
      onLine,
    });
    const interpreter = answer.stdout.split("\n").find((line) => line.startsWith(marker));
    if (answer.ok && interpreter !== undefined) {
      if (existsSync(dirname(compiled))) writeFileSync(compiled, "");
      return interpreter.slice(marker.length).trim();
    }
    const code = answer.unreachable ? "python_packages_unreachable" : "python_environment_failed";
    throw new HeadraceError(code, { params: { path: join(projectRoot, "uv.lock"), text: causeOf(answer.stderr) } });
  };

  return {
    identify,
    async ensure(body, signal, log) {
      const identity = await identify(body);
      const { envHash } = identity;
      const interpreter =
        ready.get(envHash) ??
        (await builds.join(
          envHash,
          signal,
          (line) => log("info", line, "log"),
          (shared, onLine) => synced(envHash, shared, onLine),
        ));
      ready.set(envHash, interpreter);
      return { ...identity, interpreter };
    },
  };
};

const readUvLock = (projectRoot: string): { readonly text: string; readonly path: string } => {
  const path = join(projectRoot, "uv.lock");
  try {
    return { text: readFileSync(path, "utf8").replaceAll("\r\n", "\n"), path };
  } catch (cause) {
    throw new HeadraceError("python_uv_lock_missing", { params: { path } }, { cause });
  }
};

const packagesOf = (lock: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...lock.matchAll(/^\[\[package\]\]\nname = "([^"]+)"\nversion = "([^"]+)"/gm)].map(
      ([, name = "", version = ""]) => [name, version],
    ),
  );

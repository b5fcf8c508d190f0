import { CancelledError, HeadraceError } from "../../../shared/errors/index.ts";
import type { Environment } from "./data-directory.ts";
import { pythonCommands } from "./python-interpreter.ts";
import { runProgram } from "./run-program.ts";

/** A Python that has pip, for packages that Headrace itself needs; any version of both will do. */
export interface Pip {
  readonly python: string;
  readonly environment: Environment;
  readonly signal?: AbortSignal | undefined;
}

/** Throws `python_not_found`, `pip_not_found`; `what` names what it is needed for. */
export const findPip = async (what: string, environment: Environment, signal?: AbortSignal): Promise<Pip> => {
  const pythons = pythonCommands(environment);
  for (const python of pythons) {
    const asked = await runProgram(python, ["-m", "pip", "--version"], { environment, signal, timeoutSeconds: 30 });
    if (asked.code === 0) return { python, environment, signal };
    if (signal?.aborted === true) throw new CancelledError();
  }
  if (pythons.length === 0) {
    throw new HeadraceError("python_not_found", {
      params: { wanted: "3.10 or newer", detail: ` (${what} needs one)` },
    });
  }
  throw new HeadraceError("pip_not_found", { params: { what, looked: pythons } });
};

const offline =
  /NewConnectionError|ConnectTimeout|Name or service not known|name resolution|getaddrinfo|Network is unreachable|Connection refused|ProxyError|Max retries exceeded|Could not fetch URL|ReadTimeout/i;

/** The last lines that say something; pip's own hints and warnings are noise here. */
const gist = (output: string): string => {
  const lines = output.split("\n").map((line) => line.trim());
  const errors = lines.filter((line) => /^ERROR:/i.test(line));
  const telling = errors.length > 0 ? errors : lines.filter((line) => line !== "" && !/^(WARNING|\[notice)/.test(line));
  return telling.slice(-2).join(" ").slice(0, 400);
};

/** Runs pip. Throws `package_index_unreachable`, `package_install_failed`, CancelledError. */
export const runPip = async (pip: Pip, what: string, args: readonly string[]): Promise<void> => {
  const { python, signal } = pip;
  // A person's settings for indexes and proxies count; those that contradict --target do not.
  const environment = { ...pip.environment, PIP_USER: "0", PIP_REQUIRE_VIRTUALENV: "0" };
  const common = ["--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2", "--no-deps"];
  const [command = "", ...rest] = args;
  const result = await runProgram(python, ["-m", "pip", command, ...common, "--only-binary", ":all:", ...rest], {
    environment,
    signal,
    timeoutSeconds: 900,
  });
  if (result.code === 0) return;
  if (signal?.aborted === true) throw new CancelledError();
  const output = `${result.stdout}\n${result.stderr}`;
  const code = offline.test(output) ? "package_index_unreachable" : "package_install_failed";
  throw new HeadraceError(code, { params: { what, detail: gist(output) } });
};

import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";

// Only what DuckDB needs to find its way around: no credential of the person's shell reaches a host.
const passedOn = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "LD_LIBRARY_PATH", "LANG"] as const;

/** The environment variables that a host process is given. */
export const hostEnvironment = (): Readonly<Record<string, string>> => {
  const environment = Object.fromEntries(
    passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
  // Where this process keeps compiled code, a host may keep its own: that halves what it takes to start.
  const compiled = getCompileCacheDir();
  return compiled === undefined ? environment : { ...environment, NODE_COMPILE_CACHE: dirname(compiled) };
};

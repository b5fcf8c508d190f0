// What Headrace needs beyond its npm packages, got once and then used without network: folders, Python, uv, extensions.
export { dataDirectory, type Environment } from "./data-directory.ts";
export { duckdbExtension, duckdbPlatform, duckdbVersion } from "./duckdb-extension.ts";
export { exclusively } from "./exclusive.ts";
export { findPrograms } from "./find-programs.ts";
export { pythonInterpreter, type PythonRequest } from "./python-interpreter.ts";
export { uvExecutable, type ProvisionOptions } from "./uv.ts";

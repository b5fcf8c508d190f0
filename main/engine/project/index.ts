// Reads a project's files into a graph, with everything that stands in the way of a part of it.
export { findProjectRoot } from "./find-root.ts";
export { pipelineFolders } from "./list-files.ts";
export { initProject, type InitOptions } from "./init-project.ts";
export type { LoadOptions } from "./load-options.ts";
export { loadProject } from "./load-project.ts";
export type { ImportedFunction, ImportPython } from "./read-context.ts";
export type * from "./project.ts";

// Reads a project's files into a graph, with everything that stands in the way of a part of it.
export { findProjectRoot } from "./find-root.ts";
export { loadProject, type LoadOptions } from "./load-project.ts";
export type * from "./project.ts";

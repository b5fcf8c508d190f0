// Plans, events and results of runs, as data.
export * from "./plan.ts";
export * from "./events.ts";
export * from "./result.ts";
export * from "./run-nodes.ts";
export * from "./compare-runs.ts";
export * from "./sentence.ts";

import type { RunOptions } from "./engine.ts";

/** A run of everything with the defaults of the command line. */
export const wholeRun: RunOptions = {
  selectors: [],
  nodes: [],
  types: [],
  tags: [],
  excludeTags: [],
  full: false,
  materialize: true,
  interval: {},
  maxWorkers: null,
  continueOnError: false,
  retryAttempts: null,
  timeoutSeconds: null,
  runId: null,
  verbose: false,
};

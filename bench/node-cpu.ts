import type { Engine } from "../main/engine/index.ts";

/** CPU seconds that the SQL host spent on one node, run again from what its inputs left. */
export const cpuOfNode = async (engine: Engine, node: string, date = "2024-06-30"): Promise<number> => {
  const lists = { selectors: [], types: [], tags: [], excludeTags: [] };
  const options = { maxWorkers: 1, continueOnError: false, retryAttempts: null, timeoutSeconds: null, runId: null };
  let cpu: number | null = null;
  const { exitCode } = await engine.run(
    { ...lists, ...options, nodes: [node], full: true, materialize: false, interval: { date }, verbose: false },
    new AbortController().signal,
    (event) => {
      if (event.type === "finished" && event.node === node) cpu = event.result.metadata.metrics.cpu_seconds;
    },
  );
  if (exitCode !== 0 || cpu === null) throw new Error(`${node} could not be measured`);
  return cpu;
};

import { type Engine, wholeRun } from "../main/engine/index.ts";

/** CPU seconds that the SQL host spent on one node, run again from what its inputs left. */
export const cpuOfNode = async (engine: Engine, node: string, date = "2024-06-30"): Promise<number> => {
  let cpu: number | null = null;
  const { exitCode } = await engine.run(
    { ...wholeRun, nodes: [node], full: true, materialize: false, interval: { date }, maxWorkers: 1 },
    new AbortController().signal,
    (event) => {
      if (event.type === "finished" && event.node === node) cpu = event.result.metadata.metrics.cpu_seconds;
    },
  );
  if (exitCode !== 0 || cpu === null) throw new Error(`${node} could not be measured`);
  return cpu;
};

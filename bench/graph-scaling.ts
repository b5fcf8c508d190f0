// Building the graph's orders at growing sizes: linear means that ten times the nodes cost about ten times the CPU.

import { findCycles, readersOf, selectNodes, topologicalOrder } from "../shared/graph/index.ts";
import { median } from "./measure.ts";
import type { Figure } from "./report.ts";

const graph = (size: number): ReadonlyMap<string, readonly string[]> =>
  new Map(
    Array.from({ length: size }, (_, index) => {
      const inputs = [index - 1, index - 7, index >> 1].filter((input) => input >= 0 && input < index);
      return [`n${index}`, [...new Set(inputs)].map((input) => `n${input}`)] as const;
    }),
  );

const buildSeconds = (size: number): number => {
  const inputs = graph(size);
  const before = process.cpuUsage();
  topologicalOrder(inputs);
  findCycles(inputs);
  readersOf(inputs);
  const nodes = new Map(
    [...inputs].map(([id, read]) => [id, { id, kind: "transform", name: id, inputs: read, files: [], config: {} }]),
  );
  selectNodes(nodes, [`+n${size - 1}`]);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** CPU a node at 100,000 nodes against CPU a node at 10,000. */
export const graphScaling = (rounds: number): readonly Figure[] => {
  buildSeconds(10_000);
  const small: number[] = [];
  const large: number[] = [];
  for (let round = 0; round < rounds; round++) {
    small.push(buildSeconds(10_000));
    large.push(buildSeconds(100_000));
  }
  const value = median(large) / median(small) / 10;
  const detail = `${median(large).toFixed(2)} s for 100,000 nodes, ${median(small).toFixed(3)} s for 10,000`;
  return [{ name: "DAG building, cost a node at 100,000 against 10,000", value, unit: "×", target: 2, detail }];
};

// Who reads whom, near and far. Breadth first, so that a depth limit counts the shortest way.

import type { Inputs } from "./order.ts";

/** The same edges the other way round: for each id, the ids that read it. */
export const readersOf = (graph: Inputs): Inputs => {
  const readers = new Map<string, string[]>([...graph.keys()].map((id) => [id, []]));
  for (const [id, inputs] of graph) for (const input of new Set(inputs)) readers.get(input)?.push(id);
  return readers;
};

/** Everything at most `depth` steps away along `edges`, the starting ids not included unless a circle leads back. */
export const reach = (edges: Inputs, from: Iterable<string>, depth = Infinity): ReadonlySet<string> => {
  const found = new Set<string>();
  let frontier = [...from];
  for (let step = 0; step < depth && frontier.length > 0; step++) {
    const next: string[] = [];
    for (const id of frontier) {
      for (const neighbour of edges.get(id) ?? []) {
        if (found.has(neighbour) || !edges.has(neighbour)) continue;
        found.add(neighbour);
        next.push(neighbour);
      }
    }
    frontier = next;
  }
  return found;
};

/** Everything that `ids` read, directly or through others. */
export const ancestors = (graph: Inputs, ids: Iterable<string>, depth = Infinity): ReadonlySet<string> =>
  reach(graph, ids, depth);

/** Everything that reads `ids`, directly or through others. */
export const descendants = (graph: Inputs, ids: Iterable<string>, depth = Infinity): ReadonlySet<string> =>
  reach(readersOf(graph), ids, depth);

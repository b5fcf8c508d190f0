import type { GraphStore } from "./graph-store.ts";

let known: { readonly graph: GraphStore; readonly version: number; readonly edges: Int32Array } | null = null;

/** Every edge as two slots, `from` then `to`: one flat array until nodes or edges change. */
export const edgesOf = (graph: GraphStore): Int32Array => {
  if (known?.graph === graph && known.version === graph.structureVersion) return known.edges;
  const found: number[] = [];
  for (let to = 0; to < graph.slotCount; to++) {
    for (const from of graph.inputsOf(to)) if (from >= 0) found.push(from, to);
  }
  known = { graph, version: graph.structureVersion, edges: Int32Array.from(found) };
  return known.edges;
};

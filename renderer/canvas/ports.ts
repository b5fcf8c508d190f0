import type { GraphNode } from "../store/graph-store.ts";

/** What flows through a port; each has a shape and a colour of its own. */
export type PortType = "table" | "model" | "check";

export interface Ports {
  readonly input: PortType | null;
  readonly output: PortType | null;
}

const table: Ports = { input: "table", output: "table" };
const byKind: Readonly<Record<string, Ports>> = {
  source: { input: null, output: "table" },
  model: { input: "table", output: "model" },
  predict: { input: "table", output: "table" },
  rule: { input: "table", output: "check" },
  exposure: { input: "table", output: null },
};

/** The ports of a card: a source takes nothing in, an exposure gives nothing on, a broken file has none. */
export const portsOf = (node: GraphNode): Ports => {
  if (node.type === "broken") return { input: null, output: null };
  return byKind[node.view.kind] ?? table;
};

import { host } from "../../api.ts";
import type { Upstream } from "../../../shared/presets/index.ts";

/** The tables as presets need them: columns as they are known without a run, else as last seen, else none. */
export const upstreamOf = async (ids: readonly string[]): Promise<readonly Upstream[]> =>
  Promise.all(ids.map(async (id) => ({ id, columns: await columnsOf(id) })));

const columnsOf = async (id: string): Promise<Upstream["columns"]> => {
  try {
    const { columns } = await host().call("node.describe", { node: id, sql: null });
    if (columns !== null) return columns;
  } catch {
    // A node that cannot be described may still have an output.
  }
  try {
    return (await host().call("node.columns", { nodes: [id] }))[id] ?? [];
  } catch {
    return [];
  }
};

import type { NodeSchemaView, SqlFunctionView, SqlParameterView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { graph } from "../store/graph-store.ts";
import { project } from "../store/project-store.ts";

type Columns = NonNullable<NodeSchemaView["columns"]>;

let functions: Promise<readonly SqlFunctionView[]> | null = null;

/** Every function that SQL may call; asked once a window. */
export const sqlFunctions = async (): Promise<readonly SqlFunctionView[]> => {
  functions ??= host().call("sql.functions", {});
  try {
    return await functions;
  } catch {
    functions = null;
    return [];
  }
};

let parameters: { readonly key: string; readonly list: Promise<readonly SqlParameterView[]> } | null = null;

/** Names that a node's SQL may bind as `$name`, as the files are now. */
export const sqlParameters = async (node: string | null): Promise<readonly SqlParameterView[]> => {
  const key = `${project.getState().revision} ${node}`;
  if (parameters?.key !== key) parameters = { key, list: host().call("sql.parameters", { node }) };
  try {
    return await parameters.list;
  } catch {
    parameters = null;
    return [];
  }
};

const known = new Map<string, Columns>();
let knownAt = -1;

/** Columns of nodes for completion, as their definitions make them now; those that nobody knows are left out. */
export const columnsOf = async (ids: readonly string[]): Promise<ReadonlyMap<string, Columns>> => {
  const { revision } = project.getState();
  if (knownAt !== revision) known.clear();
  knownAt = revision;
  const missing = ids.filter((id) => !known.has(id) && graph.slotOf(id) >= 0);
  await Promise.all(
    missing.map(async (id) => {
      try {
        const { columns } = await host().call("node.describe", { node: id, sql: null });
        if (columns !== null) known.set(id, columns);
      } catch {
        // A node that cannot be described offers no columns; its own panel says why.
      }
    }),
  );
  return new Map(ids.flatMap((id) => (known.has(id) ? [[id, known.get(id) ?? []] as const] : [])));
};

/** Ids of every node that has a table. */
export const tableIds = (): readonly string[] =>
  [...graph.nodes()].flatMap((node) => (node.type === "node" && node.view.kind !== "exposure" ? [node.id] : []));

import type { NodeId } from "../../../shared/graph/index.ts";
import type { NodeSchema } from "../describe/node-schema.ts";
import type { SqlHosts } from "../duckdb/sql-host.ts";
import type { LineageDesk, LineageLook } from "./lineage-desk.ts";
import type { ProjectLineage } from "./node-lineage.ts";

interface Parts {
  readonly look: (signal: AbortSignal) => Promise<Omit<LineageLook, "schemas">>;
  readonly schemas: (look: Omit<LineageLook, "schemas">) => Promise<ReadonlyMap<NodeId, NodeSchema>>;
  readonly hosts: () => Promise<Pick<SqlHosts, "trees">>;
}

/** An engine's lineage: nothing of it is loaded before somebody asks. */
export const lazyLineage = ({ look, schemas, hosts }: Parts): ((signal: AbortSignal) => Promise<ProjectLineage>) => {
  let desk: Promise<LineageDesk> | null = null;
  return async (signal) => {
    desk ??= import("./lineage-desk.ts").then(({ LineageDesk: Desk }) => new Desk(hosts));
    const looking = await look(signal);
    return (await desk).report({ ...looking, schemas: await schemas(looking) });
  };
};

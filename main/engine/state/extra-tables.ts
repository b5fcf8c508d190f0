import type { NodeId } from "../../../shared/graph/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import { stableHash } from "../files/index.ts";
import type { ExtraRecord, OutputRecord } from "./node-record.ts";

/** A node's tables: the main one and those beside it. */
export interface NodeTables {
  readonly output: OutputRecord;
  readonly extra?: readonly ExtraRecord[] | undefined;
}

/** The name under which a further table of a node is read and linked. */
export const extraName = (node: string, table: string): string => `${node}__${table}`;

/** What consumers compare: equal while every table of the node is equal. */
export const tablesHash = ({ output, extra = [] }: NodeTables): string =>
  extra.length === 0 ? output.hash : stableHash([output.hash, extra.map((table) => [table.name, table.output.hash])]);

/** The further tables as other nodes read them. */
export const extraRelations = (
  node: NodeId,
  extra: readonly ExtraRecord[] | undefined,
  absolute: (output: OutputRecord) => string,
): readonly Relation[] =>
  (extra ?? []).map((table) => ({
    id: extraName(node, table.name),
    file: absolute(table.output),
    columns: table.columns,
  }));

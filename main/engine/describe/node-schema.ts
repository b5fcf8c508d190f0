import type { Column, NodeId } from "../../../shared/graph/index.ts";
import type { SqlFault } from "../duckdb/sql-host.ts";
import type { Problem } from "../project/project.ts";

/** The columns of a node's table as its definition makes them now, as far as that can be told without running it. */
export interface NodeSchema {
  /** `null` while nobody can know: see `waitingFor`. */
  readonly columns: readonly Column[] | null;
  /** `query`: bound by DuckDB. `declared`: the file lists them. `last run`: as they were when it last ran. */
  readonly from: "query" | "declared" | "last run" | null;
  /** False when they are those of a last run of another definition: good for completion, not for errors. */
  readonly isCertain: boolean;
  /** Inputs whose own columns are not known: those have to run first. */
  readonly waitingFor: readonly NodeId[];
  /** What keeps the node from giving a table. */
  readonly problem: SchemaProblem | null;
}

/** An error of a node's SQL or settings against the columns it reads. */
export interface SchemaProblem {
  readonly problem: Problem;
  /** Where in the SQL; `null` for what is not SQL. */
  readonly fault: SqlFault | null;
  /** What could stand there instead, the likeliest first. */
  readonly replacements: readonly string[];
  /** Every name that would be valid there. */
  readonly valid: readonly string[];
}

/** Every node's schema, and what is wrong with some. */
export interface SchemaReport {
  readonly nodes: ReadonlyMap<NodeId, NodeSchema>;
  readonly problems: readonly Problem[];
}

/** An SQL text that may not be saved yet, as a node's. */
export interface Draft {
  readonly node: NodeId;
  /** The text; the node's own when `null`. */
  readonly sql: string | null;
  /** Inputs that the file lists, for a node that could not be loaded. */
  readonly inputs?: readonly NodeId[] | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** What a draft would give. */
export interface DraftSchema extends NodeSchema {
  readonly inputs: readonly {
    readonly id: NodeId;
    readonly columns: readonly Column[] | null;
    readonly from: NodeSchema["from"];
  }[];
}

export const unknownSchema: NodeSchema = {
  columns: null,
  from: null,
  isCertain: false,
  waitingFor: [],
  problem: null,
};

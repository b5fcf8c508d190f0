// Tables for tests of windows, and the SQL that a node's keys become, on a real DuckDB.

import { DuckDBInstance } from "@duckdb/node-api";

import type { Project } from "../../main/engine/project/project.ts";
import { type AggregationNode, aggregationSql, readSpec } from "../../main/engine/windows/index.ts";
import { aggregationKind } from "../../shared/graph/kinds/aggregation.ts";
import type { Cell } from "./check.ts";
import type { Column, Sort, World } from "./generators.ts";
import type { ReferenceEvent, ReferenceSpan } from "./reference.ts";

/** A time of a sort, as an SQL literal. */
export const sqlTime = (time: bigint | null, sort: Sort): string => {
  if (time === null) return `null::${sort}`;
  const text = `make_timestamp(${time})`;
  return sort === "TIMESTAMPTZ" ? `${text}::timestamptz` : `${text}::${sort}`;
};
/** A text as an SQL literal. */
export const sqlText = (text: string | null): string => (text === null ? "null" : `'${text}'`);

/** A database with the tables that generated SQL reads. */
export interface WindowTables {
  run(sql: string): Promise<void>;
  makeTable(name: string, columns: string, rows: readonly string[]): Promise<void>;
  /** Makes `input_0`. */
  makeEvents(events: readonly ReferenceEvent[], sort: Sort): Promise<void>;
  /** A result's rows; `times` become microseconds. */
  rowsOf(sql: string, times: readonly string[]): Promise<readonly Readonly<Record<string, Cell>>[]>;
}

const spanText = (span: ReferenceSpan): unknown => {
  if (span.kind === "window") return `${span.amount}${span.unit}`;
  return span.kind === "days" ? [span.lower, span.upper] : undefined;
};

/** The columns as a file spells them: ratios need the features' spelling. */
const written = (columns: readonly Column[]): Record<string, unknown> => {
  const filter = "kind = 'x' or kind is null -- known ones";
  const optional = (column: Column): Record<string, unknown> => ({
    ...(column.filtered ? { filter } : {}),
    ...(column.fill === null ? {} : { fill: column.fill }),
  });
  return {
    aggregations: columns
      .filter(({ over }) => over === null)
      .map((column) => ({
        name: column.name,
        function: column.function,
        ...(column.column === undefined ? {} : { column: column.column }),
        ...(column.span.kind === "all" ? {} : { window: spanText(column.span) }),
        ...optional(column),
      })),
    features: columns
      .filter(({ over }) => over !== null)
      .map((column) => ({
        column: column.column,
        ratio: {
          name: column.name,
          numerator: spanText(column.span),
          denominator: spanText(column.over ?? column.span),
          aggs: [column.function],
        },
        ...optional(column),
      })),
  };
};

/** The one table of a node with these keys. */
export const sqlOf = (config: Record<string, unknown>): string => {
  const parsed = aggregationKind.schema.parse({ kind: "aggregation", name: "a", ...config });
  const location = { file: "a.yml", line: 1, column: 1 };
  const inputs = ["source.events", "source.spine"];
  const node = {
    id: "aggregation.a",
    kind: "aggregation",
    name: "a",
    config: parsed,
    body: null,
    inputs,
    location,
    files: [],
  };
  const project = { nodes: new Map() } as unknown as Project;
  const interval = { date: "2024-06-30", start: null, end: null };
  const tables = aggregationSql(readSpec(node as unknown as AggregationNode, project, interval));
  if (tables.length !== 1) throw new Error(`${tables.length} tables`);
  return tables[0]?.sql ?? "";
};

const cell = (value: unknown): Cell => {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "bigint" || typeof value === "number") return Number(value);
  throw new TypeError(`a ${typeof value}`);
};

/** Opens an empty database. */
export const openTables = async (): Promise<WindowTables> => {
  const connection = await (await DuckDBInstance.create(":memory:", { threads: "2" })).connect();
  await connection.run("set TimeZone = 'UTC'");
  const run = async (sql: string): Promise<void> => void (await connection.run(sql));
  const makeTable: WindowTables["makeTable"] = async (name, columns, rows) => {
    await run(`create or replace table ${name} (${columns})`);
    if (rows.length > 0) await run(`insert into ${name} values ${rows.join(", ")}`);
  };
  return {
    run,
    makeTable,
    makeEvents: (events, sort) =>
      makeTable(
        "input_0",
        `id varchar, kind varchar, happened ${sort}, value double, label varchar`,
        events.map(
          ({ id, kind, time, value, label }) =>
            `(${sqlText(id)}, ${sqlText(kind)}, ${sqlTime(time, sort)}, ${value ?? "null"}, ${sqlText(label)})`,
        ),
      ),
    async rowsOf(sql, times) {
      const list = times.map((name) => `epoch_us(${name}) as ${name}`).join(", ");
      const replaced = times.length === 0 ? "" : ` replace (${list})`;
      const result = await connection.runAndReadAll(`select *${replaced} from (${sql})`).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${sql}`);
      });
      return result
        .getRowObjectsJS()
        .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(value)])));
    },
  };
};

/** The keys of a node about a world. */
export const configOf = (world: World): Record<string, unknown> => ({
  id_col: "id",
  time_column: "happened",
  timezone: world.zone,
  include_current: world.includeCurrent,
  ...(world.grouped ? { group_by: "kind" } : {}),
  ...written(world.columns),
});

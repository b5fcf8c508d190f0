// Every shape is checked twice: against what a person says it is, and against DuckDB itself, by changing one source
// column after the other and looking which result columns change.
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { sqlShapes } from "../../../../test-support/sql-shapes.ts";
import { type SqlLineage, sqlLineage } from "./index.ts";

const tables = {
  "source.a": { id: "INTEGER", x: "INTEGER", y: "INTEGER", g: "VARCHAR", t: "INTEGER" },
  "source.b": { id: "INTEGER", z: "INTEGER", w: "INTEGER", g: "VARCHAR", t: "INTEGER" },
  "source.s": { id: "INTEGER", p: "STRUCT(m INTEGER, n INTEGER)", l: "INTEGER[]" },
} as const;
type TableName = keyof typeof tables;

const rowsOf: Readonly<Record<TableName, string>> = {
  "source.a": "select i, (i * 7) % 11, (i * 5) % 13, chr((97 + i % 3)::int), i * 10 from range(12) r(i)",
  "source.b": "select (i * 2) % 14, (i * 3) % 17, (i * 4) % 19, chr((97 + i % 3)::int), i * 9 + 1 from range(12) r(i)",
  "source.s": "select i, {'m': (i * 3) % 5, 'n': (i * 7) % 9}, [i, i % 4] from range(12) r(i)",
};

/** Other values of a type, in several ways: a comparison with a bound may not see one of them. */
const changes: Readonly<Record<string, readonly string[]>> = {
  INTEGER: ["(c * 5 + 3) % 23", "-c - 1", "case when c % 2 = 0 then null else c end", "c % 3"],
  VARCHAR: ["chr((97 + ascii(c) % 4)::int)", "'b'", "c || '!'"],
  "STRUCT(m INTEGER, n INTEGER)": ["{'m': c.m + 100, 'n': c.n}", "{'m': c.m, 'n': c.n * 2 + 50}"],
  "INTEGER[]": ["list_transform(c, lambda e: e * 2 + 1)", "c[1:1]"],
};

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run("create schema source");
  for (const [name, columns] of Object.entries(tables)) {
    const list = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
    await connection.run(`create table ${name}_rows (${list.join(", ")})`);
    await connection.run(`insert into ${name}_rows ${rowsOf[name as TableName]}`);
    await connection.run(`create view ${name} as from ${name}_rows`);
  }
});
afterAll(() => connection.closeSync());

/** Each result column's values, sorted: what a change of order alone leaves as it is. */
const columnsOf = async (sql: string): Promise<ReadonlyMap<string, string>> => {
  const result = await connection.runAndReadAll(sql);
  const names = result.deduplicatedColumnNames();
  const rows = result.getRowsJson();
  return new Map(
    names.map((name, at) => [
      name.replace(/:(\d+)$/, "_$1"),
      rows
        .map((row) => JSON.stringify(row[at]))
        .toSorted()
        .join(),
    ]),
  );
};

const lineageOf = async (sql: string, isKnown: (table: string) => boolean = () => true): Promise<SqlLineage> => {
  const tree = (await connection.runAndReadAll("select json_serialize_sql($1::varchar)", [sql])).getRows()[0]![0];
  const actual = isKnown("result") ? [...(await columnsOf(sql)).keys()] : null;
  return sqlLineage({
    sql,
    tree: String(tree),
    input: (name) => {
      const columns = name in tables ? Object.keys(tables[name as TableName]) : null;
      return columns === null ? null : { id: name, columns: isKnown(name) ? columns : null };
    },
    actual,
  });
};

const shortInput = (input: string): string => input.slice("source.".length);

/** `total = a.x a.y*; filter a.g`: a star behind a column says that it is copied. */
const inShort = ({ columns, conditions }: SqlLineage): string =>
  [
    ...columns.map(({ name, sources }) => {
      const list = sources.map(
        ({ input, column, use }) => `${shortInput(input)}.${column ?? "?"}${use === "copied" ? "*" : ""}`,
      );
      return `${name} = ${list.toSorted().join(" ")}`.trim();
    }),
    ...conditions.map(({ why, input, column }) => `${why} ${shortInput(input)}.${column ?? "?"}`).toSorted(),
  ].join("; ");

describe("column lineage of one SELECT", () => {
  it.each(sqlShapes)("%s", async (_shape, sql, expected) => {
    const lineage = await lineageOf(sql);
    expect(inShort(lineage)).toBe(expected);
    expect(lineage.notes).toEqual([]);

    const before = await columnsOf(sql);
    for (const [table, columns] of Object.entries(tables)) {
      for (const [column, type] of Object.entries(columns)) {
        const missed = new Set<string>();
        for (const change of changes[type] ?? []) {
          const changed = change.replaceAll(/\bc\b/g, column);
          await connection.run(
            `create or replace view ${table} as select * replace (${changed} as ${column}) from ${table}_rows`,
          );
          const after = await columnsOf(sql).catch(() => before);
          await connection.run(`create or replace view ${table} as from ${table}_rows`);
          for (const [name, values] of before) if (after.get(name) !== values) missed.add(name);
        }
        const isCondition = lineage.conditions.some((use) => use.input === table && use.column === column);
        for (const { name, sources } of lineage.columns) {
          if (isCondition || sources.some((source) => source.input === table && source.column === column))
            missed.delete(name);
        }
        expect([...missed], `${table}.${column} changes columns that lineage does not name`).toEqual([]);
      }
    }
  });

  it.each(sqlShapes)("%s, of tables whose columns are not known: nothing is missed", async (_shape, sql) => {
    const truth = await lineageOf(sql);
    const guess = await lineageOf(sql, () => false);
    const used = [...guess.columns.flatMap(({ sources }) => sources), ...guess.others, ...guess.conditions];
    const missed = [...truth.columns.flatMap(({ sources }) => sources), ...truth.conditions].filter(
      ({ input, column }) =>
        !guess.open.includes(input) &&
        !used.some((use) => use.input === input && (use.column === null || use.column.toLowerCase() === column)),
    );
    expect(missed.map(({ input, column }) => `${input}.${column}`)).toEqual([]);
  });
});

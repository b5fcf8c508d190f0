import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

import {
  deduplicateSql,
  filterSql,
  groupSql,
  joinSql,
  limitSql,
  selectColumnsSql,
  sortSql,
  unionSql,
  type Upstream,
} from "../../../shared/presets/index.ts";
import { type SqlBench, sqlBench } from "../../../test-support/sql-bench.ts";

let bench: SqlBench;
beforeAll(async () => {
  bench = await sqlBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const names = ["id", "orders_id", "Name", "select", "two words", 'a"b', "größe", "amount", "order", "day"];
const types = [
  "INTEGER",
  "DECIMAL(18,2)",
  "VARCHAR",
  "TIMESTAMP",
  "DATE",
  "BOOLEAN",
  "BLOB",
  "STRUCT(a INTEGER)",
  "INTEGER[]",
  "HUGEINT",
];
const columns = fc.uniqueArray(fc.record({ name: fc.constantFrom(...names), type: fc.constantFrom(...types) }), {
  selector: ({ name }) => name.toLowerCase(),
  minLength: 1,
  maxLength: 6,
});

const presets: Readonly<Record<string, (left: Upstream, right: Upstream) => string>> = {
  filter: filterSql,
  sort: sortSql,
  group: groupSql,
  deduplicate: deduplicateSql,
  columns: selectColumnsSql,
  limit: limitSql,
  join: joinSql,
  union: (left) => unionSql([left, left]),
};

it("every preset is valid SQL for whatever columns its tables have", async () => {
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const empty = (table: Upstream): string =>
    `(select ${table.columns.map(({ name, type }) => `cast(null as ${type}) as ${quoted(name)}`).join(", ")})`;
  await fc.assert(
    fc.asyncProperty(columns, columns, async (left, right) => {
      const tables = [
        { id: "source.orders", columns: left },
        { id: "transform.other", columns: right },
      ] as const;
      for (const [name, make] of Object.entries(presets)) {
        const sql = make(...tables);
        const inlined = tables.reduce((text, table) => text.replaceAll(`ref('${table.id}')`, empty(table)), sql);
        await expect(bench.rows(inlined), `${name}: ${sql}`).resolves.toBeDefined();
      }
    }),
    { numRuns: 25 },
  );
});

// Random batches in random modes against a simple model: after each step the table equals it, and every count is exact.

import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

import { materializing, type Materializing } from "../../../test-support/targets/materializing.ts";

let bench: Materializing;
beforeAll(async () => {
  bench = await materializing();
});
afterAll(() => bench[Symbol.asyncDispose]());

interface Row {
  readonly id: number;
  /** Hours after the beginning. */
  readonly hour: number;
  readonly name: string | null;
}
type Mode = "upsert_by_key" | "full" | "append" | "incremental_by_time";
interface Step {
  readonly mode: Mode;
  readonly rows: readonly Row[];
}
interface Outcome {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
}

const rowArbitrary = fc.record({
  id: fc.integer({ min: 0, max: 12 }),
  hour: fc.integer({ min: 0, max: 20 }),
  name: fc.option(fc.constantFrom("", "a", "it's", '"q"', "é\n"), { freq: 4 }),
});
const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  mode: fc.constantFrom<Mode>("upsert_by_key", "full", "append", "incremental_by_time"),
  rows: fc.uniqueArray(rowArbitrary, { selector: (row) => row.id, minLength: 1, maxLength: 10 }),
});

const literal = (text: string | null): string => (text === null ? "null" : `'${text.replaceAll("'", "''")}'`);
const sqlOf = ({ rows }: Step): string =>
  `select id, timestamp '2024-01-01' + hour * interval 1 hour as at, name from (values ${rows
    .map((row) => `(${row.id}::bigint, ${row.hour}, ${literal(row.name)}::varchar)`)
    .join(", ")}) t(id, hour, name)`;

const same = (a: Row, b: Row): boolean => a.hour === b.hour && a.name === b.name;

/** What a step does to a table whose key is unique. */
const apply = (table: Map<number, Row>, { mode, rows }: Step): Outcome => {
  const outcome = { inserted: 0, updated: 0, deleted: 0, unchanged: 0 };
  const incoming = new Map(rows.map((row) => [row.id, row]));
  const hours = rows.map((row) => row.hour);
  for (const [id, row] of table) {
    const inScope = mode === "full" || (row.hour >= Math.min(...hours) && row.hour <= Math.max(...hours));
    if ((mode === "full" || mode === "incremental_by_time") && inScope && !incoming.has(id)) {
      table.delete(id);
      outcome.deleted += 1;
    }
  }
  for (const row of rows) {
    const before = table.get(row.id);
    if (before !== undefined && (mode === "append" || same(before, row))) outcome.unchanged += 1;
    else {
      outcome[before === undefined ? "inserted" : "updated"] += 1;
      table.set(row.id, row);
    }
  }
  return outcome;
};

const optionsOf = (mode: Mode) => ({
  table: "mart.model",
  mode,
  unique_keys: ["id"],
  ...(mode === "incremental_by_time" ? { time_column: "at" } : {}),
});

it.each([{ withoutExtension: false }, { withoutExtension: true }])(
  "any sequence of batches, $withoutExtension",
  { timeout: 600_000 },
  async (how) => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { minLength: 1, maxLength: 6 }), async (steps) => {
        await bench.client
          .query(`drop schema if exists mart cascade; drop schema if exists _headrace cascade; create schema mart;
        create table mart.model (name text, at timestamp, id bigint primary key)`);
        const model = new Map<number, Row>();
        const appended = new Set<string>();
        for (const step of steps) {
          const sql = sqlOf(step);
          // The very same output appended before is a batch that was delivered, unless the table was replaced since.
          if (step.mode === "full") appended.clear();
          const repeated = step.mode === "append" && appended.has(sql);
          appended.add(sql);
          const expected = repeated
            ? { inserted: 0, updated: 0, deleted: 0, unchanged: step.rows.length }
            : apply(model, step);
          const preview = await bench.preview(sql, optionsOf(step.mode), how);
          expect(await bench.write(sql, optionsOf(step.mode), how)).toMatchObject({
            error: null,
            rows: step.rows.length,
            ...expected,
          });
          const { inserts, updates, deletes } = preview;
          expect({ inserts, updates, deletes }).toEqual({
            inserts: expected.inserted,
            updates: expected.updated,
            deletes: expected.deleted,
          });
          const table = await bench.rows(
            "select id::int, (extract(epoch from at - timestamp '2024-01-01') / 3600)::int, name from mart.model order by id",
          );
          expect(table).toEqual(
            [...model.values()].toSorted((a, b) => a.id - b.id).map((row) => [row.id, row.hour, row.name]),
          );
        }
      }),
      { numRuns: 12, endOnFailure: true },
    );
  },
);

it("no stage is left behind", async () => {
  expect(await bench.stages()).toEqual([]);
});

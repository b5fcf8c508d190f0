import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

import type { PipelineNode } from "../../../shared/graph/index.ts";
import { checksSchema, type CheckConfig } from "../../../shared/graph/kinds/checks.ts";
import { type SqlBench, sqlBench } from "../../../test-support/sql-bench.ts";
import { failingRowsSql, passedRowsSql, probeAll, readTests, runChecks, scanOf } from "./index.ts";

let bench: SqlBench;
beforeAll(async () => {
  bench = await sqlBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

interface Row {
  readonly a: number | null;
  readonly b: number | null;
  readonly s: string | null;
}
type Value = Row[keyof Row];

/** `null` where there was nothing to check. */
type Reference = (row: Row, among: readonly Row[]) => boolean | null;
interface Claim {
  readonly config: Readonly<Record<string, unknown>>;
  /** Whether a row holds. */
  readonly holds: Reference;
}

const each =
  (columns: readonly (keyof Row)[], holds: (value: Exclude<Value, null>) => boolean): Reference =>
  (row) => {
    const values = columns.map((column) => row[column]);
    if (values.some((value) => value !== null && !holds(value))) return false;
    return values.includes(null) ? null : true;
  };
const length = (value: Exclude<Value, null>): number => String(value).length;
const keyOf = (row: Row, columns: readonly (keyof Row)[]): string => JSON.stringify(columns.map((name) => row[name]));

const small = fc.integer({ min: -2, max: 3 });
const numbers = fc.constantFrom<readonly ("a" | "b")[]>(["a"], ["b"], ["a", "b"]);
const columns = fc.constantFrom<readonly (keyof Row)[]>(["a"], ["s"], ["a", "b"], ["b", "s"]);
const claims: fc.Arbitrary<Claim> = fc.oneof(
  columns.map((names) => ({
    config: { not_null: names },
    holds: (row: Row) => names.every((name) => row[name] !== null),
  })),
  columns.map((names) => ({
    config: { unique: names },
    holds: (row: Row, among: readonly Row[]) =>
      names.some((name) => row[name] === null)
        ? null
        : among.filter((other) => keyOf(other, names) === keyOf(row, names)).length === 1,
  })),
  fc.tuple(numbers, small, small).map(([names, min, max]) => ({
    config: { range: { columns: names, min, max } },
    holds: each(names, (value) => Number(value) >= min && Number(value) <= max),
  })),
  fc.uniqueArray(small, { minLength: 1 }).map((values) => ({
    config: { accepted_values: { column: "a", values } },
    holds: each(["a"], (value) => values.includes(Number(value))),
  })),
  fc.uniqueArray(fc.constantFrom<string[]>("a", "ä", "'", "aä"), { minLength: 1 }).map((values) => ({
    config: { accepted_values: { column: "s", values } },
    holds: each(["s"], (value) => values.includes(String(value))),
  })),
  fc.nat({ max: 3 }).map((max) => ({
    config: { length: { column: "s", max } },
    holds: each(["s"], (value) => length(value) <= max),
  })),
  fc.constantFrom("a", "ä", "'").map((part) => ({
    config: { regex: { column: "s", pattern: part } },
    holds: each(["s"], (value) => String(value).includes(part)),
  })),
  fc.constant<Claim>({
    config: { expression: "a > b" },
    holds: ({ a, b }) => (a === null || b === null ? null : a > b),
  }),
  fc.constant<Claim>({
    config: { relationships: { column: "a", to: "source.known", field: "id" } },
    holds: each(["a"], (value) => [0, 1].includes(Number(value))),
  }),
);

const guarded = fc.record({
  claim: claims,
  nulls: fc.constantFrom("pass", "fail"),
  where: fc.option(small, { nil: null }),
});
const rows: fc.Arbitrary<readonly Row[]> = fc.array(
  fc.record({
    a: fc.option(small, { nil: null }),
    b: fc.option(small, { nil: null }),
    s: fc.option(fc.string({ unit: fc.constantFrom("a", "ä", "'", "%"), maxLength: 4 }), { nil: null }),
  }),
  { maxLength: 8 },
);

const literal = (value: Value): string =>
  typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value ?? "null");
const tableOf = (list: readonly Row[]): string =>
  [
    "select null::bigint as n, null::int as a, null::int as b, null::varchar as s where false",
    ...list.map(({ a, b, s }, n) => `select ${n}, ${literal(a)}, ${literal(b)}, ${literal(s)}`),
  ].join(" union all ");

const nodeWith = (tests: readonly CheckConfig[]): PipelineNode =>
  ({ id: "transform.t", kind: "transform", name: "t", config: { tests }, inputs: [] }) as unknown as PipelineNode;

it("counts and keeps what a naive reading of every row finds", async () => {
  const known = await bench.relation("source.known", "select unnest([0, 1, 1, null]) as id");
  let number = 0;
  await fc.assert(
    fc.asyncProperty(rows, fc.array(guarded, { minLength: 1, maxLength: 6 }), async (list, given) => {
      number += 1;
      const table = await bench.relation(`transform.t${number}`, tableOf(list));
      const tests = checksSchema.parse(
        given.map(({ claim, nulls, where }, at) => ({
          ...claim.config,
          id: `c${at}`,
          nulls,
          ...(where === null ? {} : { where: `b >= ${where} -- of these` }),
        })),
      );
      const checks = readTests(nodeWith(tests));
      const probed = probeAll(checks, table);
      const inputs = [table, known];
      const run = {
        node: nodeWith(tests),
        inputs,
        params: {},
        duckdb: bench.hosts,
        signal: bench.signal,
        now: 0,
        history: {},
      };
      const findings = await runChecks(run, probed);

      const broken = new Map<number, string[]>();
      const expected = given.map(({ claim, nulls, where }, at) => {
        const among = list.filter(({ b }) => where === null || (b !== null && b >= where));
        const verdicts = among.map((row) => ({ row, verdict: claim.holds(row, among) }));
        const bad = verdicts.filter(({ verdict }) => verdict === false || (verdict === null && nulls === "fail"));
        for (const { row } of bad) {
          const place = list.indexOf(row);
          broken.set(place, [...(broken.get(place) ?? []), `c${at}`]);
        }
        return { id: `c${at}`, rows: among.length, violations: bad.length, status: bad.length > 0 ? "error" : "pass" };
      });
      expect(findings).toMatchObject(expected);

      const failing = await bench.rows(`select n, failed from (${failingRowsSql(probed, "failed")}) order by n`, {
        inputs,
      });
      const wanted = [...broken].toSorted(([one], [other]) => one - other);
      expect(failing).toEqual(wanted.map(([place, ids]) => [String(place), `[${ids.join(", ")}]`]));
      const passed = await bench.rows(`select n from (${passedRowsSql(probed, "failed")}) order by n`, { inputs });
      expect(passed).toEqual(list.flatMap((_, place) => (broken.has(place) ? [] : [[String(place)]])));
    }),
    { numRuns: 150 },
  );
}, 120_000);

it("reads the table once, and asks for each figure once", () => {
  const tests = checksSchema.parse([
    { not_null: "a" },
    { range: { column: "a", min: 0 } },
    { range: { column: "a", max: 9 } },
    { unique: "a" },
    { row_count: { min: 1 } },
  ]);
  const scan = scanOf(probeAll(readTests(nodeWith(tests))));
  expect(scan?.sql).toMatchInlineSnapshot(`
    "select
      count(*) as a0,
      count(*) - count("a") as a1,
      count_if(("a" < 0)) as a2,
      count_if(("a" > 9)) as a3,
      count("a") as a4,
      count(distinct "a") as a5
    from input_0 as t"
  `);
});

it.each([
  ["tinyint", "-128", "127"],
  ["utinyint", "0", "255"],
  ["smallint", "-32768", "32767"],
  ["uinteger", "4294967290", "4294967295"],
  ["bigint", "-9223372036854775808", "-9223372036854775801"],
  ["bigint", "9007199254740993", "9223372036854775807"],
  ["ubigint", "18446744073709551610", "18446744073709551615"],
  ["bigint", "-3", "4"],
])("finds repeated whole numbers at either end of %s %s … %s", async (type, least, greatest) => {
  const values = `unnest([${least}, ${greatest}, ${greatest}, null, null])::${type}`;
  const table = await bench.relation(`transform.${type}${greatest.replace("-", "_")}`, `select ${values} as a`);
  const tests = checksSchema.parse([{ unique: "a" }, { range: { column: "a", min: -4, max: 3 } }]);
  const node = nodeWith(tests);
  const { hosts: duckdb, signal } = bench;
  const run = { node, inputs: [table], params: {}, duckdb, signal, now: 0, history: {} };
  const [unique, range] = await runChecks(run, probeAll(readTests(node), table));
  expect(unique).toMatchObject({ rows: 5, nulls: 2, violations: 2 });
  const outside = [least, greatest, greatest].filter((value) => Number(value) < -4 || Number(value) > 3);
  expect(range).toMatchObject({ rows: 5, nulls: 2, violations: outside.length });
});

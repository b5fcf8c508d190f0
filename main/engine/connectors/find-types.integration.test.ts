import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

import { sqlBench, type SqlBench } from "../../../test-support/sql-bench.ts";
import { literal } from "../duckdb/sql/identifiers.ts";
import { findTypes } from "./find-types.ts";
import { inferenceQuery, inferredTypes } from "./infer-types.ts";

let bench: SqlBench;
beforeAll(async () => {
  bench = await sqlBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const ask = (sql: string) => bench.rows(sql);

/** Values of one look, and few that break it: what the first rows let expect and what comes later need not agree. */
const looks = [
  ["1", "-20", "300", "0", "-0", "123456789012345", "-123456789012345", "2147483648"],
  ["9007199254740993", "-9223372036854775808", "1234567890123456"],
  ["170141183460469231731687303715884105727", "99999999999999999999"],
  ["1.5", "-0.25", "100.00", "3", "-0.0", "12345678901234.5", "0.1234567890123"],
  ["123456789012345678.25", "1e10", "1.5E-3", "+1", "1.", ".5", "01", "007.5"],
  ["2024-02-29", "1999-12-31", "0001-01-01", "10000-01-01", "2024-13-01", "2024-1-1", "-001-01-01"],
  ["2024-02-29 10:00", "2024-02-29T10:00:00.123456", "2024-02-30 10:00", "2024-02-29 10:00:00Z", "2024-02-29 10:00+02"],
  ["10:00:00", "23:59:59.5", "24:00:01"],
  ["true", "FALSE", "True"],
  ["a", "", " 1", "NaN", "inf", "-", "é", "1_000", "0x1F", "1 "],
];
const column = fc
  .tuple(fc.constantFrom(...looks), fc.constantFrom(...looks), fc.integer({ min: 0, max: 12 }))
  .chain(([usual, odd, at]) =>
    fc
      .array(fc.option(fc.constantFrom(...usual), { freq: 6 }), { minLength: 12, maxLength: 12 })
      .chain((values) => fc.constantFrom(...odd).map((value) => (at === 12 ? values : values.with(at, value)))),
  );

it("finds the types that a look at every value finds, whatever the first rows let expect", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(column, { minLength: 1, maxLength: 6 }), async (columns) => {
      const rows = Array.from({ length: 12 }, (_none, row) =>
        columns.map((values) => (values[row] == null ? "null::varchar" : literal(values[row]))).join(", "),
      );
      const names = columns.map((_column, at) => `v${at}`);
      const relation = `(select * from (values ${rows.map((row) => `(${row})`).join(", ")}) as t(${names.join(", ")}))`;
      const whole = inferredTypes((await ask(inferenceQuery(names, relation))).flat());
      expect(await findTypes(names, relation, ask, { sampled: 5 })).toEqual(whole);
      expect(await findTypes(names, relation, ask, { total: 12, sampled: 12 })).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

it("finds none for no columns, and text where there are no rows", async () => {
  expect(await findTypes([], "(select 1)", ask)).toEqual([]);
  expect(await findTypes(["a"], "(select null::varchar as a limit 0)", ask)).toEqual(["VARCHAR"]);
});

import { beforeAll, describe, expect, it } from "vitest";

import type { NodeResult } from "../../../shared/run/index.ts";
import { kept, orders, rule, ruleProject as project } from "../../../test-support/projects/rules.ts";

describe("each check", () => {
  const cases: readonly (readonly [string, number, number])[] = [
    ["expression: price > 0", 1, 0],
    ["expression: email like '%@%'", 1, 1],
    ["{expression: email like '%@%', nulls: fail}", 2, 1],
    ["{expression: 'price > 0 -- a comment', where: id = 1}", 0, 0],
    ["{expression: price > 10, where: \"status = 'new'\"}", 2, 0],
    ["not_null: id", 1, 1],
    ["not_null: [id, email]", 2, 2],
    ["{not_null: email, where: id = 2}", 1, 1],
    ["unique: id", 2, 1],
    ["{unique: id, nulls: fail}", 3, 1],
    ["unique: [id, price]", 0, 1],
    ["unique: [id, status]", 0, 1],
    ["unique: status", 2, 0],
    ["{unique: status, where: price > 0}", 0, 0],
    ["accepted_values: {column: status, values: [new, sent]}", 1, 0],
    ["accepted_values: {column: id, values: [1]}", 2, 1],
    ["accepted_values: {column: price, values: [5, -1, 50, 7]}", 0, 0],
    ["range: {column: price, min: 0}", 1, 0],
    ["range: {column: price, min: 0, max: 10}", 2, 0],
    ["range: {columns: [id, price], max: 1.5}", 4, 1],
    ["range: {column: placed, min: '2024-01-02'}", 1, 1],
    ["length: {column: email, min: 7}", 2, 1],
    ["regex: {column: email, pattern: '^[a-z]@'}", 1, 1],
    ["format: {column: email, format: email}", 1, 1],
    ["{format: {column: email, format: email}, nulls: fail}", 2, 1],
    ["relationships: {column: status, to: transform.known, field: code}", 1, 0],
    ["row_count: {min: 1, max: 4}", 0, 0],
    ["row_count: {equals: 5}", 1, 0],
    ["{row_count: {min: 3}, where: id = 2}", 1, 0],
    ["freshness: {column: placed, error_after: 1d}", 1, 0],
    ["freshness: {column: placed, error_after: 100000d}", 0, 0],
    ["{freshness: {column: placed, error_after: 100000d}, where: id > 5}", 1, 1],
    ["aggregate: {expression: avg(price), min: 10, max: 20}", 0, 0],
    ["aggregate: {expression: sum(price) / count(*), max: 1}", 1, 0],
    ["{aggregate: {expression: avg(price), min: 10}, where: id = 1}", 1, 0],
    ["{aggregate: {expression: avg(price), min: 10}, where: id = 9}", 0, 1],
    ["schema: {id: integer, price: 'decimal(3, 1)', placed: timestamp}", 0, 0],
    ["schema: {id: bigint, gone: text}", 2, 0],
    ["schema: {columns: [{name: id}, {name: price}], extra: fail}", 3, 0],
    ["sql: select * from ref('transform.orders') where price > 6", 2, 0],
    ["sql: \"select o.id from input_0 o semi join ref('transform.known') k on k.code = o.status;\"", 3, 0],
  ];
  const name = (at: number): string => `check_${at}`;
  let results: Readonly<Record<string, NodeResult>> = {};
  beforeAll(async () => {
    const bodies = cases.map(([check], at) => rule(`severity: info\nrules:\n  - ${check}\n`, name(at)));
    await using made = await project(...bodies);
    ({ results } = await made.run({ continueOnError: true }));
  }, 120_000);

  it.each(cases.map((one, at) => [...one, at] as const))(
    "%s: %i violations, %i nulls",
    (check, violations, nulls, at) => {
      const result = results[`rule.${name(at)}`];
      expect(result?.error).toBeNull();
      const status = violations > 0 ? "info" : "pass";
      expect(kept(result?.metadata)).toMatchObject([{ id: name(at), violations, nulls, status }]);
      expect(result?.status).toBe("SUCCESS");
      const isRowCheck = !/row_count|freshness|aggregate|schema|sql:/.test(check);
      expect(result?.row_count).toBe(isRowCheck ? violations : 0);
    },
  );
});

describe("spellings", () => {
  it.each<[string, number]>([
    ["rule: price > 0", 1],
    ["rule: {value: price > 0}", 1],
    ["rule: {type: range, column: price, params: {min_val: 0, max_val: 10}}", 2],
    ["rule: {type: null, column: email}", 1],
    ["rule: {type: uniqueness, columns: [id]}", 2],
    ["rule: {type: freshness, column: placed, params: {max_age: 1d}}", 1],
    ["rule: {type: expression, value: price > 0}", 1],
    ["rule: {type: sql_assertion, sql: from input_0 where price > 6}", 2],
    ["rule: {type: 'null'}\ncolumns: [id, email]", 2],
  ])("%s", async (body, violations) => {
    await using made = await project(rule(`${body}\nparams: {severity: warn, error_message: Look at this}\n`));
    const { results, summary } = await made.run();
    expect(results["rule.check"]?.error).toBeNull();
    expect(kept(results["rule.check"]?.metadata)).toMatchObject([{ id: "check", violations, status: "warn" }]);
    expect(results["rule.check"]?.metadata.warnings).toEqual([expect.stringContaining("check: Look at this")]);
    expect(summary).toMatchObject({ exitCode: 0, status: "WARNING" });
  });

  it("may be a list", async () => {
    await using made = await project(rule("rule:\n  - price > -5\n  - {type: null, column: price}\n"));
    const { results } = await made.run();
    expect(kept(results["rule.check"]?.metadata).map(({ id }) => id)).toEqual(["expression", "not_null_price"]);
  });
});

describe("thresholds", () => {
  it.each<[string, string]>([
    ["error_if: 1", "pass"],
    ["error_if: 0", "error"],
    ["error_if: '>= 25%'", "error"],
    ["error_if: '> 25%'", "pass"],
    ["{warn_if: '> 0', error_if: '> 30%'}", "warn"],
    ["{severity: warn, error_if: '> 0'}", "warn"],
    ["{severity: warn}", "warn"],
  ])("%s is %s", async (given, status) => {
    const more = given.replaceAll(/[{}]/g, "");
    await using made = await project(rule(`rules:\n  - {expression: price > 0, ${more}}\n`));
    const { results } = await made.run();
    expect(kept(results["rule.check"]?.metadata)).toMatchObject([{ status, violations: 1, percent: 25 }]);
  });
});

it("compares with earlier runs", async () => {
  const drift = rule("severity: warn\nrules: {drift: {column: price, max_change: 20%}}\n");
  await using made = await project(drift);
  expect((await made.run()).statuses["rule.check"]).toBe("SUCCESS");
  expect((await made.run()).statuses["rule.check"]).toBe("SUCCESS");
  await made.write({ "pipelines/orders.yml": orders("(1, 100.0, '', '', timestamp '2024-01-01')") });
  const { results } = await made.run();
  expect(kept(results["rule.check"]?.metadata)).toMatchObject([
    { status: "warn", observed: "100.0, 15.25 in 2 earlier run(s)" },
  ]);
});

it("holds on an empty table, and on one of NULLs alone", async () => {
  const all = rule(
    "rules:\n  - expression: price > 0\n  - unique: id\n  - range: {column: price, min: 0}\n" +
      "  - accepted_values: {column: status, values: [new]}\n  - aggregate: {expression: max(price), min: 3}\n" +
      "  - relationships: {column: status, to: transform.known, field: code}\n",
  );
  await using made = await project(all);
  for (const where of ["false", "true"]) {
    const text =
      "kind: transform\nname: orders\ntransform: select null::int as id, null::double as price, " +
      `null::varchar as status from range(3) where ${where}\n`;
    await made.write({ "pipelines/orders.yml": text });
    const { results, summary } = await made.run();
    expect(summary.exitCode).toBe(0);
    expect(kept(results["rule.check"]?.metadata).map(({ violations }) => violations)).toEqual([0, 0, 0, 0, 0, 0]);
  }
});

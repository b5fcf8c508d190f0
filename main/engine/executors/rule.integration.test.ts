import { existsSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";

import type { NodeResult } from "../../../shared/run/index.ts";
import { temporaryProject, type TestRun } from "../../../test-support/temporary-project.ts";

const orders = (values: string): string =>
  `kind: transform\nname: orders\ntransform: |\n  select * from (values ${values}) as t(id, price, email, status, placed)\n`;
const rows = [
  "(1, 5.0, 'a@b.de', 'new', timestamp '2024-01-01')",
  "(2, -1.0, 'nobody', 'new', timestamp '2024-01-02')",
  "(2, 50.0, null, 'lost', timestamp '2024-01-03')",
  "(null, 7.0, 'c@d.org', 'sent', null)",
].join(", ");
const rule = (body: string, name = "check"): string => `kind: rule\nname: ${name}\ninputs: [transform.orders]\n${body}`;
const project = (...bodies: readonly string[]) =>
  temporaryProject({
    "pipelines/orders.yml": orders(rows),
    "pipelines/known.yml": "kind: transform\nname: known\ntransform: select unnest(['new', 'sent', null]) as code\n",
    ...Object.fromEntries(bodies.map((body, at) => [`pipelines/rule${at}.yml`, body])),
  });

interface Kept {
  readonly id: string;
  readonly status: string;
  readonly violations: number;
  readonly rows: number;
  readonly nulls: number;
  readonly percent: number;
  readonly observed: string | null;
}
const kept = (metadata: Readonly<Record<string, unknown>> | undefined): readonly Kept[] =>
  (metadata?.["rules"] ?? []) as readonly Kept[];

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

/** As published. */
const reference = `kind: rule
name: customer_email_valid
inputs:
  - ref: feature_group.customer_features
rule: email LIKE '%_@__%.__%'
severity: error
`;

it("the reference document's example runs as it is", async () => {
  const features =
    "kind: feature_group\nname: customer_features\nentity: customer\njoin_keys: [customer_id]\n" +
    "features: [{name: email, dtype: string}]\ninputs: [transform.customers]\n";
  const customers = (email: string): string =>
    `kind: transform\nname: customers\ntransform: select 1 as customer_id, '${email}' as email\n`;
  await using made = await temporaryProject({
    "pipelines/rule.yml": reference,
    "pipelines/features.yml": features,
    "pipelines/customers.yml": customers("ann@example.org"),
  });
  expect((await made.run()).statuses["rule.customer_email_valid"]).toBe("SUCCESS");
  await made.write({ "pipelines/customers.yml": customers("ann") });
  const { results, summary } = await made.run();
  expect(results["rule.customer_email_valid"]?.error_message).toBe(
    "rule.customer_email_valid: customer_email_valid is violated: email LIKE '%_@__%.__%' (1 of 1 rows, 100 %); " +
      "first: customer_id = 1, email = ann",
  );
  expect(summary.exitCode).toBe(3);
});

describe("a violated rule", () => {
  const late =
    "kind: transform\nname: late\ninputs: [transform.orders, rule.check]\ntransform: select count(*) n from input_0\n";
  const other = "kind: transform\nname: other\ntransform: select count(*) n from ref('transform.orders')\n";

  it("names rule, count, percent and the first rows, keeps the failing rows and is exit code 3", async () => {
    await using made = await project(
      rule(
        "rules:\n  - {id: positive, range: {column: price, min: 0}}\n  - {id: known, unique: id}\n  - not_null: price\n",
      ),
    );
    const { results, summary } = await made.run();
    expect(results["rule.check"]?.error).toMatchObject({
      class: "ExecutorExecutionError",
      code: "rule_violated",
      message:
        "rule.check: positive is violated: price at least 0 (1 of 4 rows, 25 %); first: id = 2, price = -1.0; " +
        "also violated: known",
      params: { rule: "positive", count: 1, percent: 25, rows: 4 },
    });
    expect(summary).toMatchObject({ exitCode: 3, failed: 1 });
    const failing = await made.rows("rule.check");
    expect(failing.map((row) => [row["price"], row["failed_rules"]])).toEqual([
      ["-1.0", "[positive, known]"],
      ["50.0", "[known]"],
    ]);
  });

  it("stops what lists it, whatever --continue-on-error says, and nothing else", async () => {
    await using made = await project(rule("rule: price > 0\n"), late, other);
    const { statuses } = await made.run({ continueOnError: true });
    expect(statuses).toMatchObject({
      "rule.check": "FAILED",
      "transform.late": "SKIPPED",
      "transform.other": "SUCCESS",
    });
  });

  it("with on_error: block stops the other readers of its input", async () => {
    await using made = await project(rule("rule: price > 0\non_error: block\n"), late, other);
    const { results, statuses } = await made.run({ continueOnError: true });
    expect(statuses).toMatchObject({ "transform.late": "SKIPPED", "transform.other": "SKIPPED" });
    expect(results["transform.other"]?.metadata["skipped_because"]).toContain("rule.check");
  });

  it("with on_error: block cannot wait for itself", async () => {
    const compared = rule(
      "on_error: block\nrules:\n  - relationships: {column: id, to: transform.other, field: n}\n  - expression: price > 0\n",
    );
    await using made = await project(compared, other);
    const { statuses } = await made.run();
    expect(statuses).toMatchObject({ "transform.other": "SUCCESS", "rule.check": "FAILED" });
  });

  it("is no table to kinds that work on their inputs", async () => {
    const total =
      "kind: aggregation\nname: total\nid_col: status\ninputs: [transform.orders, rule.check]\n" +
      "aggregations: [{column: price, function: sum}]\n";
    const group =
      "kind: feature_group\nname: prices\nentity: status\njoin_keys: [status]\nfeatures: [{name: price, dtype: float}]\n" +
      "inputs: [rule.check__passed, rule.second]\n";
    const second = rule("rule: id > 0\n", "second");
    await using made = await project(rule("rule: price > 0\non_error: quarantine\n"), second, total, group);
    const { results } = await made.run();
    expect(results["aggregation.total"]?.error).toBeNull();
    expect(await made.rows("aggregation.total")).toHaveLength(3);
    expect(results["feature_group.prices"]).toMatchObject({ error: null, row_count: 3 });
  });

  it("with on_error: continue lets the run go on", async () => {
    await using made = await project(rule("rule: price > 0\non_error: continue\n"), late, other);
    const { statuses, summary } = await made.run({ maxWorkers: 1 });
    expect(statuses).toMatchObject({ "transform.late": "SKIPPED", "transform.other": "SUCCESS" });
    expect(summary.exitCode).toBe(3);
  });

  it("with on_error: quarantine sets the rows aside", async () => {
    const reads = "kind: transform\nname: good\ntransform: select id from ref('rule.check__passed') order by id\n";
    await using made = await project(rule("rules: {unique: id, nulls: fail}\non_error: quarantine\n"), reads);
    const { statuses, summary } = await made.run();
    expect(statuses).toMatchObject({ "rule.check": "WARNING", "transform.good": "SUCCESS" });
    expect(summary.exitCode).toBe(0);
    expect(await made.rows("transform.good")).toEqual([{ id: "1" }]);
    expect(await made.rows("rule.check")).toHaveLength(3);
  });

  it("keeps no rows without store_failures", async () => {
    await using made = await project(rule("rule: price > 0\nstore_failures: false\n"));
    const { results } = await made.run();
    expect(results["rule.check"]).toMatchObject({ output_path: null, row_count: 0 });
    expect(results["rule.check"]?.error?.message).toContain("first: id = 2, price = -1.0");
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

it("runs every time, and one that is met leaves a table of no rows", async () => {
  await using made = await project(rule("rule: price > -5\n"));
  expect((await made.run()).statuses["rule.check"]).toBe("SUCCESS");
  expect((await made.run()).statuses).toMatchObject({ "rule.check": "SUCCESS", "transform.orders": "CACHED" });
  expect(await made.rows("rule.check")).toEqual([]);
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

describe("several inputs", () => {
  const two = (body: string): string => `kind: rule\nname: check\ninputs: [transform.orders, transform.known]\n${body}`;

  it.each<[string, string, number]>([
    ["in a condition", "rule: \"status in (select code from ref('transform.known') where code is not null)\"\n", 1],
    ["by its bare name", "rule: status in (select code from transform.known where code is not null)\n", 1],
    ["by its place", "rules: [{sql: select * from input_0 anti join input_1 on code = status}]\n", 1],
    ["in where", "rules: [{not_null: email, where: \"status in (from ref('transform.known'))\"}]\n", 0],
    ["in a figure", "rules: [{aggregate: {expression: count(*) - (select count(*) from input_1), max: 0}}]\n", 1],
  ])("are there to be compared with, %s", async (_how, body, violations) => {
    for (const text of [two(`severity: info\n${body}`), rule(`severity: info\n${body}`)]) {
      if (text.includes("input_1") && !text.includes("transform.known]")) continue;
      if (text.includes("from transform.known") && !text.includes("transform.known]")) continue;
      await using made = await project(text);
      const { results } = await made.run();
      expect(results["rule.check"]?.error).toBeNull();
      expect(kept(results["rule.check"]?.metadata)).toMatchObject([{ violations }]);
    }
  });

  it("are refused where no check names them, before anything runs", async () => {
    await using made = await project(two("rule: price > 0\n"));
    const message =
      "rule.check reads transform.known, but none of its checks names it: only transform.orders, the first input, is checked";
    const { problems } = await (await made.engine()).schemas(new AbortController().signal);
    expect(problems).toMatchObject([{ code: "rule_input_unused", message, location: { file: "pipelines/rule0.yml" } }]);
    expect((await made.run()).results["rule.check"]?.error).toMatchObject({ code: "rule_input_unused", message });
  });
});

describe("the run's parameters", () => {
  const dated = "params: {least: 6}\nseverity: info\nrules:\n";

  it("are bound in every SQL text of a check", async () => {
    const checks =
      "  - expression: placed <= $date\n  - {not_null: id, where: price > $least}\n  - sql: select * from input_0 where placed >= $start and placed < $END\n" +
      "  - aggregate: {expression: count_if(placed < $date), max: 0}\n  - expression: status <> $lost\n";
    await using made = await project(rule(`${dated}${checks}`));
    await made.write({ "headrace.yml": "name: dated\nvars: {lost: \"lost' or '' = '\"}\n" });
    const interval = { date: "2024-01-02", start: "2024-01-01", end: "2024-01-03" };
    const { results } = await made.run({ interval });
    expect(results["rule.check"]?.error).toBeNull();
    expect(kept(results["rule.check"]?.metadata).map(({ violations }) => violations)).toEqual([1, 1, 2, 1, 0]);
    expect((await made.rows("rule.check")).map(({ price }) => price)).toEqual(["50.0", "7.0"]);
  });

  it("are bound in the tests of a node, which are made again for another date", async () => {
    await using made = await project();
    await made.write({
      "pipelines/orders.yml": `${orders(rows)}tests:\n  - {id: past, expression: placed < $date, severity: warn}\n`,
    });
    const on = async (date: string) => (await made.run({ interval: { date } })).results["transform.orders"];
    expect(kept((await on("2024-01-04"))?.metadata)).toMatchObject([{ id: "past", status: "pass" }]);
    expect((await on("2024-01-04"))?.status).toBe("CACHED");
    expect(await on("2024-01-02")).toMatchObject({
      status: "WARNING",
      metadata: { warnings: ["past: placed < $date (2 of 4 rows, 50 %)"] },
    });
  });

  it("that nobody gives are named before anything runs", async () => {
    await using made = await project(rule("rule: placed <= $dat\n"));
    const { problems } = await (await made.engine()).schemas(new AbortController().signal);
    expect(problems).toMatchObject([{ code: "parameter_missing", next: "Did you mean $date?", node: "rule.check" }]);
  });
});

describe("wrong rules say so", () => {
  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ["rules: [{not_null: prise}]", "check_column_missing", /check_0 looks at column prise, which transform.orders/],
    ["rules: [{not_null: id}, {expression: prise > 0}]", "check_failed", /expression cannot be checked: .*prise/],
    ["rules: [{expression: 'price >'}, {not_null: id}]", "check_failed", /expression cannot be checked/],
    ["rules: [{length: {column: price, min: 1}}]", "check_failed", /check_3 cannot be checked/],
    ["rules: [{sql: select * from nowhere}]", "check_failed", /nowhere/],
    ["rules: [{schema: {id: nonsense}}]", "check_failed", /nonsense/],
    ["rule: {type: rnage, column: price}", "rule_type_unknown", /rnage/],
    ["rule: {type: range, params: {min: 0}}", "rule_key_missing", /needs column/],
    ["description: none", "rule_nothing", /checks nothing/],
    ["rules: [{id: a, not_null: id}, {id: a, unique: id}]", "check_id_twice", /two checks named a/],
  ];
  let run: TestRun | null = null;
  beforeAll(async () => {
    const bodies = wrong.map(([body], at) => rule(`${body}\n`, `check_${at}`));
    await using made = await project(...bodies);
    run = await made.run({ continueOnError: true });
  }, 120_000);

  it.each(wrong.map((one, at) => [...one, at] as const))("%s", (_body, code, message, at) => {
    const error = run?.results[`rule.check_${at}`]?.error;
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(run?.summary.exitCode).toBe(1);
  });

  it("without an input", async () => {
    await using made = await temporaryProject({ "pipelines/r.yml": "kind: rule\nname: check\nrule: a > 1\n" });
    const { results } = await made.run();
    expect(results["rule.check"]?.error).toMatchObject({ code: "rule_no_input" });
  });
});

describe("tests of a node", () => {
  const tested = (tests: string): string => `${orders(rows)}tests:\n  - ${tests}\n`;

  it("fail it with the table kept, and stop its readers", async () => {
    await using made = await project("kind: transform\nname: next\ntransform: from ref('transform.orders')\n");
    await made.write({ "pipelines/orders.yml": tested("range: {column: price, min: 0}") });
    const { results, statuses, summary } = await made.run();
    expect(results["transform.orders"]?.error).toMatchObject({
      code: "test_violated",
      message: expect.stringContaining("transform.orders: its test range_price is violated"),
    });
    expect(statuses["transform.next"]).toBe("SKIPPED");
    expect(summary.exitCode).toBe(3);
    expect(await made.rows("transform.orders")).toHaveLength(4);
    expect((await made.run()).statuses["transform.orders"]).toBe("FAILED");
    await made.write({ "pipelines/orders.yml": tested("range: {column: price, min: -1}") });
    expect((await made.run()).statuses).toMatchObject({ "transform.orders": "SUCCESS", "transform.next": "SUCCESS" });
    expect((await made.run()).statuses).toMatchObject({ "transform.orders": "CACHED" });
  });

  it("warn without blocking, and name what they cannot find", async () => {
    await using made = await project("kind: transform\nname: next\ntransform: from ref('transform.orders')\n");
    await made.write({ "pipelines/orders.yml": tested("{unique: id, severity: warn}") });
    const { statuses, results } = await made.run();
    expect(statuses).toMatchObject({ "transform.orders": "WARNING", "transform.next": "SUCCESS" });
    expect(kept(results["transform.orders"]?.metadata)).toMatchObject([{ id: "unique_id", violations: 2 }]);
    await made.write({ "pipelines/orders.yml": tested("relationships: {column: id, to: source.gone, field: id}") });
    expect((await made.run()).results["transform.orders"]?.error).toMatchObject({ code: "check_input_missing" });
    expect(existsSync(made.path("target/intermediate/transform_orders.parquet"))).toBe(true);
  });
});

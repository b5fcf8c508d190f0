import { describe, expect, it } from "vitest";

import { rule, ruleProject as project } from "../../../test-support/projects/rules.ts";
import { temporaryProject } from "../../../test-support/temporary-project.ts";

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

it("runs every time, and one that is met leaves a table of no rows", async () => {
  await using made = await project(rule("rule: price > -5\n"));
  expect((await made.run()).statuses["rule.check"]).toBe("SUCCESS");
  expect((await made.run()).statuses).toMatchObject({ "rule.check": "SUCCESS", "transform.orders": "CACHED" });
  expect(await made.rows("rule.check")).toEqual([]);
});

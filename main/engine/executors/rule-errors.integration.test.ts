import { beforeAll, describe, expect, it } from "vitest";

import { rule, ruleProject as project } from "../../../test-support/projects/rules.ts";
import { temporaryProject, type TestRun } from "../../../test-support/temporary-project.ts";

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

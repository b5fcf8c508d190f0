import { describe, expect, it } from "vitest";

import { kept, orders, rows, rule, ruleProject as project } from "../../../test-support/projects/rules.ts";

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

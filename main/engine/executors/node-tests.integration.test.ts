import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { kept, orders, rows, ruleProject as project } from "../../../test-support/projects/rules.ts";

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

import { describe, expect, it } from "vitest";

import {
  aggregationProject as project,
  base,
  events,
  metrics,
  transform,
} from "../../../test-support/projects/aggregations.ts";
import { temporaryProject } from "../../../test-support/temporary-project.ts";

describe("an aggregation runs again", () => {
  it("when the date it looks from is another, and not otherwise", async () => {
    const none = metrics(`${base}aggregations: [{function: count}]\n`).replace("metrics", "plain");
    const body = `${base}aggregations: [{function: count, window: 30d}]\n`;
    await using made = await project(body, { "pipelines/plain.yml": none });
    await made.run();
    expect((await made.run()).summary).toMatchObject({ ran: 0, cached: 3 });
    const plan = await made.plan({ interval: { date: "2024-07-01" } });
    expect(plan.steps.find(({ node }) => node === "aggregation.metrics")?.reasons.map(({ text }) => text)).toEqual([
      "logical date changed",
    ]);
    const { statuses } = await made.run({ interval: { date: "2024-07-01" } });
    expect(statuses).toEqual({
      "transform.events": "CACHED",
      "aggregation.metrics": "SUCCESS",
      "aggregation.plain": "CACHED",
    });
    expect((await made.run()).summary).toMatchObject({ ran: 0, cached: 3 });
  });

  it("as a dry run shows, without doing anything", async () => {
    await using made = await project(`${base}aggregations: [{function: count, window: 30d}]\n`);
    await made.run();
    await made.write({ "pipelines/metrics.yml": metrics(`${base}aggregations: [{function: count, window: 31d}]\n`) });
    const plan = await made.plan();
    expect(plan.steps.map(({ node, action, reasons }) => [node, action, reasons[0]?.text])).toEqual([
      ["transform.events", "cached", "up to date"],
      ["aggregation.metrics", "run", "settings changed"],
    ]);
  });

  it("and writes its targets", async () => {
    const body = `${base}aggregations: [{function: count, window: 30d}]\nmaterialization: {type: csv, path: out/metrics.csv}\n`;
    await using made = await project(body);
    await made.run();
    expect(await made.read("out/metrics.csv")).toBe("customer,as_of,count_30d\na,2024-06-30,3\nb,2024-06-30,0\n");
  });
});

describe("the reference's example", () => {
  const example = `kind: aggregation
name: customer_metrics
inputs:
  - ref: feature_group.customer_features
aggregations:
  - column: total_orders
    function: sum
    window: 30d
  - column: lifetime_value
    function: avg
    group_by:
      - segment
`;
  const features = (more: string): string =>
    `kind: feature_group\nname: customer_features\nentity: customer\ninputs: [transform.orders]\n${more}` +
    `features: {segment: varchar, ${more === "" ? "happened: timestamp, " : ""}total_orders: int, lifetime_value: float}\n`;
  const files = {
    "pipelines/orders.yml": transform(
      "orders",
      "select customer as customer_id, segment, happened, amount as total_orders, score as lifetime_value from ref('transform.events')",
    ),
    "pipelines/events.yml": events,
    "pipelines/example.yml": example,
  };

  it("names the one key that it lacks, and runs with it", async () => {
    await using made = await temporaryProject({ ...files, "pipelines/features.yml": features("") });
    const error = (await made.run()).results["aggregation.customer_metrics"]?.error;
    expect(error?.message).toBe(
      "aggregation.customer_metrics looks at time (the window 30d in aggregations[0]), but nothing says when a row happened",
    );
    expect(error?.next).toBe(
      "Add `time_column: <column>` to aggregation.customer_metrics, or `event_time: <column>` to feature_group.customer_features.",
    );
    await made.write({ "pipelines/example.yml": `${example}time_column: happened\n` });
    expect((await made.run()).summary.exitCode).toBe(0);
    expect(await made.rows("aggregation.customer_metrics")).toEqual([
      { as_of: "2024-06-30", total_orders_sum_30d: "60" },
    ]);
    expect(await made.rows("aggregation.customer_metrics__segment")).toEqual([
      { as_of: "2024-06-30", segment: "x", lifetime_value_avg: "2.0" },
      { as_of: "2024-06-30", segment: "y", lifetime_value_avg: "3.0" },
    ]);
  });

  it("takes the time of the feature group that it reads", async () => {
    await using made = await temporaryProject({
      ...files,
      "pipelines/features.yml": features("event_time: happened\n"),
    });
    expect((await made.run()).summary.exitCode).toBe(0);
  });
});

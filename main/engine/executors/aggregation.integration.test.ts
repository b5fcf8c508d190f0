import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";

import {
  aggregationProject as project,
  base,
  events,
  metrics,
  transform,
} from "../../../test-support/projects/aggregations.ts";
import { temporaryProject } from "../../../test-support/temporary-project.ts";

/** Runs the one aggregation of a project and gives its rows. */
const rowsOf = async (body: string, more: Readonly<Record<string, string>> = {}) => {
  await using made = await project(body, more);
  const { results } = await made.run();
  expect(results["aggregation.metrics"]).toMatchObject({ status: "SUCCESS", error: null });
  return await made.rows("aggregation.metrics");
};

describe("an aggregation", () => {
  it("as of the run's logical date, each grouping a table", async () => {
    await using made = await project(`${base}
aggregations:
  - {column: amount, function: sum, window: 30d}
  - {column: amount, function: last}
  - {function: count, window: 1mo, name: events_this_month, fill: 0}
  - {column: score, function: avg, group_by: [segment]}
`);
    const { results } = await made.run();
    expect(results["aggregation.metrics"]).toMatchObject({ status: "SUCCESS", error: null });
    expect(await made.rows("aggregation.metrics")).toEqual([
      { customer: "a", as_of: "2024-06-30", amount_sum_30d: "60", amount_last: "30", events_this_month: "3" },
      { customer: "b", as_of: "2024-06-30", amount_sum_30d: null, amount_last: "40", events_this_month: "1" },
    ]);
    expect(await made.rows("aggregation.metrics__segment")).toEqual([
      { customer: "a", as_of: "2024-06-30", segment: "x", score_avg: "2.0" },
      { customer: "a", as_of: "2024-06-30", segment: "y", score_avg: null },
      { customer: "b", as_of: "2024-06-30", segment: "y", score_avg: "3.0" },
    ]);
    expect(readdirSync(made.path("target/intermediate"))).toContain("aggregation_metrics__segment.parquet");
  });

  it("of rows that carry the date they are looked at from, in the published spelling", async () => {
    const dated = transform(
      "dated",
      "select *, date '2024-07-01' as application_date, happened::date as day from ref('transform.events')",
    );
    const body = `id_col: customer
feature_date_col: day
application_date_col: application_date
group_by: [segment]
inputs: [{ref: transform.dated}]
features:
  - name: spend
    column: amount
    basic: [count, sum]
    rolling:
      - {window: 7d, functions: [sum]}
      - {window: [1, 11], aggs: [max]}
    ratio: {numerator: [0, 1], denominator: [0, 31], aggs: [sum]}
    since: {condition: amount >= 20, aggs: [count]}
`;
    expect(await rowsOf(body, { "pipelines/dated.yml": dated })).toEqual([
      {
        customer: "a",
        application_date: "2024-07-01",
        segment: "x",
        spend_count: "2",
        spend_sum: "30",
        spend_sum_7d: null,
        spend_max_1_11: "20",
        spend_sum_ratio_0_1_0_31: null,
        spend_count_if: "1",
      },
      {
        customer: "a",
        application_date: "2024-07-01",
        segment: "y",
        spend_count: "1",
        spend_sum: "30",
        spend_sum_7d: "30",
        spend_max_1_11: "30",
        spend_sum_ratio_0_1_0_31: "1.0",
        spend_count_if: "1",
      },
      {
        customer: "b",
        application_date: "2024-07-01",
        segment: "y",
        spend_count: "2",
        spend_sum: "90",
        spend_sum_7d: "50",
        spend_max_1_11: null,
        spend_sum_ratio_0_1_0_31: String(50 / 90),
        spend_count_if: "2",
      },
    ]);
  });

  it("of an aggregation, with the published names", async () => {
    const second = `id_col: segment
source: aggregation.metrics
features:
  amount_sum: {basic: [mean, stddev]}
  customers: {source_feature: customer, basic: [count]}
  large: {source_feature: customer, since: {condition: amount_sum == 30, aggs: [count]}}
`;
    const body = `${base}group_by: [segment]\naggregations: [{column: amount, function: sum}]\n`;
    await using made = await project(body, { "pipelines/second.yml": metrics(second, "second_order_aggregation") });
    const { results } = await made.run();
    expect(results["second_order_aggregation.metrics"]).toMatchObject({ status: "SUCCESS", error: null });
    expect(await made.rows("second_order_aggregation.metrics")).toEqual([
      {
        segment: "x",
        amount_sum_MEAN: "30.0",
        amount_sum_STDDEV: null,
        customer_COUNT: "1",
        SINCE_COUNT_customer_GEO_D: "1",
      },
      {
        segment: "y",
        amount_sum_MEAN: "60.0",
        amount_sum_STDDEV: String(Math.sqrt(1800)),
        customer_COUNT: "2",
        SINCE_COUNT_customer_GEO_D: "1",
      },
    ]);
  });

  it("for the rows of a spine, each kept with its own columns", async () => {
    const labels = transform(
      "labels",
      `select * from (values ('b', timestamptz '2024-07-01 00:00:00+02', 1), ('a', timestamptz '2024-06-20 12:00:00+00', 2),
  ('z', timestamptz '2024-06-20 12:00:00+00', 3), ('a', null, 4)) as t(customer, at_time, label)`,
    );
    const body = `${base}timezone: Europe/Berlin
spine: {ref: transform.labels, time_column: at_time}
mode: spine
aggregations: [{column: amount, function: sum, window: 1mo}, {function: count}]
`;
    const rows = await rowsOf(body, { "pipelines/labels.yml": labels });
    // Events without a zone are Berlin's wall clock: 12:00 UTC is 14:00 there.
    expect(rows.map(({ customer, label, amount_sum_1mo, count }) => [customer, label, amount_sum_1mo, count])).toEqual([
      ["b", "1", "50", "2"],
      ["a", "2", "30", "2"],
      ["z", "3", null, "0"],
      ["a", "4", null, "0"],
    ]);
  });

  it("per event, on a grid and side by side", async () => {
    const counted = "aggregations: [{column: amount, function: sum, name: total}]\n";
    const perEvent = await rowsOf(`${base}mode: per_event\n${counted}`);
    expect(perEvent.map(({ customer, score, total }) => [customer, score, total])).toEqual([
      ["a", "1.5", "10"],
      ["a", "2.5", "30"],
      ["a", null, "60"],
      ["b", "3.0", "40"],
      ["b", "9.0", "90"],
    ]);
    const grid = await rowsOf(`${base}mode: grid\nevery: 1mo\n${counted}`);
    expect(grid).toEqual([
      { customer: "a", as_of: "2024-06-01 00:00:00", total: "10" },
      { customer: "b", as_of: "2024-06-01 00:00:00", total: "40" },
    ]);
    expect(await rowsOf(`${base}mode: tumbling\nevery: 1mo\n${counted}`)).toEqual([
      { customer: "a", window_start: "2024-06-01 00:00:00", window_end: "2024-07-01 00:00:00", total: "60" },
      { customer: "b", window_start: "2024-05-01 00:00:00", window_end: "2024-06-01 00:00:00", total: "40" },
      { customer: "b", window_start: "2024-07-01 00:00:00", window_end: "2024-08-01 00:00:00", total: "50" },
    ]);
  });

  it("of rows that its own SQL prepares, with parameters and conditions that name the run's date", async () => {
    const body = `id_col: customer
time_column: happened
params: {least: 20}
transform: |
  select *, amount * 2 as doubled from ref('transform.events') where amount >= $least
aggregations:
  - {column: doubled, function: sum, window: 1y}
  - {function: count, filter: "happened::date = $date", name: today}
`;
    expect(await rowsOf(body)).toEqual([
      { customer: "a", as_of: "2024-06-30", doubled_sum_1y: "100", today: "1" },
      { customer: "b", as_of: "2024-06-30", doubled_sum_1y: "80", today: "0" },
    ]);
  });

  it("from the run's start to its end, whatever their spelling", async () => {
    const body = (mode: string): string => `${base}mode: ${mode}\naggregations: [{function: count}]\n`;
    const more = { "pipelines/ends.yml": metrics(`${body("as_of")}as_of: $end\n`).replace("metrics", "ends") };
    await using made = await project(`${body("grid")}every: 15d\n`, more);
    const interval = { start: "2024-05-31T12:00Z", end: "2024-06-30T12:00Z" };
    expect((await made.run({ interval })).summary.exitCode).toBe(0);
    expect(
      (await made.rows("aggregation.metrics")).map(({ customer, as_of, count }) => [customer, as_of, count]),
    ).toEqual([
      ["a", "2024-06-15 12:00:00", "1"],
      ["a", "2024-06-30 12:00:00", "3"],
      ["b", "2024-05-31 12:00:00", "1"],
      ["b", "2024-06-15 12:00:00", "1"],
      ["b", "2024-06-30 12:00:00", "1"],
    ]);
    expect((await made.rows("aggregation.ends")).map(({ as_of }) => as_of)).toEqual(
      Array(2).fill("2024-06-30 12:00:00"),
    );
  });

  it("of rows that a Python function makes", async () => {
    const python = `from datetime import datetime

def rows(ctx):
    days = ctx.duckdb.sql("select count(*) from transform.events").fetchone()[0]
    return [{"customer": "p", "happened": datetime(2024, 6, day + 1), "kind": "xy"[day % 2]} for day in range(days)]
`;
    const body = `${base}file: rows.py
function: rows
aggregations: [{function: count, window: 60d}, {function: count, group_by: [kind]}]
`;
    await using made = await project(body, { "pipelines/rows.py": python });
    const { results } = await made.run();
    expect(results["aggregation.metrics"]).toMatchObject({ status: "SUCCESS", error: null });
    expect(await made.rows("aggregation.metrics")).toEqual([{ customer: "p", as_of: "2024-06-30", count_60d: "5" }]);
    expect(await made.rows("aggregation.metrics__kind")).toHaveLength(2);
  });

  it("shows times with a zone where the events' times have one", async () => {
    const zoned = transform("zoned", "select customer, happened::timestamptz as happened from ref('transform.events')");
    const body = `id_col: customer
time_column: happened
timezone: America/New_York
as_of: 2024-06-30T00:00:00
inputs: [{ref: transform.zoned}]
aggregations: [{function: count}]
`;
    await using made = await project(body, { "pipelines/zoned.yml": zoned });
    const { results } = await made.run();
    expect(results["aggregation.metrics"]?.metadata.columns).toContainEqual({
      name: "as_of",
      type: "TIMESTAMP WITH TIME ZONE",
    });
    expect(await made.rows("aggregation.metrics")).toEqual([
      { customer: "a", as_of: "2024-06-30 04:00:00+00", count: "3" },
      { customer: "b", as_of: "2024-06-30 04:00:00+00", count: "1" },
    ]);
  });

  it("of nothing is an empty table, and of nothing but NULLs NULL", async () => {
    const functions = [
      "sum",
      "avg",
      "min",
      "max",
      "first",
      "last",
      "mode",
      "median",
      "stddev",
      "p95",
      "count_distinct",
    ];
    const features = `features: [{column: amount, basic: [${functions.join(", ")}], rolling: [{window: 30d, aggs: [sum]}]}]`;
    const none = transform("none", "from ref('transform.events') where false");
    const nulls = transform("nulls", "select * replace (null::integer as amount) from ref('transform.events')");
    const more = { "pipelines/none.yml": none, "pipelines/nulls.yml": nulls };
    const modes = ["as_of", "per_event", "grid", "tumbling"];
    for (const mode of modes) {
      const step = mode === "tumbling" || mode === "grid" ? "every: 30d\n" : "";
      for (const input of ["none", "nulls"]) {
        const body = `id_col: customer\ntime_column: happened\nmode: ${mode}\n${step}inputs: [transform.${input}]\n${features}\n`;
        Object.assign(more, {
          [`pipelines/${mode}_${input}.yml`]: `kind: aggregation\nname: ${mode}_${input}\n${body}`,
        });
      }
    }
    await using made = await temporaryProject({ "pipelines/events.yml": events, ...more });
    expect((await made.run()).summary).toMatchObject({ exitCode: 0, ran: 11 });
    for (const mode of modes) {
      expect(await made.rows(`aggregation.${mode}_none`)).toEqual([]);
      const rows = await made.rows(`aggregation.${mode}_nulls`);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(functions.map((name) => row[`amount_${name}`])).toEqual([...Array(10).fill(null), "0"]);
      }
    }
  });
});

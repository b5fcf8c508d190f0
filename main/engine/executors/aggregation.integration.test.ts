import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";

import type { NodeResult } from "../../../shared/run/index.ts";
import { temporaryProject } from "../../../test-support/temporary-project.ts";

const transform = (name: string, sql: string): string =>
  `kind: transform\nname: ${name}\ntransform: |\n${sql.replaceAll(/^/gm, "  ")}\n`;

const events = transform(
  "events",
  `select * from (values
  ('a', 'x', timestamp '2024-06-01 00:00:00', 10, 1.5),
  ('a', 'x', timestamp '2024-06-20 12:00:00', 20, 2.5),
  ('a', 'y', timestamp '2024-06-30 00:00:00', 30, null),
  ('b', 'y', timestamp '2024-05-31 00:00:00', 40, 3.0),
  ('b', 'y', timestamp '2024-07-01 00:00:00', 50, 9.0)
) as t(customer, segment, happened, amount, score)`,
);

const metrics = (body: string, kind = "aggregation"): string => `kind: ${kind}\nname: metrics\n${body}\n`;
const base = "id_col: customer\ntime_column: happened\ninputs: [{ref: transform.events}]\n";
const project = (body: string, more: Readonly<Record<string, string>> = {}, options = {}) =>
  temporaryProject({ "pipelines/events.yml": events, "pipelines/metrics.yml": metrics(body), ...more }, options);

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

describe("what is wrong names node, column and remedy", () => {
  const count = "aggregations: [{function: count}]\n";
  const spine = transform("spine", "select 1 as customer, timestamp '2024-06-30' as looked");
  const cases: readonly (readonly [string, string, string, RegExp])[] = [
    ["nothing to compute", base, "aggregation_nothing", /Add `features:`/],
    ["no input", count, "aggregation_no_input", /Add `inputs:/],
    [
      "a missing column",
      `${base}aggregations: [{column: amuont, function: sum}]`,
      "aggregation_column_missing",
      /amuont \(sum in aggregations\[0\]\), which transform\.events does not have.*Did you mean amount\?/,
    ],
    [
      "a missing grouping",
      `${base}group_by: [country]\n${count}`,
      "aggregation_column_missing",
      /country \(group_by\).*Valid: customer, segment, happened, amount, score/,
    ],
    [
      "an application date that no row carries",
      `${base}application_date_col: looked_at\n${count}`,
      "aggregation_column_missing",
      /Without application_date_col everything is seen as of the run's date/,
    ],
    [
      "a number that is text",
      `${base}aggregations: [{column: segment, function: sum}]`,
      "aggregation_column_type",
      /sum in aggregations\[0\] needs a number, but segment of transform\.events is VARCHAR.*segment::double/,
    ],
    [
      "a time that is none",
      `id_col: customer\ntime_column: segment\ninputs: [transform.events]\naggregations: [{function: count, window: 7d}]`,
      "aggregation_column_type",
      /the time column needs a date or a timestamp.*segment::timestamp/,
    ],
    [
      "a window without a time",
      "inputs: [transform.events]\naggregations: [{function: count, window: 7d}]",
      "aggregation_time_missing",
      /the window 7d in aggregations\[0\].*Add `time_column: <column>` to aggregation\.metrics\./,
    ],
    [
      "an order without a time",
      "inputs: [transform.events]\naggregations: [{column: amount, function: last}]",
      "aggregation_time_missing",
      /last in aggregations\[0\]/,
    ],
    ["two times", `${base}feature_date_col: day\n${count}`, "aggregation_time_twice", /keep one/],
    [
      "an unknown function",
      `${base}aggregations: [{column: amount, function: summ}]`,
      "aggregation_function_unknown",
      /summ \(in aggregations\[0\]\).*Did you mean sum\?/,
    ],
    [
      "an impossible quantile",
      `${base}aggregations: [{column: amount, function: p101}]`,
      "aggregation_function_unknown",
      /p101/,
    ],
    ["a sum of nothing named", `${base}aggregations: [{function: sum}]`, "aggregation_column_unnamed", /Add `column:`/],
    ["a feature without functions", `${base}features: [{name: amount}]`, "aggregation_functions_missing", /basic/],
    ["a date that is none", `${base}as_of: 2024-02-30\n${count}`, "aggregation_time_invalid", /as_of is 2024-02-30/],
    ["a start that was not given", `${base}as_of: $start\n${count}`, "aggregation_interval_missing", /--start/],
    ["an unknown zone", `${base}timezone: Europe/Berln\n${count}`, "aggregation_zone_unknown", /Europe\/Berlin/],
    [
      "windows without looking at time",
      `${base}mode: none\naggregations: [{function: count, window: 7d}]`,
      "aggregation_mode_windows",
      /window 7d/,
    ],
    ["a spine that is not named", `${base}mode: spine\n${count}`, "aggregation_mode_key", /Add `spine: kind.name`/],
    ["tumbling without a length", `${base}mode: tumbling\n${count}`, "aggregation_mode_key", /Add `every: 1d`/],
    [
      "tumbling of two lengths",
      `${base}mode: tumbling\nevery: 1d\naggregations: [{function: count, window: 7d}]`,
      "aggregation_mode_conflict",
      /two lengths \(1d and 7d\)/,
    ],
    [
      "two columns of one name",
      `${base}aggregations: [{column: amount, function: sum, name: x}, {column: score, function: sum, name: X}]`,
      "aggregation_names_collide",
      /aggregations\[0\] and aggregations\[1\].*`name:`/,
    ],
    [
      "a column called like a key",
      `${base}aggregations: [{column: amount, function: sum, name: customer}]`,
      "aggregation_names_collide",
      /called customer/,
    ],
    [
      "two tables of one name",
      `${base}aggregations: [{function: count}, {function: count, group_by: [a, b_c]}, {function: count, group_by: [a_b, c]}]`,
      "aggregation_tables_collide",
      /aggregation\.metrics__a_b_c: by a, b_c and by a_b, c/,
    ],
    [
      "a name that the rows have",
      `${base}mode: per_event\naggregations: [{column: amount, function: sum, name: Score}]`,
      "aggregation_name_taken",
      /transform\.events, which has a Score already/,
    ],
    [
      "a condition on what is not there",
      `${base}aggregations: [{function: count, filter: amout > 3}]`,
      "aggregation_filter_invalid",
      /`amout > 3` cannot be used.*amount, score/,
    ],
    [
      "a condition that is none",
      `${base}aggregations: [{function: count, filter: "amount >"}]`,
      "aggregation_filter_invalid",
      /cannot be used/,
    ],
    [
      "a condition that closes the parenthesis",
      `${base}aggregations: [{function: count, filter: "true) or (select true from source.other"}]`,
      "aggregation_filter_invalid",
      /cannot be used/,
    ],
    [
      "a condition on the clock",
      `${base}aggregations: [{function: count, filter: "happened > now()"}]`,
      "aggregation_filter_volatile",
      /uses now.*\$date/,
    ],
    [
      "keys of two sorts",
      `${base}mode: spine\nspine: transform.spine\napplication_date_col: looked\n${count}`,
      "aggregation_keys_differ",
      /customer is VARCHAR in transform\.events and INTEGER in transform\.spine/,
    ],
    [
      "a grid without end",
      `${base}mode: grid\nevery: 1s\n${count}`,
      "sql_failed",
      /the grid has more than 1000000 steps: raise every/,
    ],
    [
      "a fill of another type",
      `${base}aggregations: [{column: amount, function: sum, fill: none}]`,
      "aggregation_fill_invalid",
      /sum in aggregations\[0\] gives numbers, and its fill is none/,
    ],
  ];
  // All of them in one project: each is its own node's failure and nobody else's.
  const names = cases.map((_, index) => `case_${String.fromCodePoint(97 + (index % 26))}${Math.floor(index / 26)}`);
  let results: Readonly<Record<string, NodeResult>> = {};
  beforeAll(async () => {
    const nodes = cases.map(([, body], index) => [
      `pipelines/${index}.yml`,
      `kind: aggregation\nname: ${names[index]}\n${body}\n`,
    ]);
    const files = { "pipelines/events.yml": events, "pipelines/spine.yml": spine, ...Object.fromEntries(nodes) };
    await using made = await temporaryProject(files);
    ({ results } = await made.run({ continueOnError: true }));
  });

  it.each(cases.map(([what, , code, text], index) => ({ what, code, text, name: names[index] ?? "" })))(
    "$what",
    ({ code, text, name }) => {
      const error = results[`aggregation.${name}`]?.error;
      expect(error?.code).toBe(code);
      expect(`${error?.message} ${error?.next}`.replaceAll(name, "metrics").replaceAll("\n", " ")).toMatch(text);
      expect(error?.message).toContain(`aggregation.${name}`);
    },
  );
});

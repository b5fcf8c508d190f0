import { beforeAll, describe, expect, it } from "vitest";

import type { NodeResult } from "../../../shared/run/index.ts";
import { base, events, transform } from "../../../test-support/projects/aggregations.ts";
import { temporaryProject } from "../../../test-support/temporary-project.ts";

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
      /country \(group_by\).*Use one of: customer, segment, happened, amount, score/,
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

import { describe, expect, it } from "vitest";

import { temporaryProject } from "../../../test-support/temporary-project.ts";

const events = `kind: transform
name: events
transform: |
  select * from (values
    ('a', 'x', timestamp '2024-06-01 00:00:00', 10, 1.5),
    ('a', 'x', timestamp '2024-06-20 12:00:00', 20, 2.5),
    ('a', 'y', timestamp '2024-06-30 00:00:00', 30, null),
    ('b', 'y', timestamp '2024-05-31 00:00:00', 40, 3.0),
    ('b', 'y', timestamp '2024-07-01 00:00:00', 50, 9.0)
  ) as t(customer, segment, happened, amount, score)
`;

const aggregation = (body: string): string => `kind: aggregation\nname: metrics\n${body}`;
const project = (body: string) =>
  temporaryProject({ "pipelines/events.yml": events, "pipelines/metrics.yml": aggregation(body) });

describe("an aggregation", () => {
  it("as of the run's logical date, in each grouping a table", async () => {
    await using made = await project(`
id_col: customer
time_column: happened
inputs: [{ref: transform.events}]
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
  });
});

import { describe, expect, it } from "vitest";

import { temporaryProject } from "../../../test-support/temporary-project.ts";

const orders = `kind: transform
name: clean_orders
transform: |
  select * from (values
    (1, 'ann', timestamp '2024-06-01 00:00:00', timestamp '2024-06-02 00:00:00', 10),
    (2, 'ann', timestamp '2024-06-10 00:00:00', timestamp '2024-06-11 00:00:00', 20),
    (3, 'bob', timestamp '2024-06-05 00:00:00', timestamp '2024-06-06 00:00:00', null)
  ) as t(order_id, customer_id, ordered_at, loaded_at, amount)
`;

const group = (body: string) =>
  temporaryProject({
    "pipelines/orders.yml": orders,
    "pipelines/features.yml": `kind: feature_group\nname: customer_features\n${body}`,
  });

/** The example of the reference document, as published. */
const example = `entity: customer
join_keys:
  - customer_id
features:
  - name: total_orders
    dtype: int
  - name: lifetime_value
    dtype: float
materialization:
  offline:
    enabled: true
    format: parquet
  online:
    enabled: false
inputs:
  - ref: transform.clean_orders
`;

describe("a feature group", () => {
  it("runs as published after the one key that its error names", async () => {
    await using project = await group(example);
    const first = await project.run();
    const result = first.results["feature_group.customer_features"];
    expect(result?.error?.message).toContain(
      "names total_orders as a feature, but transform.clean_orders has no such column",
    );
    expect(result?.error?.next).toContain("Add `transform:` to feature_group.customer_features");
    expect(result?.status).toBe("FAILED");

    await project.write({
      "pipelines/features.yml": `kind: feature_group\nname: customer_features\n${example}transform: |
  SELECT customer_id, count(*) AS total_orders, sum(amount) AS lifetime_value
  FROM transform.clean_orders GROUP BY customer_id ORDER BY customer_id
`,
    });
    const second = await project.run();
    expect(second.results["feature_group.customer_features"]).toMatchObject({ status: "SUCCESS", row_count: 2 });
    expect(await project.rows("feature_group.customer_features")).toEqual([
      { customer_id: "ann", total_orders: "2", lifetime_value: "30.0" },
      { customer_id: "bob", total_orders: "1", lifetime_value: null },
    ]);
    expect((await project.run()).statuses["feature_group.customer_features"]).toBe("CACHED");
  });

  it("has its keys, times and features in the order of the format, with defaults, under the names of the file", async () => {
    await using project = await group(`
entity: {name: customer}
created_time: loaded_at
materialization: {event_time_col: ORDERED_AT}
features:
  amount: {dtype: "decimal(18,2)", default: 0}
  order_id: int
inputs: [transform.clean_orders]
`);
    const { results } = await project.run();
    expect(results["feature_group.customer_features"]).toMatchObject({ status: "SUCCESS" });
    expect(await project.rows("feature_group.customer_features", 1)).toEqual([
      {
        customer_id: "ann",
        ORDERED_AT: "2024-06-01 00:00:00",
        loaded_at: "2024-06-02 00:00:00",
        amount: "10.00",
        order_id: "1",
      },
    ]);
    expect((await project.rows("feature_group.customer_features"))[2]).toMatchObject({ amount: "0.00" });
  });

  it("takes every other column where no feature is named, from SQL of any form", async () => {
    await using project = await group(`
entity: customer
event_time: day
transform: |
  WITH o AS (FROM ref('transform.clean_orders')) -- all of them
  FROM o SELECT date_trunc('day', ordered_at) AS day, * EXCLUDE (loaded_at, ordered_at) -- the end
`);
    const { results } = await project.run();
    expect(results["feature_group.customer_features"]).toMatchObject({ status: "SUCCESS" });
    const [row = {}] = await project.rows("feature_group.customer_features");
    expect(Object.keys(row)).toEqual(["customer_id", "day", "order_id", "amount"]);
  });

  it.each([
    ["no entity", "inputs: [transform.clean_orders]", "feature_keys_missing", "Add `entity: customer`"],
    ["no input", "entity: customer", "feature_input_missing", "Add `inputs:"],
    [
      "a missing key",
      "entity: custmer\ninputs: [transform.clean_orders]",
      "names custmer_id as a join key, but transform.clean_orders has no such column",
      "Did you mean customer_id?",
    ],
    [
      "a missing event time",
      "entity: customer\nevent_time: happened\ninputs: [transform.clean_orders]",
      "names happened as its event_time",
      "Add `transform:`",
    ],
    [
      "an event time that is none",
      "entity: customer\nevent_time: order_id\ninputs: [transform.clean_orders]",
      "order_id (its event_time) is INTEGER in transform.clean_orders",
      '`"order_id"::timestamp as "order_id"`',
    ],
    [
      "a wrong dtype",
      "entity: customer\nfeatures: {ordered_at: int}\ninputs: [transform.clean_orders]",
      "ordered_at (a feature) is TIMESTAMP in transform.clean_orders, but BIGINT",
      "or change the feature's dtype",
    ],
    [
      "an unknown dtype",
      "entity: customer\nfeatures: {amount: flaot}\ninputs: [transform.clean_orders]",
      "flaot of amount is not a type",
      "Did you mean float?",
    ],
    [
      "a name twice",
      "entity: customer\nfeatures: [customer_id]\ninputs: [transform.clean_orders]",
      "two columns called customer_id",
      "another name",
    ],
    [
      "a default that is a list",
      "entity: customer\nfeatures: [{name: amount, default: [1]}]\ninputs: [transform.clean_orders]",
      "the default of amount is [1]",
      "Write a text",
    ],
  ])("says what to do about %s", async (_, body, what, remedy) => {
    await using project = await group(body);
    const { summary, results } = await project.run();
    const result = results["feature_group.customer_features"];
    const text = `${JSON.stringify(summary)} ${JSON.stringify(result)}`.replaceAll('\\"', '"');
    expect(text).toContain(what);
    expect(text).toContain(remedy);
    expect(text).toContain("feature_group.customer_features");
    expect(result?.status).toBe("FAILED");
  });
});

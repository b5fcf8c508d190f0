import { expect, it } from "vitest";

import { testStudio } from "../../test-support/test-studio.ts";

const { openWindow } = testStudio();

const events = `kind: transform
name: events
transform: |
  select * from (values
    (1, timestamp '2024-06-01', timestamp '2024-06-03', 10),
    (1, timestamp '2024-06-05', timestamp '2024-06-05', 20),
    (2, timestamp '2024-06-20', timestamp '2024-06-20', null)
  ) as t(customer_id, seen, loaded, spent)
`;
const files = {
  "pipelines/events.yml": events,
  "pipelines/spending.yml": `kind: feature_group
name: spending
entity: customer
event_time: seen
created_time: loaded
ttl: 10d
features: [spent]
materialization: {offline: {}}
inputs: [transform.events]
`,
  "pipelines/recent.yml": `kind: aggregation
name: recent
inputs: [transform.events]
id_col: customer_id
time_column: seen
mode: as_of
as_of: 2024-06-21
aggregations:
  - {column: spent, function: sum, window: 7d}
  - {column: spent, function: sum, window: [1, 7]}
`,
  "pipelines/checked.yml": `kind: rule
name: checked
inputs: [transform.events]
rules:
  - {id: spent_known, not_null: spent, severity: warn}
`,
};

it("tells what runs kept of a node, a group's statistics and past, and where windows lie", async () => {
  await using window = await openWindow(files);
  const { client } = window;
  expect(await client.call("node.results", { node: "rule.checked" })).toEqual([]);
  expect(await client.call("features.show", { node: "feature_group.spending" })).toMatchObject({ versions: [] });
  await client.call("run.start", {});
  await expect
    .poll(() => client.call("node.results", { node: "rule.checked" }), { timeout: 60_000 })
    .toMatchObject([
      { status: "WARNING", rows: 1, metadata: { rules: [{ id: "spent_known", status: "warn", violations: 1 }] } },
    ]);
  await expect
    .poll(() => client.call("features.show", { node: "feature_group.spending" }), { timeout: 60_000 })
    .toMatchObject({ versions: [{ version: "1", rows: 3 }] });
  const { versions } = await client.call("features.show", { node: "feature_group.spending" });
  expect(versions[0]?.columns.map(({ name, role, nulls, max }) => [name, role, nulls, max])).toEqual([
    ["customer_id", "key", 0, "2"],
    ["seen", "event", 0, "2024-06-20 00:00:00"],
    ["loaded", "created", 0, "2024-06-20 00:00:00"],
    ["spent", "feature", 1, "20"],
  ]);

  const asOf = async (at: string) => {
    const { sql } = await client.call("features.as-of", { node: "feature_group.spending", at });
    const table = { type: "query", sql } as const;
    const { columns } = await client.call("table.open", { table });
    const copied = await client.call("table.copy", {
      table,
      offset: 0,
      limit: 10,
      columns: columns.map((_column, place) => place),
      format: "csv",
    });
    return copied.text.trim().split("\n").slice(1);
  };
  // Happened on the first, known on the third; outlived after ten days.
  expect(await asOf("2024-06-02 00:00:00")).toEqual([]);
  expect(await asOf("2024-06-03 00:00:00")).toEqual(["1,2024-06-01 00:00:00,2024-06-03 00:00:00,10"]);
  expect(await asOf("2024-06-15 00:00:00")).toEqual(["1,2024-06-05 00:00:00,2024-06-05 00:00:00,20"]);
  expect(await asOf("2024-06-15 00:00:01")).toEqual([]);

  const seen = await client.call("windows.show", { node: "aggregation.recent" });
  expect(seen).toMatchObject({
    input: "transform.events",
    column: "seen",
    at: "2024-06-21 00:00:00",
    windows: [
      { name: "7d", from: "2024-06-14 00:00:00", to: "2024-06-21 00:00:00" },
      { name: "days 1–7", from: "2024-06-13 23:59:59.999999", to: "2024-06-20 23:59:59.999999" },
    ],
  });
  expect(seen?.bins).toHaveLength(60);
  expect(seen?.bins.filter(({ rows }) => rows > 0).map(({ rows }) => rows)).toEqual([1, 1, 1]);
  expect(await client.call("windows.show", { node: "rule.checked" })).toBeNull();
  await expect(client.call("windows.show", { node: "aggregation.recnt" })).rejects.toMatchObject({
    code: "node_not_found",
    next: "Did you mean aggregation.recent?",
  });
});

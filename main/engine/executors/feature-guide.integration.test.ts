import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { temporaryProject } from "../../../test-support/temporary-project.ts";

const guide = readFileSync(join(import.meta.dirname, "../../../docs/guide/feature-groups.md"), "utf8");

const tables = {
  orders: `select * from (values
    (1, timestamp '2024-06-01', timestamp '2024-06-02', 10.0), (1, timestamp '2024-06-10', timestamp '2024-06-20', 30.0)
  ) as t(customer_id, ordered_at, loaded_at, amount)`,
  rated: "select 7 as shop_id, timestamp '2024-06-01' as rated_at, 4.5 as rating",
  labels: `select * from (values
    (1, 2, 7, timestamp '2024-06-15'), (1, null, 8, timestamp '2024-06-25')
  ) as t(buyer_id, seller_id, shop_id, asked_at)`,
};
const shops = "kind: feature_group\nname: shops\nentity: shop\nevent_time: rated_at\ninputs: [transform.rated]\n";

it("every example of the guide runs, and does what it says", async () => {
  const blocks = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
  const [group = "", training = "", stores = ""] = blocks;
  expect(blocks).toHaveLength(3);
  const nodes = Object.entries(tables).map(([name, sql]) => [
    `pipelines/${name}.yml`,
    `kind: transform\nname: ${name}\ntransform: |\n  ${sql}\n`,
  ]);
  await using project = await temporaryProject({
    ...Object.fromEntries(nodes),
    "pipelines/shops.yml": shops,
    "pipelines/group.yml": group + stores.replace("[country]", "[customer_id]"),
    "pipelines/training.yml": training,
  });
  const { summary, results } = await project.run();
  expect(summary.exitCode).toBe(0);
  expect(results["feature_group.customer_features"]?.metadata).toMatchObject({
    version: "2",
    offline: { written: 1, partitions: 1 },
    online: { keys: 1 },
  });
  const rows = await project.rows("transform.training");
  expect(
    rows.map(({ buyer__orders, buyer__average, seller__orders, rating }) => ({
      buyer__orders,
      buyer__average,
      seller__orders,
      rating,
    })),
  ).toEqual([
    { buyer__orders: "1", buyer__average: "10.0", seller__orders: "0", rating: "4.5" },
    { buyer__orders: "2", buyer__average: "20.0", seller__orders: "0", rating: null },
  ]);
});

it("takes a Python function's rows in the order of the format", { timeout: 240_000 }, async () => {
  await using project = await temporaryProject({
    "pipelines/group.py": `
from headrace import feature_group

@feature_group(name="scores", entity="customer", event_time="seen", features={"score": {"dtype": "float"}})
def scores(ctx):
    return ctx.duckdb.sql("select 3 as score, timestamp '2024-06-01' as seen, 1 as customer_id, 'x' as other")
`,
  });
  expect((await project.run()).results["feature_group.scores"]).toMatchObject({ status: "SUCCESS", error: null });
  expect(await project.rows("feature_group.scores")).toEqual([
    { customer_id: "1", seen: "2024-06-01 00:00:00", score: "3.0" },
  ]);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

import { temporaryProject } from "../../../test-support/temporary-project.ts";

const guide = readFileSync(join(import.meta.dirname, "../../../docs/guide/aggregation.md"), "utf8");

const orders = `kind: transform
name: orders
transform: |
  select i % 3 as customer_id, ['DE', 'FR'][i % 2 + 1] as country, ['paid', 'returned'][i % 5 // 4 + 1] as status,
    timestamp '2024-05-01' + to_days(i::integer) as ordered_at, i::decimal(10, 2) as amount, date '2024-06-30' as looked_at
  from range(60) t(i)
`;
const labels = `kind: transform
name: labels
transform: select 1 as customer_id, timestamp '2024-06-15' as labelled_at, true as churned
`;

it("every example of the guide runs, with the columns that it names", async () => {
  const examples = [...guide.matchAll(/```yaml\n(kind: (\w+)\nname: (\w+)\n[\s\S]*?)```/g)];
  expect(examples).toHaveLength(4);
  const files = Object.fromEntries(examples.map(([, text = "", , name]) => [`pipelines/${name}.yml`, text]));
  await using project = await temporaryProject({
    "pipelines/orders.yml": orders,
    "pipelines/labels.yml": labels,
    ...files,
  });
  const { summary, results } = await project.run();
  expect(summary.exitCode).toBe(0);
  const columns = (node: string): readonly string[] => results[node]?.metadata.columns.map(({ name }) => name) ?? [];
  expect(columns("aggregation.customer_orders")).toEqual([
    "customer_id",
    "as_of",
    "amount_sum_30d",
    "usual_top",
    "count_7d",
  ]);
  const [first = {}] = await project.rows("aggregation.customer_orders__country", 1);
  expect(Object.keys(first)).toEqual(["customer_id", "as_of", "country", "amount_avg"]);
  expect(columns("aggregation.before_each_label")).toEqual([
    "customer_id",
    "labelled_at",
    "churned",
    "amount_sum_1mo",
    "status_last",
  ]);
  const spending = ["spend_count", "spend_sum", "spend_sum_30d", "spend_max_1_7", "spend_sum_ratio_1_7_8_30"];
  expect(columns("aggregation.spending")).toEqual([
    "customer_id",
    "looked_at",
    "country",
    ...spending,
    "spend_count_if",
  ]);
  expect(columns("second_order_aggregation.countries")).toEqual([
    "country",
    "spend_sum_MEAN",
    "spend_sum_STDDEV",
    "customer_id_COUNT",
  ]);
});

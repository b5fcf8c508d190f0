import { describe, expect, it } from "vitest";

import { projectFolder } from "../../../test-support/loaded-project.ts";

/** The examples of the executors' reference document, one a kind, as published. */
const examples = {
  "source.raw_customers": `kind: source
name: raw_customers
source: csv
table: data/raw_customers.csv
`,
  "transform.clean_orders": `kind: transform
name: clean_orders
inputs:
  - ref: source.raw_orders
transform: |
  SELECT
    order_id,
    customer_id,
    order_date,
    amount
  FROM source.raw_orders
  WHERE amount > 0
`,
  "feature_group.customer_features": `kind: feature_group
name: customer_features
entity: customer
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
`,
  "model.churn_predictor": `kind: model
name: churn_predictor
algorithm: random_forest
features:
  - ref: feature_group.customer_features
target: churn
hyperparameters:
  n_estimators: 100
  max_depth: 10
`,
  "aggregation.customer_metrics": `kind: aggregation
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
`,
  "rule.customer_email_valid": `kind: rule
name: customer_email_valid
inputs:
  - ref: feature_group.customer_features
rule: email LIKE '%_@__%.__%'
severity: error
`,
  "exposure.sales_dashboard": `kind: exposure
name: sales_dashboard
inputs:
  - ref: feature_group.order_analytics
type: dashboard
url: https://dashboard.example.com/sales
format: json
`,
} as const;

/** What the examples name but the document does not show. */
const around = {
  "pipelines/raw_orders.yml": "kind: source\nname: raw_orders\nsource: csv\ntable: data/raw_orders.csv\n",
  "pipelines/order_analytics.yml":
    "kind: feature_group\nname: order_analytics\nentity: order\ninputs: [transform.clean_orders]\n",
};

const files = Object.fromEntries(Object.entries(examples).map(([id, text]) => [`pipelines/${id}.yml`, text]));

describe("every YAML example of the executors' reference loads as it is", () => {
  it("all of them in one project", async () => {
    await using folder = await projectFolder({ ...files, ...around });
    const project = await folder.load();
    expect(project.problems).toEqual([]);
    expect(Object.fromEntries([...project.nodes].map(([id, node]) => [id, node.inputs]))).toEqual({
      "source.raw_customers": [],
      "source.raw_orders": [],
      "transform.clean_orders": ["source.raw_orders"],
      "feature_group.customer_features": ["transform.clean_orders"],
      "feature_group.order_analytics": ["transform.clean_orders"],
      "model.churn_predictor": ["feature_group.customer_features"],
      "aggregation.customer_metrics": ["feature_group.customer_features"],
      "rule.customer_email_valid": ["feature_group.customer_features"],
      "exposure.sales_dashboard": ["feature_group.order_analytics"],
    });
  });

  it.each(Object.entries(examples))("%s alone names at most the node that is missing", async (id, text) => {
    await using folder = await projectFolder({ "pipelines/example.yml": text });
    const project = await folder.load();
    expect(project.nodes.get(id)?.name).toBe(id.split(".")[1]);
    expect(project.problems.map(({ code }) => code).filter((code) => code !== "input_unknown")).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";

import { isKind } from "../../../shared/graph/index.ts";
import { projectFolder } from "../../../test-support/loaded-project.ts";

const script = '# /// script\n# requires-python = ">=3.11"\n# dependencies = [\n#     "pandas",\n# ]\n# ///\n';

/** A project in Seeknal's published shapes: its folder, its spellings, its Python package. */
const seeknal = {
  "seeknal_project.yml": "name: shop\nversion: 1.0.0\nprofile: default\nconfig-version: 1\nstate_backend: file\n",
  "profiles.yml":
    "connections:\n  local_pg:\n    type: postgresql\n    host: localhost\n    port: 5434\n    database: shop\n    user: dev\n    password: dev\nsource_defaults:\n  postgresql:\n    connection: local_pg\n",
  "seeknal/common/sources.yml":
    "sources:\n  - id: orders\n    ref: source.raw_orders\n    params:\n      idCol: order_id\n      priceCol: revenue\n",
  "seeknal/common/transformations.yml":
    "transformations:\n  - id: net\n    sql: '{{orders.priceCol}} * 0.9'\n  - id: share\n    sql: ROUND({{net}} / SUM(revenue) OVER (), 2)\n",
  "seeknal/common/rules.yml": "rules:\n  - id: hasRevenue\n    value: revenue IS NOT NULL AND revenue > 0\n",
  "seeknal/sources/raw_orders.yml":
    'kind: source\nname: raw_orders\nsource: csv\ntable: "data/orders.csv"\nparams:\n  delimiter: ","\n  header: true\nschema:\n  - name: order_id\n    data_type: integer\ncolumns:\n  order_id: "Order identifier"\nfreshness:\n  warn_after: 24h\n  error_after: 48h\n',
  "seeknal/sources/customers.yml":
    "kind: source\nname: customers\nsource: postgres\ntable: public.customers\nparams:\n  dateCol: date_id\n",
  "seeknal/transforms/clean.yml":
    "kind: transform\nname: clean\ninputs:\n  - ref: source.raw_orders\n  - ref: source.customers\ntransform: |\n  SELECT o.*, {{share}} AS share\n  FROM ref('source.raw_orders') o JOIN input_1 c USING (customer_id);\nmaterialization:\n  enabled: true\n  table: warehouse.curated.clean\n  mode: overwrite\n  create_table: true\n",
  "seeknal/transforms/steps.yml":
    "kind: transform\nname: steps\ntransform: |\n  CREATE TEMP TABLE paid AS\n  SELECT * FROM transform.clean WHERE revenue > 0;\n  SELECT count(*) AS n FROM paid;\n",
  "seeknal/feature_groups/user.yml":
    "kind: feature_group\nname: user_features\nentity:\n  name: user\n  join_keys: [user_id]\nmaterialization:\n  event_time_col: latest\n  offline:\n    enabled: true\n    format: parquet\n    partition_by: [country]\n  online:\n    enabled: true\n    ttl: 7d\nfeatures:\n  total:\n    description: all\n    dtype: float\ntransform: |\n  SELECT user_id, sum(revenue) AS total, max(day) AS latest FROM transform.clean GROUP BY user_id\ninputs:\n  - ref: transform.clean\ntests:\n  - not_null: [user_id]\n  - unique: [user_id]\n  - accepted_values:\n      column: country\n      values: [US, UK]\n",
  "seeknal/aggregations/history.yml":
    "kind: aggregation\nname: history\nid_col: user_id\nfeature_date_col: day\napplication_date_col: application_date\ngroup_by:\n  - country\nfeatures:\n  - name: amounts\n    basic: [count, sum]\n    column: revenue\n    rolling:\n      - window: 7d\n        functions: [sum, avg]\ninputs:\n  - ref: transform.clean\n",
  "seeknal/aggregations/regions.yml":
    "kind: second_order_aggregation\nname: regions\nid_col: region\nfeature_date_col: day\nsource: aggregation.history\nfeatures:\n  users:\n    basic: [count]\n    source_feature: user_id\n  weekly:\n    window: [7, 7]\n    basic: [sum]\n    source_feature: amounts_sum\n  recent:\n    ratio:\n      numerator: [1, 7]\n      denominator: [8, 30]\n      aggs: [sum]\n    source_feature: amounts_sum\n",
  "seeknal/models/churn.yml":
    "kind: model\nname: churn\ntraining:\n  algorithm: RandomForestClassifier\n  params: {n_estimators: 100}\n  test_size: 0.2\noutput_columns: [user_id, churn]\ntransform: |\n  SELECT * FROM feature_group.user_features\ninputs:\n  - ref: feature_group.user_features\n",
  "seeknal/rules/prices.yml":
    'kind: rule\nname: prices\ninputs:\n  - ref: source.raw_orders\nrule:\n  type: range\n  column: price\n  params:\n    min_val: 0\nparams:\n  severity: warn\n  error_message: "Price outside of its range"\n',
  "seeknal/rules/revenue.yml":
    'kind: rule\nname: revenue\ninputs:\n  - ref: source.raw_orders\nrule:\n  value: "{{ rules.hasRevenue }}"\n',
  "seeknal/exposures/export.yml":
    'kind: exposure\nname: export\ntype: file\ndepends_on:\n  - ref: transform.clean\nparams:\n  format: csv\n  path: "target/exports/clean.csv"\n  refresh_interval: 3600\n',
  "seeknal/profiles/stats.yml":
    "kind: profile\nname: stats\ninputs:\n  - ref: source.raw_orders\nprofile:\n  columns: [price]\n",
  "seeknal/semantic_models/orders.yml":
    "kind: semantic_model\nname: orders\nmodel: \"ref('transform.clean')\"\nentities:\n  - name: order_id\n    type: primary\n",
  "seeknal/pipelines/transactions.py": `${script}\nfrom seeknal.pipeline import source\n\n@source(name="transactions", source="csv", table="data/t.csv")\ndef transactions(ctx=None):\n    """Declared here, read by the source executor."""\n    pass\n`,
  "seeknal/pipelines/daily.py": `${script}\nfrom seeknal.pipeline.decorators import transform, materialize\n\n@transform(name="daily", description="By day")\n@materialize(type="postgresql", connection="local_pg", table="a.daily", mode="upsert", unique_keys=["day"])\ndef daily(ctx):\n    txn = ctx.ref("source.transactions")\n    return ctx.duckdb.sql("SELECT * FROM txn")\n`,
};

describe("a Seeknal project opens as it is", () => {
  it("with all its nodes, and a warning for each key and kind that changes nothing", async () => {
    await using folder = await projectFolder(seeknal);
    const project = await folder.load();
    const told = project.problems.map(({ severity, code, location, message }) => {
      return `${severity} ${code} ${location?.file}:${location?.line}:${location?.column} ${message}`;
    });
    expect(told).toMatchInlineSnapshot(`
      [
        "warning key_ignored seeknal_project.yml:4:1 The key config-version of the project changes nothing here",
        "warning key_ignored seeknal_project.yml:5:1 The key state_backend of the project changes nothing here",
        "warning key_ignored seeknal/exposures/export.yml:9:3 The key refresh_interval of exposure.export changes nothing here",
        "warning kind_ignored seeknal/profiles/stats.yml:1:7 profile.stats is kept, but nothing is run for the kind profile",
        "warning kind_ignored seeknal/semantic_models/orders.yml:1:7 semantic_model.orders is kept, but nothing is run for the kind semantic_model",
        "warning key_ignored seeknal/transforms/clean.yml:13:3 The key create_table of transform.clean changes nothing here",
      ]
    `);
    expect(project.settings).toMatchObject({ name: "shop", version: "1.0.0" });
    expect([...project.nodes.values()].map(({ id, inputs }) => `${id} <- ${inputs.join(", ")}`)).toMatchInlineSnapshot(`
      [
        "source.customers <- ",
        "source.raw_orders <- ",
        "source.transactions <- ",
        "rule.prices <- source.raw_orders",
        "rule.revenue <- source.raw_orders",
        "transform.clean <- source.raw_orders, source.customers",
        "transform.daily <- source.transactions",
        "aggregation.history <- transform.clean",
        "exposure.export <- transform.clean",
        "feature_group.user_features <- transform.clean",
        "transform.steps <- transform.clean",
        "second_order_aggregation.regions <- aggregation.history",
        "model.churn <- feature_group.user_features",
      ]
    `);
  });

  it("with every spelling unified", async () => {
    await using folder = await projectFolder(seeknal);
    const { nodes } = await folder.load();
    expect(nodes.get("transform.clean")?.config.materializations).toMatchObject([
      { type: "iceberg", table: "warehouse.curated.clean", mode: "full" },
    ]);
    expect(nodes.get("source.customers")?.config).toMatchObject({
      source: "postgresql",
      connection: "local_pg",
      params: { dateCol: "date_id" },
    });
    expect(nodes.get("source.raw_orders")?.config).toMatchObject({ freshness: { warn_after: 86_400 } });
    expect(nodes.get("feature_group.user_features")?.config).toMatchObject({
      event_time: "latest",
      features: [{ name: "total", dtype: "float" }],
    });
    expect(nodes.get("rule.prices")?.config).toMatchObject({ severity: "warn", rule: [{ type: "range" }] });
    expect(nodes.get("rule.revenue")?.config).toMatchObject({
      rule: [{ value: "revenue IS NOT NULL AND revenue > 0" }],
    });
    expect(nodes.get("exposure.export")?.config).toMatchObject({ format: "csv" });
    const body = nodes.get("transform.clean")?.body;
    expect(body?.language === "sql" && body.text).toBe(
      "SELECT o.*, ROUND(revenue * 0.9 / SUM(revenue) OVER (), 2) AS share\nFROM ref('source.raw_orders') o JOIN input_1 c USING (customer_id)",
    );
    const steps = nodes.get("transform.steps");
    expect(steps?.inputs).toEqual(["transform.clean"]);
    expect(steps?.body?.language === "sql" && steps.body.text).toMatch(/^WITH paid AS \(\s+SELECT/);
    const daily = nodes.get("transform.daily");
    expect(daily?.body).toMatchObject({ language: "python", function: "daily", dependencies: ["pandas"] });
    const transactions = nodes.get("source.transactions");
    expect(transactions?.body).toBeNull();
    expect(transactions && isKind(transactions, "source") && transactions.config.table).toBe("data/t.csv");
  });
});

import { expect, it } from "vitest";

import { temporaryProject } from "../../../../test-support/temporary-project.ts";
import { columnReport } from "../reports.ts";
import { downstreamOf } from "../trace.ts";

const files = {
  "data/events.csv": "id,customer,amount,sold,kind\n1,a,10,2024-01-01,x\n2,b,20,2024-01-02,y\n",
  "pipelines/events.yml": `kind: source
name: events
source: csv
table: data/events.csv
schema: [{name: id, data_type: INTEGER}, {name: customer, data_type: VARCHAR}, {name: amount, data_type: INTEGER}, {name: sold, data_type: DATE}, {name: kind, data_type: VARCHAR}]
`,
  "pipelines/group.yml": `kind: feature_group
name: spend
entity: {name: customer, join_keys: [customer]}
event_time: sold
inputs: [source.events]
transform: select customer, sold, amount * 2 as doubled, kind from source.events where amount > 0
features: [{name: doubled, default: 0}, {name: kind}]
`,
  "pipelines/sums.yml": `kind: aggregation
name: sums
inputs: [source.events]
id_col: customer
feature_date_col: sold
mode: as_of
as_of: 2024-06-30
aggregations:
  - {column: amount, function: sum, window: 30d, filter: kind = 'x'}
  - {column: amount, function: max, group_by: kind}
`,
  "pipelines/set.yml": `kind: transform
name: training
point_in_time:
  spine: source.events
  timestamp: sold
  roles: {buyer: {customer: customer}}
  features: [feature_group.spend.doubled]
`,
  "pipelines/rule.yml": `kind: rule
name: sane
inputs: [source.events]
on_error: quarantine
rules:
  - {range: {column: amount, min: 0}, where: kind <> 'z'}
  - expression: id > 0
`,
  "pipelines/use.yml":
    "kind: exposure\nname: report\ntype: dashboard\ninputs: [transform.training]\nuses: [buyer__doubled]\n",
  "pipelines/code.py": `from headrace import transform

@transform(name="code", inputs=["source.events"])
def code(ctx):
    return ctx.ref("source.events").df()
`,
};

it("follows columns through every kind's settings", async () => {
  await using project = await temporaryProject(files);
  const lineage = await (await project.engine()).lineage(new AbortController().signal);
  const shown = [...lineage.nodes.values()].flatMap(({ node, basis, tables, conditions }) => [
    `${node} ${basis}`,
    ...tables.flatMap(({ id, columns, open, others }) => [
      ...columns.map(
        ({ name, sources }) =>
          `  ${id === node ? "" : `${id} `}${name} = ${sources
            .map((source) => `${source.input}.${source.column ?? "?"}${source.use === "copied" ? "*" : ""}`)
            .toSorted()
            .join(" ")}`,
      ),
      ...(open.length + others.length > 0 ? ["  …"] : []),
    ]),
    `  by ${conditions
      .map(({ why, input, column }) => `${why} ${input}.${column ?? "?"}`)
      .toSorted()
      .join(", ")}`,
  ]);
  expect(shown.join("\n").replaceAll(/ +$/gm, "")).toMatchInlineSnapshot(`
    "source.events origin
      id =
      customer =
      amount =
      sold =
      kind =
      by
    feature_group.spend settings
      customer = source.events.customer*
      sold = source.events.sold*
      doubled = source.events.amount
      kind = source.events.kind*
      by filter source.events.amount
    rule.sane settings
      id = source.events.id*
      customer = source.events.customer*
      amount = source.events.amount*
      sold = source.events.sold*
      kind = source.events.kind*
      failed_rules = source.events.amount source.events.id source.events.kind
      rule.sane__passed id = source.events.id*
      rule.sane__passed customer = source.events.customer*
      rule.sane__passed amount = source.events.amount*
      rule.sane__passed sold = source.events.sold*
      rule.sane__passed kind = source.events.kind*
      by checked source.events.amount, checked source.events.id, checked source.events.kind
    aggregation.sums settings
      customer = source.events.customer*
      as_of =
      amount_sum_30d = source.events.amount source.events.kind source.events.sold
      aggregation.sums__kind customer = source.events.customer*
      aggregation.sums__kind as_of =
      aggregation.sums__kind kind = source.events.kind*
      aggregation.sums__kind amount_max = source.events.amount
      by filter source.events.sold, group source.events.customer, group source.events.kind, order source.events.customer, order source.events.kind
    transform.code python
      …
      by
    transform.training settings
      id = source.events.id*
      customer = source.events.customer*
      amount = source.events.amount*
      sold = source.events.sold*
      kind = source.events.kind*
      buyer__doubled = feature_group.spend.doubled*
      by join feature_group.spend.customer, join feature_group.spend.sold, join source.events.customer, join source.events.sold
    exposure.report settings
      buyer__doubled = transform.training.buyer__doubled*
      by exposed transform.training.buyer__doubled"
  `);
  const { downstream } = columnReport(lineage, { table: "source.events", column: "AMOUNT" });
  expect(downstream.conditions.map(({ node, why }) => `${node} ${why}`).toSorted()).toEqual([
    "exposure.report exposed",
    "feature_group.spend filter",
    "rule.sane checked",
  ]);
  expect(downstreamOf(lineage, { table: "source.events", column: "amount" }, 1).steps.length).toBeGreaterThan(3);
});

import { expect, it } from "vitest";

import { temporaryProject, type TemporaryProject } from "../../../../test-support/temporary-project.ts";
import { breaksOf } from "./breaks.ts";
import { type ColumnRename, renameColumn } from "./rename-column.ts";

const sql = (name: string, text: string, more = ""): string =>
  `kind: transform\nname: ${name}\n${more}transform: |\n${text.replaceAll(/^/gm, "  ")}\n`;

const files = {
  "data/sales.csv": "id,customer,amount,sold\n1,a,10,2024-01-01\n2,b,20,2024-01-02\n3,a,5,2024-01-03\n",
  "data/people.csv": "customer,city\na,Oslo\nb,Rome\n",
  "pipelines/sources.yml": `kind: source
name: sales
source: csv
table: data/sales.csv
schema: [{name: id, data_type: INTEGER}, {name: customer, data_type: VARCHAR}, {name: amount, data_type: INTEGER}, {name: sold, data_type: DATE}]
---
kind: source
name: people
source: csv
table: data/people.csv
schema: [{name: customer, data_type: VARCHAR}, {name: city, data_type: VARCHAR}]
`,
  "pipelines/clean.yml": sql(
    "clean",
    "-- amount is in cents\nselect s.id, s.customer as who, amount * 2 as value, sold\nfrom ref('source.sales') s\nwhere amount > 0 order by value",
  ),
  "pipelines/star.yml": sql("star", "select * exclude (sold) from transform.clean where value < 1000"),
  "pipelines/joined.yml": sql(
    "joined",
    "with c as (select who, value from transform.star)\nselect c.who, sum(c.value) as total, max(\"value\") as top, 'value' as note\nfrom c join source.people p on p.customer = c.who\ngroup by 1",
  ),
  "pipelines/stacked.yml": sql(
    "stacked",
    "select id, value from transform.clean union all select id, value + 1 from transform.star order by value",
  ),
  "pipelines/features.yml": `kind: feature_group
name: spend
entity: {name: who, join_keys: [who]}
event_time: sold
inputs: [transform.clean]
features:
  - {name: value, dtype: int}
`,
  "pipelines/sums.yml": `kind: aggregation
name: sums
inputs: [transform.clean]
id_col: who
aggregations:
  - {column: value, function: sum, filter: value > 1, name: total}
`,
  "pipelines/shown.yml": "kind: exposure\nname: shown\ntype: dashboard\ninputs: [transform.star]\n",
  "pipelines/rule.yml": `kind: rule
name: positive
inputs: [transform.stacked]
rules:
  - expression: value >= 0 and id is not null
  - not_null: [value]
`,
};

const rename = async (project: TemporaryProject, node: string, column: string, to: string): Promise<ColumnRename> => {
  const engine = await project.engine();
  const read = (file: string) => project.read(file);
  const lineage = await engine.lineage(new AbortController().signal);
  return renameColumn({ project: await engine.project(), lineage, column: { table: node, column }, to, read });
};

const apply = async (project: TemporaryProject, { edits }: ColumnRename): Promise<void> => {
  for (const [file, own] of Map.groupBy(edits, (edit) => edit.file)) {
    let text = await project.read(file);
    for (const { start, end, expected, text: inserted } of own.toSorted((a, b) => b.start - a.start)) {
      expect(text.slice(start, end)).toBe(expected);
      text = text.slice(0, start) + inserted + text.slice(end);
    }
    await project.write({ [file]: text });
  }
};

const tables = [
  "transform.clean",
  "transform.star",
  "transform.joined",
  "transform.stacked",
  "feature_group.spend",
  "aggregation.sums",
];
const contents = async (project: TemporaryProject): Promise<unknown> =>
  Promise.all(
    tables.map(async (table) => (await project.rows(table)).map((row) => Object.values(row).join()).toSorted()),
  );

it("renames a column where it is made and in everything that names it, and every table stays the same", async () => {
  await using project = await temporaryProject(files);
  expect((await project.run()).summary.failed).toBe(0);
  const before = await contents(project);

  const found = await rename(project, "transform.clean", "value", "cents paid");
  expect(found.checks.map(({ node, why }) => `${node} ${why}`)).toEqual([
    "exposure.shown it hands value out: who reads it will see the new name",
  ]);
  expect(found.columns.map(({ table, column }) => `${table}.${column}`)).toEqual([
    "transform.clean.value",
    "feature_group.spend.value",
    "transform.star.value",
    "transform.stacked.value",
    "exposure.shown.value",
    "rule.positive.value",
  ]);
  await apply(project, found);

  const run = await project.run();
  expect(Object.entries(run.results).filter(([, { status }]) => status !== "SUCCESS" && status !== "CACHED")).toEqual(
    [],
  );
  expect(await contents(project)).toEqual(before);
  expect(await project.read("pipelines/clean.yml")).toContain('amount * 2 as "cents paid", sold');
  expect(await project.read("pipelines/joined.yml")).toContain(`max("cents paid") as top, 'value' as note`);
  expect(Object.keys((await project.rows("transform.star"))[0] ?? {})).toEqual(["id", "who", "cents paid"]);
});

it("gives a column without an alias one, and says what it cannot do", async () => {
  await using project = await temporaryProject({
    ...files,
    "pipelines/both.yml": sql(
      "both",
      "select who, city from transform.clean join (select customer as who, city from source.people) using (who)",
    ),
    "pipelines/by_hand.py": `from headrace import transform

@transform(name="scored", inputs=["transform.clean"])
def scored(ctx):
    rows = ctx.ref("transform.clean").df()
    return rows[["who"]]
`,
  });
  const bare = await rename(project, "transform.clean", "id", "sale");
  expect(bare.edits.filter(({ node }) => node === "transform.clean").map(({ text }) => text)).toEqual([" as sale"]);

  const who = await rename(project, "transform.clean", "who", "person");
  expect(who.checks.map(({ node, line, why }) => `${node}:${line} ${why}`)).toEqual([
    "transform.both:4 USING (who) needs the name on both sides: write the join with ON",
    "transform.scored:6 Python names who: change it by hand",
    "exposure.shown:1 it hands who out: who reads it will see the new name",
  ]);
  const source = await rename(project, "source.sales", "amount", "cents");
  expect(source.checks).toMatchObject([{ node: "source.sales", why: expect.stringContaining("in the data itself") }]);
});

it("tells what breaks when a column goes, what only loses it, and what waits for those", async () => {
  await using project = await temporaryProject(files);
  const engine = await project.engine();
  const lineage = await engine.lineage(new AbortController().signal);
  const breaks = breaksOf(await engine.project(), lineage, { table: "transform.clean", column: "id" });
  expect(breaks.fails.map(({ node, how }) => `${node} ${how}`)).toEqual(["transform.stacked sql"]);
  expect(breaks.loses).toEqual([
    { table: "transform.star", column: "id" },
    { table: "exposure.shown", column: "id" },
  ]);
  expect(breaks.blocked).toEqual(["rule.positive"]);
});

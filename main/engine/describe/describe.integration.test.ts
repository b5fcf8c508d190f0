import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { DraftSchema } from "./index.ts";
import { temporaryProject, type TemporaryProject } from "../../../test-support/temporary-project.ts";

const never = new AbortController().signal;

const source = `kind: source
name: orders
source: csv
table: data/orders.csv
schema:
  - { name: id, data_type: INTEGER }
  - { name: amount, data_type: "DECIMAL(18,2)" }
  - { name: note, data_type: VARCHAR }
  - { name: day, data_type: DATE }
`;
const clean = `kind: transform
name: clean
transform: |
  select id, amount, note, day
  from ref('source.orders')
`;
const total = `kind: transform
name: total
transform: |
  select day, sum(amount) as amount
  from transform.clean
  group by day
`;
const files = {
  "data/orders.csv": "id,amount,note,day\n1,2.50,a,2024-01-01\n",
  "pipelines/orders.yml": source,
  "pipelines/clean.yml": clean,
  "pipelines/total.yml": total,
};

const drafted = async (project: TemporaryProject, sql: string): Promise<DraftSchema> =>
  (await project.engine()).describe({ node: "transform.total", sql }, never);

/** What is underlined, what it says, and what would stand there after a click. */
const told = (sql: string, { problem }: DraftSchema) => {
  const { start = null, end = null } = problem?.fault ?? {};
  return [
    problem?.problem.code,
    start === null || end === null ? null : sql.slice(start, end),
    ...(problem?.replacements ?? []),
  ];
};

describe("a draft's errors, without a run", () => {
  let project: TemporaryProject;
  beforeAll(async () => {
    project = await temporaryProject(files);
  });
  afterAll(() => project[Symbol.asyncDispose]());

  it.each<readonly [string, readonly (string | null | undefined)[]]>([
    ["select amont from transform.clean", ["sql_column_unknown", "amont", "amount"]],
    ["select c.amont from transform.clean c", ["sql_column_unknown", "amont", "amount"]],
    ["select id\nfrom ref('transform.clean')\nwhere amuont > 1", ["sql_column_unknown", "amuont", "amount"]],
    ["select * exclude (nota) from transform.clean", ["sql_column_unknown", "nota", "note"]],
    ["select zzz from transform.clean", ["sql_column_unknown", "zzz"]],
    ["select x.id from transform.clean c", ["sql_not_bound", "x", "c"]],
    ["select id from transform.clean a join ref('source.orders') b on true", ["sql_not_bound", "id", "a.id", "b.id"]],
    ["select * from ref('transform.clena')", ["table_unknown", "'transform.clena'", "'transform.clean'"]],
    ["select * from transform.clena", ["table_unknown", "transform.clena", "transform.clean"]],
    ["select * from clean", ["table_unknown", "clean", "ref('transform.clean')"]],
    ["select * from input_3", ["table_unknown", "input_3"]],
    ["select lenght(note) from transform.clean", ["sql_function_unknown", "lenght", "length"]],
    ["select id::intger from transform.clean", ["sql_type_unknown", "intger", "integer"]],
    ["select note + day from transform.clean", ["sql_not_bound", "+"]],
    ["select sum(note) from transform.clean", ["sql_not_bound", "sum"]],
    ["select id, count(*) from transform.clean", ["sql_not_bound", "id"]],
    ["select * from transform.clean where day < $dat", ["sql_parameter_missing", "$dat", "$date"]],
    ["pivot transform.clean on note in ('a') using sum(amout)", ["sql_column_unknown", "amout", "amount"]],
    ["selec id from transform.clean", ["sql_syntax", "selec"]],
    ["select id frm transform.clean", ["sql_syntax", "transform"]],
    ["drop table x", ["sql_syntax", "drop"]],
    ["select * from read_csv('/etc/passwd')", ["sql_reaches_outside", "read_csv"]],
    ["select 'ä€😀' as t, amont from transform.clean", ["sql_column_unknown", "amont", "amount"]],
    ["select id, amount * 2 as twice from transform.clean;", [undefined, null]],
  ])("%s", async (sql, expected) => {
    expect(told(sql, await drafted(project, sql))).toEqual(expected);
  });

  it("gives columns with their types, through what was never run", async () => {
    const schema = await drafted(project, "select *, amount / 3 as third from transform.clean");
    expect(schema.columns).toEqual([
      { name: "id", type: "INTEGER" },
      { name: "amount", type: "DECIMAL(18,2)" },
      { name: "note", type: "VARCHAR" },
      { name: "day", type: "DATE" },
      { name: "third", type: "DOUBLE" },
    ]);
    expect(schema.inputs).toMatchObject([{ id: "transform.clean", from: "query" }]);
  });
});

it("tells what reaches outside with its place, also while its inputs' columns are not known", async () => {
  await using project = await temporaryProject({
    ...files,
    "pipelines/orders.yml": source.replace(/schema:[^]*/, ""),
    "pipelines/clean.yml": `${clean}  union all by name from read_csv('/etc/passwd')\n`,
  });
  const { problems } = await (await project.engine()).schemas(never);
  expect(problems).toMatchObject([
    {
      code: "sql_reaches_outside",
      node: "transform.clean",
      location: { file: "pipelines/clean.yml", line: 6, column: 26 },
    },
  ]);
});

describe("the schemas of a project that never ran", () => {
  const schemas = async (project: TemporaryProject) => (await project.engine()).schemas(never);
  const columnsOf = async (project: TemporaryProject, id: string) =>
    (await schemas(project)).nodes.get(id)?.columns?.map(({ name, type }) => `${name} ${type}`) ?? null;

  it("follow from the declared columns of its sources, through every kind that makes a table of its inputs", async () => {
    await using project = await temporaryProject({
      ...files,
      "pipelines/features.yml": `kind: feature_group
name: notes
entity: order
join_keys: [id]
event_time: day
inputs: [transform.clean]
features: [{ name: amount, dtype: double }]
`,
      "pipelines/sums.yml": `kind: aggregation
name: sums
inputs: [transform.clean]
id_col: id
feature_date_col: day
aggregations: [{ column: amount, function: sum, window: 7d }]
`,
    });
    expect(await columnsOf(project, "source.orders")).toEqual([
      "id INTEGER",
      "amount DECIMAL(18,2)",
      "note VARCHAR",
      "day DATE",
    ]);
    expect(await columnsOf(project, "transform.total")).toEqual(["day DATE", "amount DECIMAL(38,2)"]);
    expect(await columnsOf(project, "feature_group.notes")).toEqual(["id INTEGER", "day DATE", "amount DOUBLE"]);
    expect((await schemas(project)).nodes.get("aggregation.sums")).toMatchObject({ from: "query", problem: null });
    await project.write({ "pipelines/clean.yml": clean.replace("day\n", "day as d\n") });
    const { problems } = await schemas(project);
    expect(new Set(problems.map(({ node }) => node))).toEqual(
      new Set(["aggregation.sums", "feature_group.notes", "transform.total"]),
    );
  });

  it("tell which readers a column that went away breaks, at their places", async () => {
    await using project = await temporaryProject(files);
    await project.run();
    expect((await schemas(project)).problems).toEqual([]);
    await project.write({ "pipelines/clean.yml": clean.replace("amount", "amount as paid") });
    const { problems, nodes } = await schemas(project);
    expect(problems).toMatchObject([
      {
        code: "sql_column_gone",
        node: "transform.total",
        message: "Column amount no longer exists in transform.clean: used by transform.total",
        location: { file: "pipelines/total.yml", line: 4, column: 19 },
      },
    ]);
    expect(nodes.get("transform.clean")?.columns?.map(({ name }) => name)).toEqual(["id", "paid", "note", "day"]);
    await project.write({ "pipelines/clean.yml": clean });
    expect((await schemas(project)).problems).toEqual([]);
  });

  it("are not known below a source that declares nothing, until it ran", async () => {
    await using project = await temporaryProject({
      ...files,
      "pipelines/orders.yml": source.replace(/schema:[^]*/, ""),
    });
    const before = await schemas(project);
    expect(before.problems).toEqual([]);
    expect(before.nodes.get("transform.clean")).toMatchObject({ columns: null, waitingFor: ["source.orders"] });
    await project.run({ nodes: ["source.orders"] });
    expect(await columnsOf(project, "transform.total")).toEqual(["day DATE", "amount DOUBLE"]);
  });

  it("of an edited source that declares nothing are those of its last run, and break nothing", async () => {
    await using project = await temporaryProject({
      ...files,
      "pipelines/orders.yml": source.replace(/schema:[^]*/, ""),
    });
    await project.run();
    await project.write({ "data/other.csv": "id,sum,note,day\n1,2.5,a,2024-01-01\n" });
    await project.write({
      "pipelines/orders.yml": source.replace(/schema:[^]*/, "").replace("orders.csv", "other.csv"),
    });
    await project.write({ "pipelines/clean.yml": clean.replace("amount", "sum as amount") });
    const { nodes, problems } = await schemas(project);
    expect(nodes.get("source.orders")).toMatchObject({ from: "last run", isCertain: false });
    expect(problems).toEqual([]);
  });
});

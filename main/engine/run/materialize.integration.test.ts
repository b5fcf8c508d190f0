// Every way to make a table × every way to write it: the gap in which Python results were never written cannot come back.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { warehouseProject } from "../../../test-support/warehouse-project.ts";

const csv = "id,day,amount\n1,2024-01-01,10\n2,2024-01-02,20\n3,2024-01-03,30\n";
const sourceYaml = (more: string): string => `kind: source\nname: orders\nsource: csv\ntable: data/orders.csv\n${more}`;

/** Each executor with a table of the same three rows; `targets` is a YAML list, `decorators` the same in Python. */
const makers: Readonly<Record<string, (targets: string, decorators: string) => Readonly<Record<string, string>>>> = {
  "source (CSV)": (targets) => ({ "data/orders.csv": csv, "pipelines/orders.yml": sourceYaml(targets) }),
  "transform (SQL)": (targets) => ({
    "data/orders.csv": csv,
    "pipelines/orders.yml": sourceYaml(""),
    "pipelines/result.yml": `kind: transform\nname: result\ntransform: select id, day, amount from source.orders order by id\n${targets}`,
  }),
  "transform (Python, decorated)": (_targets, decorators) => ({
    "data/orders.csv": csv,
    "pipelines/orders.yml": sourceYaml(""),
    "pipelines/result.py": `from headrace import transform, materialize\n\n@transform(name="result", inputs=["source.orders"])\n${decorators}\ndef result(ctx):\n    return ctx.ref("source.orders").arrow()\n`,
  }),
  "transform (Python, named in YAML)": (targets) => ({
    "data/orders.csv": csv,
    "pipelines/orders.yml": sourceYaml(""),
    "pipelines/work.py": "def work(ctx):\n    return ctx.duckdb.sql('select id, day, amount from orders')\n",
    "pipelines/result.yml": `kind: transform\nname: result\nfile: work.py\nfunction: work\ninputs:\n  - ref: source.orders\n${targets}`,
  }),
  "source (Python)": (_targets, decorators) => ({
    "pipelines/result.py": `from seeknal.pipeline import source, materialize\nimport datetime\n\n@source(name="orders")\n${decorators}\ndef orders():\n    return [{"id": i, "day": datetime.date(2024, 1, i), "amount": i * 10} for i in (1, 2, 3)]\n`,
  }),
};

const modes: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>> = {
  full: { mode: "full" },
  append: { mode: "append" },
  upsert_by_key: { mode: "upsert_by_key", unique_keys: ["id"] },
  incremental_by_time: { mode: "incremental_by_time", time_column: "day" },
};

const asYaml = (options: Readonly<Record<string, unknown>>): string =>
  `materializations:\n  - ${Object.entries(options)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join("\n    ")}\n`;
const asDecorator = (options: Readonly<Record<string, unknown>>): string =>
  `@materialize(${Object.entries(options)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join(", ")})`;

const cases = Object.keys(makers).flatMap((maker) => Object.keys(modes).map((mode) => [maker, mode] as const));

describe("PostgreSQL", () => {
  it.each(cases)("%s, %s", async (maker, mode) => {
    const options = { type: "postgresql", connection: "warehouse", table: "analytics.result", ...modes[mode] };
    await using project = await warehouseProject(makers[maker]?.(asYaml(options), asDecorator(options)) ?? {});
    const { summary, results } = await project.run();
    expect(summary.exitCode).toBe(0);
    const written = Object.values(results).flatMap((result) => result.metadata.targets);
    expect(written).toMatchObject([{ status: "SUCCESS", mode, rows: 3 }]);
    const rows = await project.select("select id::int, day::date::text, amount::int from analytics.result order by id");
    expect(rows).toEqual([
      { id: 1, day: "2024-01-01", amount: 10 },
      { id: 2, day: "2024-01-02", amount: 20 },
      { id: 3, day: "2024-01-03", amount: 30 },
    ]);
    expect((await project.run()).summary).toMatchObject({ ran: 0, failed: 0 });
  });
});

/** What a written file shows of its rows, by type, and what it should. */
const look: Readonly<Record<string, (bytes: Buffer) => unknown>> = {
  csv: (bytes) => bytes.toString("utf8").trim().split("\n").length,
  json: (bytes) => (JSON.parse(bytes.toString("utf8")) as readonly unknown[]).length,
  parquet: (bytes) => bytes.subarray(0, 4).toString(),
};
const shape: Readonly<Record<string, unknown>> = { csv: 4, json: 3, parquet: "PAR1" };

describe("files", () => {
  const files = Object.keys(makers).flatMap((maker) =>
    ["parquet", "csv", "json"].map((type) => [maker, type] as const),
  );
  it.each(files)("%s, %s", async (maker, type) => {
    const options = { type, path: `exports/result.${type}` };
    await using project = await warehouseProject(makers[maker]?.(asYaml(options), asDecorator(options)) ?? {});
    const { summary } = await project.run();
    expect(summary.exitCode).toBe(0);
    const bytes = await readFile(join(project.root, `exports/result.${type}`));
    expect(look[type]?.(bytes)).toBe(shape[type]);
  });
});

describe("targets of one node", () => {
  const two = `materializations:
  - { type: postgresql, connection: warehouse, table: analytics.good }
  - { type: postgresql, connection: warehouse, table: locked.bad }
`;
  it("fail alone, and only the failed one is written again", async () => {
    await using project = await warehouseProject({
      "pipelines/result.yml": `kind: transform\nname: result\ntransform: select 1 as id\n${two}`,
    });
    await project.client.query("create schema locked; create view locked.bad as select 'x' as other");
    const first = await project.run();
    expect(first.results["transform.result"]).toMatchObject({
      status: "FAILED",
      error: { code: "targets_failed" },
      metadata: { targets: [{ status: "SUCCESS" }, { status: "FAILED" }] },
    });
    expect(await project.select("select id::int from analytics.good")).toEqual([{ id: 1 }]);

    await project.client.query("drop view locked.bad");
    const plan = await project.plan();
    expect(plan.steps[0]).toMatchObject({ action: "materialize", reasons: [{ kind: "target_failed" }] });
    const second = await project.run();
    expect(second.results["transform.result"]?.metadata.targets).toMatchObject([
      { target: "postgresql:warehouse:locked.bad", status: "SUCCESS" },
    ]);
    expect((await project.run()).summary).toMatchObject({ ran: 0, cached: 1 });
  });

  it("are not written with --no-materialize, and are afterwards", async () => {
    await using project = await warehouseProject({
      "pipelines/result.yml": `kind: transform\nname: result\ntransform: select 1 as id\nmaterialization: { connection: warehouse, table: analytics.good }\n`,
    });
    await project.run({ materialize: false });
    expect(await project.select("select to_regclass('analytics.good') as t")).toEqual([{ t: null }]);
    const { results } = await project.run();
    expect(results["transform.result"]?.metadata.targets).toMatchObject([{ status: "SUCCESS" }]);
  });
});

it("keeps sums of 64-bit integers exact through parquet and in PostgreSQL", async () => {
  await using project = await warehouseProject({
    "pipelines/big.yml":
      "kind: transform\nname: big\ntransform: |\n  select sum(x) as total from (values (9007199254740993::bigint), (1::bigint)) t(x)\n",
    "pipelines/copy.yml":
      "kind: transform\nname: copy\ntransform: select total, total + 1 as more from transform.big\nmaterialization: { connection: warehouse, table: analytics.big }\n",
  });
  await project.run();
  expect(await project.rows("transform.copy")).toEqual([{ total: "9007199254740994", more: "9007199254740995" }]);
  expect(await project.select("select total::text, more::text from analytics.big")).toEqual([
    { total: "9007199254740994", more: "9007199254740995" },
  ]);
});

it("writes upserts right in two consecutive runs of one process", async () => {
  const result = (value: number): string =>
    `kind: transform\nname: result\ntransform: select 1 as id, ${value} as v\nmaterialization: { connection: warehouse, table: analytics.result, mode: upsert, unique_keys: [id] }\n`;
  await using project = await warehouseProject({ "pipelines/result.yml": result(1) });
  for (const value of [1, 2, 3]) {
    await project.write({ "pipelines/result.yml": result(value) });
    await project.run();
    expect(await project.select("select v::int from analytics.result")).toEqual([{ v: value }]);
  }
});

it("builds the five tables of a medallion pipeline, Python and SQL, every one of them logged", async () => {
  const target = (table: string, more = ""): string =>
    `materialization: { connection: warehouse, table: ${table}${more} }\n`;
  await using project = await warehouseProject({
    "data/orders.csv": csv,
    "pipelines/bronze/orders.yml": sourceYaml(target("bronze.orders", ", mode: append")),
    "pipelines/silver/clean.py": `from seeknal.pipeline.decorators import transform, materialize

@transform(name="clean_orders", inputs=["source.orders"])
@materialize(type="postgresql", connection="warehouse", table="silver.clean_orders", mode="upsert_by_key", unique_keys=["id"])
def clean_orders(ctx):
    return ctx.duckdb.sql("select * from orders where amount > 10")
`,
    "pipelines/silver/daily.yml": `kind: transform\nname: daily\ntransform: select day, sum(amount) as amount from ref('transform.clean_orders') group by day order by day\n${target("silver.daily", ", mode: incremental_by_time, time_column: day")}`,
    "pipelines/gold/total.yml": `kind: transform\nname: total\ntransform: select sum(amount) as total from transform.daily\n${target("gold.total")}`,
    "pipelines/gold/ranked.py": `from headrace import transform, materialize

@transform(name="ranked", inputs=["transform.clean_orders"])
@materialize(connection="warehouse", table="gold.ranked", mode="full")
def ranked(ctx):
    table = ctx.ref("transform.clean_orders").arrow()
    return table.sort_by([("amount", "descending")])
`,
  });
  const { summary, results } = await project.run();
  expect(summary).toMatchObject({ ran: 5, failed: 0 });
  for (const result of Object.values(results)) {
    expect(result.metadata.targets).toMatchObject([{ status: "SUCCESS" }]);
    expect(result.metadata.view_name).toBe(result.node_id);
  }
  const tables = await project.select(
    `select n.nspname || '.' || c.relname as name, c.relpersistence as kept, (xpath('/row/n/text()', query_to_xml('select count(*) as n from ' || c.oid::regclass, false, true, '')))[1]::text::int as rows
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('bronze', 'silver', 'gold') order by 1`,
  );
  expect(tables).toEqual([
    { name: "bronze.orders", kept: "p", rows: 3 },
    { name: "gold.ranked", kept: "p", rows: 2 },
    { name: "gold.total", kept: "p", rows: 1 },
    { name: "silver.clean_orders", kept: "p", rows: 2 },
    { name: "silver.daily", kept: "p", rows: 2 },
  ]);
});

describe("Python nodes", () => {
  it("run again when a helper module is edited", async () => {
    await using project = await warehouseProject({
      "pipelines/helper.py": "VALUE = 1\n",
      "pipelines/node.py":
        "from headrace import transform\nfrom helper import VALUE\n\n@transform(name='t')\ndef t():\n    return [{'v': VALUE}]\n",
    });
    await project.run();
    expect(await project.rows("transform.t")).toEqual([{ v: "1" }]);
    await project.write({ "pipelines/helper.py": "VALUE = 2\n" });
    const plan = await project.plan();
    expect(plan.steps[0]).toMatchObject({ action: "run", reasons: [{ kind: "python_changed" }] });
    await project.run();
    expect(await project.rows("transform.t")).toEqual([{ v: "2" }]);
  });

  it("run again when their environment changed, and the plan names the package", async () => {
    const node = (dependency: string): string =>
      `# /// script\n# dependencies = ["${dependency}"]\n# ///\nfrom headrace import transform\n\n@transform(name='t')\ndef t():\n    import six\n    return [{'v': six.__version__}]\n`;
    await using project = await warehouseProject({ "pipelines/node.py": node("six==1.16.0") });
    await project.run();
    expect(await project.rows("transform.t")).toEqual([{ v: "1.16.0" }]);
    await project.write({ "pipelines/node.py": node("six==1.17.0") });
    await project.run({ selectors: ["transform.t"] });
    expect(await project.rows("transform.t")).toEqual([{ v: "1.17.0" }]);
  });
});

it("writes its tables again when the connection means another server", async () => {
  const files = {
    "pipelines/result.yml":
      "kind: transform\nname: result\ntransform: select 1 as id\nmaterialization: { connection: warehouse, table: analytics.result }\n",
  };
  await using first = await warehouseProject(files);
  await first.run();
  expect((await first.run()).summary).toMatchObject({ ran: 0, cached: 1 });
  await using second = await warehouseProject(files);
  await first.write({ "profiles.yml": await second.read("profiles.yml") });
  const plan = await first.plan();
  expect(plan.steps[0]).toMatchObject({ action: "materialize", reasons: [{ kind: "target_changed" }] });
  await first.run();
  expect(await second.select("select id::int from analytics.result")).toEqual([{ id: 1 }]);
});

import { afterAll, beforeAll, expect, it } from "vitest";

import type { PythonBody } from "../../../shared/graph/index.ts";
import { inspecting, pythonFolder, type PythonFolder } from "../../../test-support/python.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import { discoverByImport } from "./index.ts";

const code = `
import datetime
import pandas as pd
import pyarrow as pa
from headrace import feature_group, materialize, source, transform
from seeknal.pipeline import transform as old_transform
from seeknal.pipeline.decorators import materialize as old_materialize

orders = pd.DataFrame({"shadow": [1]})
transform_orders = None

def customers():
    "A function with an input's name."

def make_orders(ctx):
    return ctx.duckdb.sql("select range as id, (range * 10)::hugeint as amount, 'c' || range as customer from range(3)")

def make_customers(ctx):
    return [{"name": "c1", "country": "ID"}, {"name": "c2", "country": "US"}]

@source
def bare(): ...

@transform(name="named", inputs=["source.orders"], tags=["a"] * 2)
@materialize(type="postgresql", table="gold." + "named")
@materialize("parquet", path="x.parquet")
def decorated(ctx): ...

@materialize
@feature_group("features", entity="customer")
def below(ctx): ...

@old_transform(name="old")
@old_materialize(type="csv")
def old(ctx): ...

def facts(ctx):
    return [{"fact": str(value)} for value in [
        ctx.date, ctx.start, ctx.end, ctx.params, ctx.config, ctx.node_id, ctx.kind, ctx.name,
        ctx.input(0).id, ctx.ref("orders").id, ctx.ref("source.customers").columns, len(ctx.ref("orders")),
        type(ctx.ref("orders").df()).__module__, type(ctx.ref("orders").pl()).__module__, type(ctx.ref("orders").arrow()).__name__,
        type(ctx.ref("orders").relation).__name__, ctx.ref("orders").relation.types[1], pa.table(ctx.ref("orders")).num_rows,
        ctx.ref("orders").sql("select count(*) from this join customers on name = customer").fetchone()[0],
        isinstance(ctx.date, datetime.date), callable(decorated), decorated.__name__,
    ]]

def shadowed(ctx):
    return ctx.duckdb.sql("select o.*, c.country from orders o join customers c on o.customer = c.name order by id")

def qualified(ctx):
    return ctx.duckdb.sql("select id from source.orders where id in (select id from input_0) order by id limit 1")

def from_a_variable(ctx):
    mine = ctx.ref("source.orders")
    return ctx.duckdb.sql("select sum(amount) as total from mine")

def from_a_frame(ctx):
    frame = ctx.ref("source.orders").df()
    table_ = pa.table({"id": [0]})
    return ctx.duckdb.execute("create table kept as select * from frame where id not in (select id from table_)").sql("select id, country from kept join lookup on true")

lookup = pd.DataFrame({"country": ["ID"]})

def namesake(ctx):
    orders = ctx.ref("source.orders").df().head(1)
    return ctx.duckdb.sql("select id from orders")

def by_stream(ctx):
    return pa.table(ctx.ref("source.customers"))

def no_function_is_a_table(ctx):
    return ctx.duckdb.sql("select * from by_stream")

def passes_through(ctx):
    return ctx.ref("orders")

def nothing():
    return [{"a": 1}]

def by_name(customers, orders):
    return [{"first": customers.id, "second": orders.id}]

def by_position(left, right):
    return [{"first": left.id, "second": right.id}]

def with_context(ctx, left, right=None):
    return [{"first": ctx.name, "second": left.id}]

def mixed(orders, other):
    return []

def too_few(left):
    return []

def annotated(orders: pd.DataFrame, customers: "pa.Table"):
    return [{"first": type(orders).__name__, "second": type(customers).__name__}]
`;

let folder: PythonFolder;
let reading: Awaited<ReturnType<typeof inspecting>>;
let inputs: readonly Relation[];
const never = new AbortController().signal;
const dependencies = ["pandas", "polars"];
const bodyOf = (name: string): PythonBody => folder.body({ function: name, dependencies });

beforeAll(async () => {
  folder = await pythonFolder(code);
  reading = await inspecting(folder);
  const made = async (name: string, id: string): Promise<Relation> => {
    const { file } = await folder.run({ body: bodyOf(name) });
    return { id, file, columns: (await reading.hosts.inspectParquet(file, never)).columns };
  };
  inputs = [await made("make_orders", "source.orders"), await made("make_customers", "source.customers")];
});
afterAll(async () => {
  await reading[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const rowsOf = async (name: string, changes: Parameters<PythonFolder["run"]>[0] = {}) =>
  reading.rows((await folder.run({ body: bodyOf(name), inputs, ...changes })).file);

it("offers inputs in every form, parameters, options and the run's dates", async () => {
  const facts = await rowsOf("facts", {
    params: { threshold: 3, list: [1, "a"] },
    config: { owner: "me" },
    interval: { date: "2024-02-29", start: "2024-02-01", end: "2024-03-01T00:00:00Z" },
  });
  expect(facts.flat()).toEqual([
    "2024-02-29",
    "2024-02-01 00:00:00+00:00",
    "2024-03-01 00:00:00+00:00",
    "{'threshold': 3, 'list': [1, 'a']}",
    "{'owner': 'me'}",
    "transform.run",
    "transform",
    "run",
    "source.orders",
    "source.orders",
    "['name', 'country']",
    "3",
    "pandas",
    "polars.dataframe.frame",
    "Table",
    "DuckDBPyRelation",
    "HUGEINT",
    "3",
    "2",
    "True",
    "True",
    "decorated",
  ]);
});

it("never lets a module's own names stand in for an input", async () => {
  expect(await rowsOf("shadowed")).toEqual([
    ["1", "10", "c1", "ID"],
    ["2", "20", "c2", "US"],
  ]);
});

it.each([
  ["qualified", [["0"]]],
  ["from_a_variable", [["30"]]],
  [
    "from_a_frame",
    [
      ["1", "ID"],
      ["2", "ID"],
    ],
  ],
  [
    "by_stream",
    [
      ["c1", "ID"],
      ["c2", "US"],
    ],
  ],
  ["nothing", [["1"]]],
  ["by_name", [["source.customers", "source.orders"]]],
  ["by_position", [["source.orders", "source.customers"]]],
  ["annotated", [["DataFrame", "Table"]]],
])("calls %s as its signature asks", async (name, rows) => {
  expect(await rowsOf(name)).toEqual(rows);
});

it("keeps an input's own types when it is returned as it is", async () => {
  const { file } = await folder.run({ body: bodyOf("passes_through"), inputs });
  expect((await reading.table(file)).columns).toEqual(inputs[0]?.columns);
});

it.each([
  ["mixed", /some parameters are named after inputs and `other` not/],
  ["too_few", /takes 1 inputs and the node has 2/],
  ["with_context", /takes 1 inputs and the node has 2/],
])("refuses to guess for %s", async (name, message) => {
  await expect(rowsOf(name)).rejects.toMatchObject({
    code: "python_signature",
    message: expect.stringMatching(message),
  });
});

it("warns when a query names an input and a variable alike, and reads the input", async () => {
  expect(await rowsOf("namesake")).toHaveLength(3);
  expect(folder.lines).toContainEqual(
    expect.objectContaining({ level: "warning", text: expect.stringContaining("not the variable orders") }),
  );
});

it("takes no function for a table", async () => {
  await expect(rowsOf("no_function_is_a_table")).rejects.toMatchObject({
    code: "python_failed",
    message: expect.stringContaining("Table with name by_stream does not exist"),
  });
});

it("runs a function that returns nothing when no output is expected", async () => {
  const output = await folder.run({ body: bodyOf("customers"), expectsOutput: false });
  expect(output).toMatchObject({ file: "", rows: 0 });
});

it("discovers decorated functions by importing the file", async () => {
  const found = await discoverByImport({
    projectRoot: folder.root,
    body: bodyOf("run"),
    runner: folder.runner,
    environment: process.env,
    signal: never,
    log: folder.log,
  });
  expect(
    found.map(({ function: name, kind, name: node, options, materializations }) => [
      name,
      kind,
      node,
      options,
      materializations,
    ]),
  ).toEqual([
    ["bare", "source", "bare", {}, []],
    [
      "decorated",
      "transform",
      "named",
      { inputs: ["source.orders"], tags: ["a", "a"] },
      [
        { type: "postgresql", table: "gold.named" },
        { type: "parquet", path: "x.parquet" },
      ],
    ],
    ["below", "feature_group", "features", { entity: "customer" }, [{}]],
    ["old", "transform", "old", {}, [{ type: "csv" }]],
  ]);
  expect(code.split("\n")[(found[0]?.line ?? 0) - 1]).toMatch(/^@source|^def bare/);
});

import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type TableRef, tableViewSchema } from "../../../shared/table/index.ts";
import { temporaryProject, type TemporaryProject } from "../../../test-support/temporary-project.ts";
import { warehouseProject } from "../../../test-support/warehouse-project.ts";
import type { OpenTable } from "./tables.ts";

const never = new AbortController().signal;
const whole = tableViewSchema.parse({});

interface Looked extends OpenTable {
  readonly cells: readonly (readonly (string | null)[])[];
}

const lookAt = async (project: TemporaryProject, table: TableRef): Promise<Looked> => {
  const { tables } = await project.engine();
  const opened = await tables.open(table, whole, never);
  const wanted = { offset: 0, limit: 2000, columns: null, longest: null };
  return { ...opened, cells: (await tables.rows(table, whole, wanted, never)).rows };
};
const node = (id: string): TableRef => ({ type: "node", node: id });

const source = (name: string, rest: string): string => `kind: source\nname: ${name}\n${rest}\n`;
const csv = (name: string, file: string, rest = ""): string =>
  source(name, `source: csv\ntable: data/${file}\n${rest}`);
const lines = (count: number, line: (row: number) => string): string =>
  Array.from({ length: count }, (_none, row) => `${line(row)}\n`).join("");

const odd = (row: number): string => `9007199254740993,"a ""b"",\n${row}",1.10,2024-02-29,`;
const records = Array.from({ length: 1500 }, (_none, id) => ({ id, nested: { texts: ["]", '"}'] }, big: "1" }));

/** Sources by name: what their files hold, and how they are read. */
const same = {
  odd: [csv("odd", "odd.csv"), "odd.csv", `big,text,money,day,nothing\n${lines(1500, odd)}`],
  packed: [csv("packed", "packed.csv.gz"), "packed.csv.gz", gzipSync(`a;b\n${lines(1500, (row) => `${row};ä`)}`)],
  wide: [
    csv("wide", "wide.csv"),
    "wide.csv",
    `${Array.from({ length: 100 }, (_none, at) => `c${at}`).join(",")}\n${lines(1200, (row) => Array.from({ length: 100 }, () => `${"long text ".repeat(9)}${row}`).join(","))}`,
  ],
  utf16: [
    csv("utf16", "utf16.csv"),
    "utf16.csv",
    Buffer.from(`\ufeffa,b\n${lines(1500, (row) => `${row},ä`)}`, "utf16le"),
  ],
  latin: [
    csv(
      "latin",
      "latin.csv",
      "params: {encoding: windows-1252, header: false}\nschema: [{name: column0, data_type: 'DECIMAL(5,2)'}, {name: column1, data_type: VARCHAR}]",
    ),
    "latin.csv",
    Buffer.from(
      lines(1500, () => "1.5,ä"),
      "latin1",
    ),
  ],
  array: [source("array", "source: json\ntable: data/array.json"), "array.json", JSON.stringify(records, null, 1)],
  objects: [
    source("objects", "source: jsonl\ntable: data/objects.jsonl"),
    "objects.jsonl",
    records.map((record) => JSON.stringify(record)).join("\n\n"),
  ],
  small: [csv("small", "small.csv"), "small.csv", "a,b\n1,\n2,x"],
  bare: [csv("bare", "bare.csv"), "bare.csv", "a,b\n"],
} as const satisfies Record<string, readonly [string, string, string | Uint8Array]>;

const other = {
  "pipelines/later.yml": csv("later", "later.csv"),
  "data/later.csv": `n,t\n${lines(1200, (row) => `${row},x`)}none,x\n`,
  "pipelines/damaged.yml": csv("damaged", "damaged.csv"),
  "data/damaged.csv": Buffer.concat([
    Buffer.from(`n,t\n${lines(1200, (row) => `${row},x`)}1\n"`),
    Buffer.from([0xff, 0]),
  ]),
  "pipelines/ragged.yml": csv("ragged", "ragged.csv"),
  "data/ragged.csv": "a,b\n1,2\n3\n4,5\n",
  "pipelines/typed.yml": csv("typed", "typed.csv", "schema: [{name: a, data_type: BIGINT}]"),
  "data/typed.csv": "a\n1\nx\n",
  "pipelines/empty.yml": csv("empty", "empty.csv"),
  "data/empty.csv": "",
  "pipelines/broken.yml": csv("broken", "broken.csv.gz"),
  "data/broken.csv.gz": Buffer.concat([gzipSync("a,b\n1,2\n").subarray(0, 14), Buffer.from("nothing")]),
  "pipelines/bytes.yml": csv("bytes", "bytes.csv"),
  "data/bytes.csv": Buffer.from("a,b\n1,\xe4\n", "latin1"),
  "pipelines/missing.yml": csv("missing", "smal.csv"),
  "pipelines/doubled.yml": "kind: transform\nname: doubled\ntransform: select n from ref('source.later')\n",
};

const samePaths = Object.entries(same).flatMap(([name, [yaml, file, content]]) => [
  [`pipelines/${name}.yml`, yaml] as const,
  [`data/${file}`, content] as const,
]);

describe("before a source was run", () => {
  let project: TemporaryProject;
  beforeAll(async () => {
    project = await temporaryProject({ ...Object.fromEntries(samePaths), ...other });
  });
  afterAll(() => project[Symbol.asyncDispose]());

  it.each(Object.keys(same))("%s: the first rows are those that its run gives", async (name) => {
    const id = `source.${name}`;
    const head = await lookAt(project, node(id));
    expect((await project.run({ selectors: [id] })).statuses[id]).toMatch(/SUCCESS|WARNING/);
    const run = await lookAt(project, node(id));
    expect(head.head).toEqual({ of: same[name as keyof typeof same][1], isAll: run.rows <= head.rows });
    expect(head.columns).toEqual(run.columns);
    expect(head.cells).toEqual(run.cells.slice(0, head.rows));
    expect(head.rows).toBe(Math.min(run.rows, name === "wide" ? head.rows : 1000));
    expect(run.head).toBeNull();
    expect(run.version).not.toBe(head.version);
  });

  it("types are those of the first rows; the run may know better", async () => {
    expect(await lookAt(project, node("source.later"))).toMatchObject({
      rows: 1000,
      isCut: true,
      columns: [{ name: "n", type: "BIGINT" }, { name: "t" }],
    });
    const draft = {
      type: "draft",
      node: "transform.doubled",
      sql: "select n * 2 as d from ref('source.later')",
    } as const;
    const doubled = await lookAt(project, draft);
    expect(doubled.samples).toEqual([{ input: "source.later", rows: 1000, of: null }]);
    expect(doubled.cells[999]).toEqual(["1998"]);
    await project.run({ selectors: ["source.later"] });
    expect(await lookAt(project, node("source.later"))).toMatchObject({
      rows: 1201,
      columns: [{ name: "n", type: "VARCHAR" }, { name: "t" }],
    });
  });

  it("what is wrong further down does not matter; what is wrong in the first rows says where", async () => {
    expect(await lookAt(project, node("source.damaged"))).toMatchObject({ rows: 1000 });
    const failing = {
      ragged: ["csv_ragged", /data\/ragged\.csv, line 3/],
      typed: ["source_value_wrong", /data\/typed\.csv.*line 3.*a/],
      empty: ["source_file_empty", /data\/empty\.csv is empty/],
      broken: ["source_file_damaged", /data\/broken\.csv\.gz/],
      bytes: ["source_encoding_wrong", /data\/bytes\.csv.*line 2/],
      missing: ["source_file_missing", /smal\.csv/],
    } as const;
    for (const [name, [code, message]] of Object.entries(failing)) {
      const error: unknown = await lookAt(project, node(`source.${name}`)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    }
  });
});

it("a file that changes is looked at again; a folder that is not trusted is not", async () => {
  let isTrusted = true;
  const files = { "pipelines/a.yml": csv("a", "a.csv"), "data/a.csv": "a\n1\n" };
  await using project = await temporaryProject(files, { isTrusted: () => isTrusted });
  expect((await lookAt(project, node("source.a"))).cells).toEqual([["1"]]);
  await project.write({ "data/a.csv": "a\n1\n22\n" });
  expect((await lookAt(project, node("source.a"))).cells).toEqual([["1"], ["22"]]);
  isTrusted = false;
  await expect(lookAt(project, node("source.a"))).rejects.toMatchObject({ code: "output_missing" });
});

it("a file that is still coming in shows what has come of it", async () => {
  await using project = await temporaryProject(
    { "target/uploads/one.part": `a,b\n${lines(40, (row) => `${row},"x\ny"`)}40,"x` },
    {
      arriving: async (upload) =>
        upload === "one"
          ? {
              path: project.path("target/uploads/one.part"),
              name: "late.csv",
              modified: 0,
              bytes: 1 << 20,
              isPart: true,
            }
          : null,
    },
  );
  const head = await lookAt(project, { type: "arriving", upload: "one" });
  expect(head).toMatchObject({ rows: 40, isCut: true, head: { of: "late.csv", isAll: false } });
  expect(head.cells.at(-1)).toEqual(["39", "x\ny"]);
  await expect(lookAt(project, { type: "arriving", upload: "two" })).rejects.toMatchObject({ code: "upload_gone" });
});

it("tables of SQLite and parquet files are read from their beginning", async () => {
  await using project = await temporaryProject({
    "pipelines/made.yml": "kind: transform\nname: made\ntransform: select range as n from range(5000)\n",
    "pipelines/table.yml": source("table", "source: sqlite\ntable: t\nparams: {path: data/t.sqlite}"),
    "pipelines/query.yml": source("query", "source: sqlite\nquery: select 1 as a\nparams: {path: data/t.sqlite}"),
    "pipelines/columns.yml": source("columns", "source: parquet\ntable: target/intermediate/transform_made.parquet"),
    "data/keep": "",
  });
  using database = new DatabaseSync(project.path("data/t.sqlite"));
  database.exec("create table t (n integer, t text)");
  database.exec(
    "with recursive r(n) as (select 1 union all select n + 1 from r where n < 3000) insert into t select n, 'x' from r",
  );
  await project.run({ selectors: ["transform.made"] });
  expect(await lookAt(project, node("source.table"))).toMatchObject({ rows: 1000, head: { of: "t", isAll: false } });
  expect(await lookAt(project, node("source.columns"))).toMatchObject({
    rows: 1000,
    columns: [{ name: "n", type: "BIGINT" }],
    head: { of: "transform_made.parquet", isAll: false },
  });
  // A query may take any time, which a click must not.
  await expect(lookAt(project, node("source.query"))).rejects.toMatchObject({ code: "output_missing" });
});

it("a table of a server is asked for its first rows alone", async () => {
  await using project = await warehouseProject({
    "pipelines/many.yml": source("many", "source: database\nconnection: warehouse\ntable: public.many"),
  });
  await project.select("create table many as select n::numeric(38,2) as n from generate_series(1, 3000) as n");
  expect(await lookAt(project, node("source.many"))).toMatchObject({
    rows: 1000,
    columns: [{ name: "n", type: "DECIMAL(38,2)" }],
    head: { of: "public.many", isAll: false },
  });
});

it("a server that does not answer a look in time is left alone, and the sentence says what to do", async () => {
  await using project = await warehouseProject({
    "pipelines/held.yml": source("held", "source: postgresql\nconnection: warehouse\ntable: public.held"),
    "pipelines/slow.yml": source("slow", "source: postgresql\nconnection: warehouse\ntable: public.slow"),
  });
  await project.select("create table held as select 1 as n");
  await project.select("create view slow as select pg_sleep(600)::text as n");
  await project.client.query("begin; lock table held");
  const look = (id: string): Promise<unknown> => lookAt(project, node(id)).catch((thrown: unknown) => thrown);
  const errors = await Promise.all([look("source.held"), look("source.slow")]);
  expect(errors).toMatchObject([{ code: "source_head_slow" }, { code: "source_head_slow" }]);
  expect(errors[0]).toMatchObject({
    message: expect.stringMatching(/has not given the first rows of public\.held within 5 s$/),
    next: expect.stringContaining("Run source.held"),
  });
  await project.client.query("commit");
  expect(await lookAt(project, node("source.held"))).toMatchObject({ cells: [["1"]] });
  // Nothing of it goes on over there.
  const left =
    "select 1 from pg_stat_activity where query like '%slow%' and state = 'active' and pid <> pg_backend_pid()";
  expect(await project.select(left)).toEqual([]);
});

import { readFile } from "node:fs/promises";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createConnectorHosts, forkHost } from "../duckdb/index.ts";
import { sourceBench, type SourceBench } from "../../../test-support/read-source.ts";

let bench: SourceBench;
let whole: Buffer;

/** Writes parquet files, each from a SELECT. */
const make = async (selects: Readonly<Record<string, string>>): Promise<void> => {
  await using hosts = createConnectorHosts({
    spawnHost: forkHost,
    workers: 1,
    tempDirectory: bench.path("temp"),
    extensionFile: () => Promise.reject(new Error("none")),
    limits: { memory: 1e9, threads: 1 },
  });
  await bench.write(Object.fromEntries(Object.keys(selects).map((file) => [file, ""])));
  const steps = Object.entries(selects).map(([file, sql]) => ({
    sql: `copy (${sql}) to '${bench.path(file)}' (format parquet, compression zstd)`,
  }));
  await hosts.run({ node: "source.made", steps }, new AbortController().signal);
};

beforeAll(async () => {
  bench = await sourceBench();
  await make({
    "a.parquet": "select i::integer as id, 'row ' || i as name, i * 1.5::double as price from range(5000) t(i)",
  });
  whole = await readFile(bench.path("a.parquet"));
});
afterAll(() => bench[Symbol.asyncDispose]());

const read = (config: Readonly<Record<string, unknown>> = {}) =>
  bench.read({ source: "parquet", table: "a.parquet", ...config });

it("keeps names, types, nested values and rows", async () => {
  await make({
    "types.parquet":
      "select 9007199254740993::bigint as i, 1.10::decimal(10,2) as d, timestamptz '2024-01-01 10:00:00+02' as t, " +
      "{'a': [1, null], 'b': map {'k': date '2024-01-31'}} as s, '\\xC3\\xA9'::blob as b, uuid 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' as u",
  });
  const { columns, rows } = await read({ table: "types.parquet" });
  expect(columns).toEqual([
    "i BIGINT",
    "d DECIMAL(10,2)",
    "t TIMESTAMP WITH TIME ZONE",
    "s STRUCT(a INTEGER[], b MAP(VARCHAR, DATE))",
    "b BLOB",
    "u UUID",
  ]);
  expect(rows[0]).toEqual([
    "9007199254740993",
    "1.10",
    "2024-01-01 08:00:00+00",
    "{'a': [1, NULL], 'b': {k=2024-01-31}}",
    String.raw`\xC3\xA9`,
    "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
  ]);
});

describe("declared columns", () => {
  const schema = (type: string) => ({
    schema: [
      { name: "name", data_type: "text" },
      { name: "id", data_type: "int" },
      { name: "price", data_type: type },
    ],
  });

  it("are put in their order and type where nothing is lost", async () => {
    const { columns, rows } = await read(schema("decimal(10,1)"));
    expect(columns).toEqual(["name VARCHAR", "id INTEGER", "price DECIMAL(10,1)"]);
    expect(rows[1]).toEqual(["row 1", "1", "1.5"]);
  });

  it("name the row that would lose something", async () => {
    await expect(read(schema("bigint"))).rejects.toMatchObject({
      code: "source_value_wrong",
      params: { path: "a.parquet", place: "row 2", column: "price", value: '"1.5"' },
    });
  });

  it.each([
    ["source_column_missing", { columns: { id: "", name: "", prize: "" } }],
    ["source_column_extra", { columns: { id: "", name: "" } }],
  ])("are compared with the file: %s", async (code, config) => {
    await expect(read(config)).rejects.toMatchObject({ code });
  });
});

describe("several files", () => {
  it("are joined by column name, sorted by file name", async () => {
    await make({ "m/2.parquet": "select 2 as a, 'y' as b", "m/1.parquet": "select 'x' as b, 1 as a" });
    expect((await read({ table: "m/*.parquet" })).rows).toEqual([
      ["x", "1"],
      ["y", "2"],
    ]);
  });

  it.each([
    ["columns", "select 1 as a, 2 as c", "only d/1.parquet has b"],
    ["types", "select 1::bigint as a, 'y' as b", "a is INTEGER in the one and BIGINT in the other"],
  ])("are refused when their %s differ", async (_what, second, detail) => {
    await make({ "d/1.parquet": "select 1 as a, 'x' as b", "d/2.parquet": second });
    const params = { path: "d/1.parquet", other: "d/2.parquet", detail };
    await expect(read({ table: "d/*.parquet" })).rejects.toMatchObject({ code: "source_schema_differs", params });
  });

  it("are named when the second is damaged inside", async () => {
    await make({ "e/1.parquet": "select i as a from range(9) t(i)" });
    const damaged = Buffer.from(whole).fill(0x55, 100, 3000);
    await bench.write({ "e/1.parquet": whole, "e/2.parquet": damaged });
    const params = { path: "e/2.parquet" };
    await expect(read({ table: "e/*.parquet" })).rejects.toMatchObject({ code: "source_file_damaged", params });
  });
});

it.each<[string, (whole: Buffer) => Uint8Array, string]>([
  ["empty", () => Buffer.alloc(0), "source_file_empty"],
  ["cut off", (bytes) => bytes.subarray(0, bytes.length / 2), "source_file_damaged"],
  ["without its footer", (bytes) => bytes.subarray(0, -8), "source_file_damaged"],
  ["damaged inside", (bytes) => Buffer.from(bytes).fill(0x55, 100, 3000), "source_file_damaged"],
  ["text", () => Buffer.from("id,name\n1,x\n"), "source_file_damaged"],
])("refuses a file that is %s", async (_what, damage, code) => {
  await bench.write({ "x.parquet": damage(whole) });
  await expect(read({ table: "x.parquet" })).rejects.toMatchObject({ code, params: { path: "x.parquet" } });
});

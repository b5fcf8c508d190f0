import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { sourceBench, type SourceBench } from "../../../test-support/read-source.ts";

let bench: SourceBench;
beforeAll(async () => {
  bench = await sourceBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

type Config = Readonly<Record<string, unknown>>;

const read = async (content: string | Uint8Array, config: Config = {}) => {
  await bench.write({ "data/a.json": content });
  return bench.read({ source: "json", table: "data/a.json", ...config });
};
const readLines = (content: string | Uint8Array, config: Config = {}) => read(content, { source: "jsonl", ...config });
const typed = (type: string) => ({ schema: [{ name: "a", data_type: type }] });

describe("layouts", () => {
  it.each<[string, string | Uint8Array]>([
    ["an array", '[{"a":1},{"a":2}]'],
    ["an array over many lines", '[\n  {"a": 1},\n  {"a": 2}\n]\n'],
    ["objects line by line", '{"a":1}\n{"a":2}\n'],
    ["UTF-8 with a byte order mark", '\ufeff[{"a":1},{"a":2}]'],
    ["UTF-16", Buffer.from('\ufeff[{"a":1},{"a":2}]', "utf16le")],
  ])("%s", async (_what, content) => {
    expect((await read(content)).rows).toEqual([["1"], ["2"]]);
  });

  it("takes one object as one row", async () => {
    expect((await read('{"a":1,"b":[{"c":2}]}')).columns).toEqual(["a BIGINT", "b STRUCT(c BIGINT)[]"]);
  });

  it("passes over blank lines of jsonl", async () => {
    expect((await readLines('\n{"a":1}\n\n{"b":true}\n\n')).rows).toEqual([
      ["1", null],
      [null, "true"],
    ]);
  });

  it("reads several files as one", async () => {
    await bench.write({ "many/1.json": '[{"a":1}]', "many/2.json": '{"b":2}' });
    expect((await bench.read({ source: "json", table: "many/*.json" })).rows).toEqual([
      ["1", null],
      [null, "2"],
    ]);
  });

  it("reads a record of twenty megabytes", async () => {
    const { output } = await read(JSON.stringify([{ a: "x".repeat(20_000_000) }, { a: "y" }]));
    expect(output.rows).toBe(2);
  });
});

describe("types found from every record", () => {
  it.each([
    [["1", "-2", "null"], "BIGINT"],
    [["1", "18446744073709551615"], "HUGEINT"],
    [["12345678901234567890123"], "HUGEINT"],
    [["1", "1.5", "1e3"], "DOUBLE"],
    [["9007199254740993", "0.5"], "DECIMAL(38,1)"],
    [["true", "false"], "BOOLEAN"],
    [['"5"', '"007"'], "VARCHAR"],
    [['"true"'], "VARCHAR"],
    [['"2024-01-31"'], "DATE"],
    [['"2024-01-31T10:00:00Z"'], "TIMESTAMP WITH TIME ZONE"],
    [['"01/02/2024"'], "VARCHAR"],
    [["1", '"x"'], "JSON"],
    [["1", '{"b": 1}'], "JSON"],
    [["[1, null]", "[2]"], "BIGINT[]"],
    [["[1, 1.5]"], "DOUBLE[]"],
    [['{"b": 1}', '{"c": {"d": "x"}}'], "STRUCT(b BIGINT, c STRUCT(d VARCHAR))"],
    [["{}"], "JSON"],
    [["null"], "VARCHAR"],
  ])("%j is %s", async (values, type) => {
    const records = values.map((value) => `{"a":${value},"k":1}`);
    expect((await read(`[${records.join(",")}]`)).columns[0]).toBe(`a ${type}`);
  });
});

describe("declared types", () => {
  it.each([
    ["integer", "1.0", "1"],
    ["integer", '"5"', "5"],
    ["decimal(38,0)", "12345678901234567890123", "12345678901234567890123"],
    ["date", '"2024-01-31"', "2024-01-31"],
    ["varchar", "1.25", "1.25"],
    ["struct(x varchar)", '{"x":5}', "{'x': 5}"],
    ["struct(x int)", '{"x":"5"}', "{'x': 5}"],
    ["struct(x timestamptz)", '{"x":"2024-01-31T10:00:00+02:00"}', "{'x': '2024-01-31 08:00:00+00'}"],
    ["struct(x timestamp)", '{"x":"2024-01-31T10:00:00Z"}', "{'x': '2024-01-31 10:00:00'}"],
    ["varchar", "true", "true"],
    ["json", '{"z":1,"a":[1.5]}', '{"z":1,"a":[1.5]}'],
    ["int[]", "[1,null]", "[1, NULL]"],
    ["struct(x int, y date)", '{"y":"2024-01-31"}', "{'x': NULL, 'y': 2024-01-31}"],
    ["map(varchar, int)", '{"x":1}', "{x=1}"],
  ])("%s holds %s", async (type, value, text) => {
    expect((await readLines(`{"a":${value}}\n`, typed(type))).rows).toEqual([[text]]);
  });

  it.each([
    ["integer", "1.5"],
    ["integer", '"x"'],
    ["integer", "true"],
    ["bigint", "9223372036854775808"],
    ["double", "9007199254740993"],
    ["date", '"2024-01-31T10:00:00"'],
    ["int[]", "[1,1.5]"],
    ["int[]", '"1"'],
    ["date[]", '["0044-03-15 BC"]'],
    ["struct(x int)", '{"x":1,"y":"z"}'],
    ["struct(x int)", '{"x":1.5}'],
    ["struct(x int)", '"x"'],
    ["struct(x int)", "[1]"],
    ["struct(s struct(x int))", '{"s":"x"}'],
    ["struct(x int)", '{"x":true}'],
    ["struct(x date)", '{"x":"2024-01-31T10:00:00"}'],
    ["struct(x timestamp)", '{"x":"2024-01-31T10:00:00+02:00"}'],
  ])("%s does not hold %s", async (type, value) => {
    await expect(readLines(`{"a":null}\n\n{"a":${value}}\n`, typed(type))).rejects.toMatchObject({
      code: "source_value_wrong",
      params: { path: "data/a.json", place: "line 3", column: "a" },
    });
  });

  it("counts the records of an array for the place", async () => {
    await expect(read('[{"a":1},\n{"a":"x"}]', typed("int"))).rejects.toMatchObject({ params: { place: "record 2" } });
  });

  it("gives an empty array its declared columns", async () => {
    const { columns, output } = await read("[]", typed("int"));
    expect([columns, output.rows, output.warnings]).toEqual([["a INTEGER"], 0, ["data/a.json holds no records"]]);
  });
});

it("keeps any key there is", async () => {
  const { columns, rows } = await readLines(String.raw`{"a\"b":1,"c.d":2,"e/f~g":3,"":4,"ü $[0]":5,"x\\y":6}`);
  expect(columns.map((column) => column.replace(" BIGINT", ""))).toEqual([
    'a"b',
    "c.d",
    "e/f~g",
    "column",
    "ü $[0]",
    "x\\y",
  ]);
  expect(rows).toEqual([["1", "2", "3", "4", "5", "6"]]);
});

describe("damaged files", () => {
  it.each<[string, string | Uint8Array, Config, string, Config]>([
    ["empty", "", {}, "source_file_empty", {}],
    ["a comma too many", '[{"a":1},\n{"a":2,,}]', {}, "json_damaged", { line: 2 }],
    ["a cut array", '[{"a":1},\n{"a":2}', {}, "json_damaged", { line: 2 }],
    ["a cut text", '[{"a":1},\n{"a":"x', {}, "json_damaged", { line: 2 }],
    ["more behind the array", '[{"a":1}]\n[{"a":2}]', {}, "json_damaged", { line: 2 }],
    ["a bad line", '{"a":1}\n\n{"b":tru}\n', { source: "jsonl" }, "json_damaged", { line: 3 }],
    ["two records in a line", '{"a":1}\n{"a":2} {"a":3}\n', { source: "jsonl" }, "json_damaged", { line: 2 }],
    ["an array where lines are expected", '[{"a":1}]', { source: "jsonl" }, "json_not_records", { found: "a list" }],
    ["a number among the records", '[{"a":1},5]', {}, "json_not_records", { place: "record 2", found: "a number" }],
    ["a text among the records", '[{"a":1},"x"]', {}, "json_not_records", { found: "a text" }],
    [
      "a number too exact",
      '[{"a":1.5},{"a":0.12345678901234567890}]',
      {},
      "json_number_inexact",
      { place: "record 2" },
    ],
    ["a key twice", '[{"a":1},{"a":1,"A":2}]', {}, "json_key_twice", { place: "record 2" }],
    ["a key in other capitals", '[{"a":1},{"A":2}]', {}, "json_key_twice", { column: "A" }],
    ["Latin-1", Buffer.from('[{"a":1},\n{"a":"\xe9"}]', "latin1"), {}, "source_encoding_wrong", { line: 2 }],
    ["a parquet file", Buffer.from("PAR1xxxxPAR1"), {}, "source_file_binary", {}],
    ["no columns", "[]", {}, "source_no_columns", {}],
    [
      "a missing column",
      '[{"a":1}]',
      { schema: [{ name: "b", data_type: "int" }] },
      "source_column_missing",
      { column: "b" },
    ],
    ["a column too many", '[{"a":1,"b":2}]', typed("int"), "source_column_extra", { column: "b" }],
  ])("%s", async (_what, content, config, code, params) => {
    await expect(read(content, config)).rejects.toMatchObject({ code, params });
  });
});

import { gzipSync, zstdCompressSync } from "node:zlib";

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { sourceBench, type SourceBench } from "../../../test-support/read-source.ts";

let bench: SourceBench;
beforeAll(async () => {
  bench = await sourceBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const ids = [
  { name: "id", data_type: "integer" },
  { name: "name", data_type: "text" },
];

const read = async (content: string | Uint8Array, config: Readonly<Record<string, unknown>> = {}) => {
  await bench.write({ "data/orders.csv": content });
  return bench.read({ source: "csv", table: "data/orders.csv", ...config });
};

const latin1 = (text: string) => Buffer.from(text, "latin1");
const utf16 = (text: string) => Buffer.from(text, "utf16le");

describe("what is unusual and yet right", () => {
  const rows = [
    ["1", "x"],
    ["2", "y"],
  ];
  it.each<[string, string | Uint8Array, Readonly<Record<string, unknown>>]>([
    ["plain", "id,name\n1,x\n2,y\n", {}],
    ["semicolons", "id;name\n1;x\n2;y\n", {}],
    ["tabs", "id\tname\n1\tx\n2\ty\n", {}],
    ["pipes, pinned", "id|name\n1|x\n2|y\n", { params: { delimiter: "pipe" } }],
    ["CR LF", "id,name\r\n1,x\r\n2,y\r\n", {}],
    ["lines of both kinds", "id,name\r\n1,x\n2,y\r\n", {}],
    ["CR", "id,name\r1,x\r2,y\r", {}],
    ["no last line end", "id,name\n1,x\n2,y", {}],
    ["blank lines", "id,name\n\n1,x\n\n2,y\n\n\n", {}],
    ["UTF-8 with a byte order mark", "\ufeffid,name\n1,x\n2,y\n", {}],
    ["UTF-16", utf16("\ufeffid,name\n1,x\n2,y\n"), {}],
    ["UTF-16 without a mark, pinned", utf16("id,name\n1,x\n2,y\n"), { params: { encoding: "utf-16le" } }],
    ["gzip", gzipSync("id,name\n1,x\n2,y\n"), {}],
    ["zstd", zstdCompressSync("id,name\n1,x\n2,y\n"), {}],
    ["packed UTF-16", gzipSync(utf16("\ufeffid,name\n1,x\n2,y\n")), {}],
    ["other quotes", "id,name\n1,'x'\n2,y\n", { params: { quote: "'" } }],
    ["no quotes at all, pinned", "id,name\n1,x\n2,y\n", { params: { delimiter: ",", quote: "" } }],
    ["spaces between fields", 'id name\n1 "x"\n2 y\n', { params: { delimiter: "space" } }],
    ["a note above the header", "made by hand\nid,name\n1,x\n2,y\n", { params: { skip: 1 } }],
    ["no header", "1,x\n2,y\n", { params: { header: false } }],
    ["columns in another order", "name,id\nx,1\ny,2\n", { schema: ids }],
    ["names in other capitals", "ID,Name\n1,x\n2,y\n", { schema: ids }],
  ])("%s", async (_what, content, config) => {
    expect((await read(content, config)).rows).toEqual(rows);
  });

  it("keeps line breaks, quotes and delimiters inside quotes", async () => {
    const { rows: found } = await read('id,name\n1,"a ""b"",\r\nc"\n', { schema: ids });
    expect(found).toEqual([["1", 'a "b",\r\nc']]);
  });

  it("reads another encoding when it is named", async () => {
    const { rows: found } = await read(latin1("id,name\n1,café\n"), { params: { encoding: "windows-1252" } });
    expect(found).toEqual([["1", "café"]]);
  });

  it("gives a header without rows its declared types, and says so", async () => {
    const { columns, output } = await read("id,name\n", { schema: ids });
    expect([columns, output.rows]).toEqual([["id INTEGER", "name VARCHAR"], 0]);
    expect(output.warnings).toEqual(["data/orders.csv has a header and no rows"]);
  });

  it("finds an escape that comes only far down", async () => {
    const beginning = "id,name\n".concat('1,"x"\n'.repeat(30_000));
    const { output } = await read(`${beginning}${'2,"say \\"hi\\", you"\n'.repeat(2000)}`, { schema: ids });
    expect([output.rows, output.metadata?.["pin"]]).toMatchObject([32_000, { params: { escape: "\\" } }]);
  });

  it("reads a record longer than DuckDB's usual limit", async () => {
    const long = "x".repeat(3_000_000);
    const { output } = await read(`id,name\n1,"${long}"\n2,y\n`, { schema: ids, params: { delimiter: "," } });
    expect(output.rows).toBe(2);
  });
});

describe("types found from every value", () => {
  it.each([
    ["1\n-2\n9223372036854775807", "BIGINT"],
    ["1\n9223372036854775808", "HUGEINT"],
    ["1.5\n2\n-0.25\n1e3", "DOUBLE"],
    ["10.357019999999999\n1", "DOUBLE"],
    ["9007199254740993\n1.5", "DECIMAL(38,1)"],
    ["0.12345678901234567890", "DECIMAL(38,20)"],
    ["0012\n0345", "VARCHAR"],
    ["true\nFalse", "BOOLEAN"],
    ["yes\nno", "VARCHAR"],
    ["2024-01-31\n0001-01-01", "DATE"],
    ["2024-02-30", "VARCHAR"],
    ["01/02/2024", "VARCHAR"],
    ["2024-01-31\n2024-01-31 10:00:00", "TIMESTAMP"],
    ["2024-01-31T10:00:00.123456", "TIMESTAMP"],
    ["2024-01-31T10:00:00.123456789", "VARCHAR"],
    ["2024-01-31 10:00:00+02\n2024-01-31T10:00:00Z", "TIMESTAMP WITH TIME ZONE"],
    ["2024-01-31 10:00:00+02\n2024-01-31 10:00:00", "VARCHAR"],
    ["10:00:00", "TIME"],
    ["1\nx", "VARCHAR"],
    ["1_000", "VARCHAR"],
    ["0x1F", "VARCHAR"],
    ["nan", "VARCHAR"],
    ["1e999", "VARCHAR"],
    ["", "VARCHAR"],
  ])("%j is %s", async (values, type) => {
    const lines = values.split("\n").map((value) => `${value},k`);
    const { columns } = await read(`v,k\n${lines.join("\n")}\n`);
    expect(columns[0]).toBe(`v ${type}`);
  });

  it("takes params.types for some columns, and tells how to pin the rest", async () => {
    const { columns, output, logs } = await read("id,zip\n1,20095\n", { params: { types: { zip: "text" } } });
    expect(columns).toEqual(["id BIGINT", "zip VARCHAR"]);
    expect(logs).toHaveLength(1);
    expect(output.metadata).toMatchObject({
      pinned: false,
      pin: { params: { delimiter: ",", header: true }, schema: [{ name: "id", data_type: "BIGINT" }, { name: "zip" }] },
    });
  });

  it("says nothing about pinning when everything is pinned", async () => {
    const { logs, output } = await read("id,name\n1,x\n", { schema: ids, params: { delimiter: "," } });
    expect([logs, output.metadata?.["pinned"]]).toEqual([[], true]);
  });
});

describe("values that would lose something by their declared type", () => {
  it.each([
    ["tinyint", "300"],
    ["integer", "1.5"],
    ["integer", "1_000"],
    ["integer", "0x1F"],
    ["integer", "1e3"],
    ["bigint", "9223372036854775808"],
    ["decimal(10,2)", "1.239"],
    ["double", "9007199254740993"],
    ["double", "1e999"],
    ["double", "1,5"],
    ["float", "16777217"],
    ["date", "2024-01-31 10:00:00"],
    ["date", "2024-02-30"],
    ["date", "31.01.2024"],
    ["timestamp", "2024-01-31T10:00:00+02"],
    ["timestamp", "2024-01-31 10:00:00.1234567"],
    ["timestamp", "2024-01-31 10:00 PM"],
    ["time", "25:00:00"],
    ["boolean", "maybe"],
    ["uuid", "no"],
  ])("%s does not hold %s", async (type, value) => {
    const content = `v;k\n;a\n;"b\nb"\n${value};c\n`;
    const schema = [
      { name: "v", data_type: type },
      { name: "k", data_type: "text" },
    ];
    await expect(read(content, { schema, params: { delimiter: ";" } })).rejects.toMatchObject({
      code: "source_value_wrong",
      params: { path: "data/orders.csv", place: "line 5", column: "v", value: JSON.stringify(value) },
    });
  });

  it.each([
    ["integer", " 5 ", "5"],
    ["integer", "+7", "7"],
    ["integer", "4.00", "4"],
    ["decimal(10,2)", "1.500", "1.50"],
    ["double", "9007199254740992", "9007199254740992.0"],
    ["date", "2024/1/5", "2024-01-05"],
    ["date", "2024-01-31 00:00:00", "2024-01-31"],
    ["timestamp", "2024-01-31T10:00:00Z", "2024-01-31 10:00:00"],
    ["timestamptz", "2024-01-31T10:00:00+02", "2024-01-31 08:00:00+00"],
    ["boolean", "yes", "true"],
    ["int[]", "[1, 2]", "[1, 2]"],
  ])("%s holds %j", async (type, value, text) => {
    const { rows } = await read(`v;k\n${value};x\n`, { params: { delimiter: ";", types: { v: type } } });
    expect(rows[0]?.[0]).toBe(text);
  });

  it("reads dates in the format that is named, and only in that", async () => {
    const params = { delimiter: ",", dateformat: "%d/%m/%Y", types: { v: "date" } };
    expect((await read("v,k\n03/02/2024,x\n", { params })).rows[0]?.[0]).toBe("2024-02-03");
    await expect(read("v,k\n2024-02-03,x\n", { params })).rejects.toMatchObject({ code: "source_value_wrong" });
  });

  it("takes the texts that are named for NULL", async () => {
    const params = { delimiter: ",", nullstr: ["NA", "-"], types: { v: "integer" } };
    expect((await read("v,k\nNA,x\n-,NA\n,\n3,y\n", { params })).rows).toEqual([
      [null, "x"],
      [null, null],
      [null, ""],
      ["3", "y"],
    ]);
  });
});

describe("several files", () => {
  const glob = { source: "csv", table: "many/*.csv" };

  it("are joined by column name", async () => {
    await using several = await sourceBench({ "many/1.csv": "a,b\n1,x\n", "many/2.csv": "b,a\ny,2\n" });
    expect((await several.read(glob)).rows).toEqual([
      ["1", "x"],
      ["2", "y"],
    ]);
    expect(Object.keys((await several.state(glob))?.parts ?? {})).toEqual(["many/1.csv", "many/2.csv"]);
  });

  it("are refused when their columns differ", async () => {
    await using several = await sourceBench({ "many/1.csv": "a,b\n1,x\n", "many/2.csv": "a,c\n2,y\n" });
    const params = { path: "many/1.csv", other: "many/2.csv", column: "b" };
    await expect(several.read(glob)).rejects.toMatchObject({ code: "source_schema_differs", params });
  });

  it("are named when a value of the second is wrong", async () => {
    await using several = await sourceBench({ "many/1.csv": "a,b\n1,x\n", "many/2.csv": "a,b\n2,y\nz,z\n" });
    await expect(several.read({ ...glob, params: { types: { a: "int" } } })).rejects.toMatchObject({
      params: { path: "many/2.csv", place: "line 3", column: "a" },
    });
  });

  it("change their state with any byte, and not with a new time", async () => {
    await using several = await sourceBench({ "many/1.csv": "a,b\n1,x\n" });
    const before = await several.state(glob);
    await several.write({ "many/1.csv": "a,b\n1,x\n" });
    expect(await several.state(glob)).toEqual(before);
    await several.write({ "many/1.csv": "a,b\n1,y\n" });
    expect(await several.state(glob)).not.toEqual(before);
  });
});

it("gives back any text that is written", async () => {
  const cell = fc.string({
    unit: fc.constantFrom("a", "é", "😀", ",", ";", '"', "\n", "\r", " ", "0", "\\"),
    maxLength: 8,
  });
  const line = (row: readonly string[]) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(",");
  const schema = ["a", "b", "c"].map((name) => ({ name, data_type: "text" }));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 30 }), async (rows) => {
      const { rows: found } = await read(`a,b,c\n${rows.map(line).join("\n")}\n`, {
        schema,
        params: { delimiter: "," },
      });
      expect(found).toEqual(rows.map((row) => row.map((value) => (value === "" ? null : value))));
    }),
    { numRuns: 60 },
  );
});

it("stops reading when it is cancelled", async () => {
  const controller = new AbortController();
  controller.abort();
  await bench.write({ "data/orders.csv": "id,name\n1,x\n" });
  await expect(
    bench.read({ source: "csv", table: "data/orders.csv" }, { signal: controller.signal }),
  ).rejects.toMatchObject({ name: expect.stringMatching(/Abort|Cancelled/) });
});

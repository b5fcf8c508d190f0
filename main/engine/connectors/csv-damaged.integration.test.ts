import { gzipSync } from "node:zlib";

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
const packed = gzipSync(`id,name\n${"1,x\n".repeat(5000)}`);

// The twenty-six damaged files, and what each must say. DuckDB's own automatic reading was silently wrong on six.
describe("damaged files", () => {
  it.each<[string, string | Uint8Array, Readonly<Record<string, unknown>>, string, Readonly<Record<string, unknown>>]>([
    ["empty", "", {}, "source_file_empty", { path: "data/orders.csv" }],
    ["only blank lines", "\n\n\n", {}, "source_file_empty", {}],
    ["a record too short", "id,name\n1,x\n2\n", {}, "csv_ragged", { line: 3, expected: 2, found: 1 }],
    ["a record too long", "id,name\n1,x\n2,y,z\n", {}, "csv_ragged", { line: 3, expected: 2, found: 3 }],
    ["a delimiter too many", "id,name\n1,x,\n", {}, "csv_ragged", { line: 2 }],
    ["every record longer than the header", "id,name\n1,x,a\n2,y,b\n", {}, "csv_ragged", { line: 2 }],
    ["a note above the header", "made by hand\nid,name,at\n1,x,2\n", {}, "csv_ragged", {}],
    ["an open quote", 'id,name\n1,"x\n2,y\n', {}, "csv_quotes_wrong", { line: 2 }],
    ["text behind a quote", 'id,name\n1,"x"y\n', {}, "csv_quotes_wrong", { line: 2 }],
    [
      "backslashes before quotes",
      'id,name\n1,"x\\"y"\n',
      { params: { delimiter: "," } },
      "csv_quotes_wrong",
      { line: 2 },
    ],
    ["zero bytes", "id,name\n1,x\0y\n", {}, "source_file_binary", {}],
    ["a picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), {}, "source_file_binary", {}],
    [
      "random bytes",
      Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251)),
      {},
      "source_file_binary",
      {},
    ],
    ["an Excel workbook", Buffer.from("504b030414000600", "hex"), {}, "source_file_binary", {}],
    ["a parquet file", Buffer.from("PAR1xxxxPAR1"), {}, "source_file_binary", { how: "Write `source: parquet`." }],
    ["Latin-1 unannounced", latin1("id,name\n1,x\n2,café\n"), {}, "source_encoding_wrong", { line: 3 }],
    [
      "another encoding than named",
      latin1("id,name\n1,caf\xe9"),
      { params: { encoding: "utf-8" } },
      "source_encoding_wrong",
      {},
    ],
    ["UTF-16 cut in half", utf16("\ufeffid,name\n1,x\n").subarray(0, -1), {}, "source_encoding_wrong", {}],
    ["truncated gzip", packed.subarray(0, -20), {}, "source_file_damaged", {}],
    ["damaged gzip", Buffer.concat([packed.subarray(0, 12), Buffer.alloc(30, 7)]), {}, "source_file_damaged", {}],
    ["the wrong delimiter", "id;name\n1;x\n", { params: { delimiter: "," } }, "csv_one_column", { likely: '";"' }],
    ["no header", "1,x\n2,y\n", {}, "csv_header_unclear", {}],
    ["a name twice", "id,name,ID\n1,x,2\n", {}, "csv_header_twice", { column: "ID", first: 1, second: 3 }],
    [
      "other names",
      "id,nmae\n1,x\n",
      { schema: ids },
      "source_column_missing",
      { column: "name", suggestion: "Did you mean nmae?" },
    ],
    ["a column too many", "id,name,at\n1,x,2\n", { schema: ids }, "source_column_extra", { column: "at" }],
    ["a bad number", "id,name\n1,x\ntwo,y\n", { schema: ids }, "source_value_wrong", { place: "line 3", column: "id" }],
    ["a type for no column", "id,name\n1,x\n", { params: { types: { nam: "text" } } }, "source_column_missing", {}],
  ])("%s", async (_what, content, config, code, params) => {
    await expect(read(content, config)).rejects.toMatchObject({ code, params });
  });

  it("names a bad value far down in a large file", async () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `${i},x${i}`);
    rows[177_776] = "17777b,x";
    const schema = { schema: ids, params: { delimiter: "," } };
    await expect(read(`id,name\n${rows.join("\n")}\n`, schema)).rejects.toMatchObject({
      code: "source_value_wrong",
      params: { place: "line 177778", value: '"17777b"' },
    });
  });
});

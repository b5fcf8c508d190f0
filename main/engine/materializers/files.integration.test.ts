import { readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

import { materializing, type Materializing } from "../../../test-support/targets/materializing.ts";
import { parquetScan } from "./parquet-scan.ts";

let bench: Materializing;
beforeAll(async () => {
  bench = await materializing();
});
afterAll(() => bench[Symbol.asyncDispose]());

const sql = `select * from (values
  (1, 'a "quoted", text', date '2024-02-29', timestamp '2024-02-29 12:00:00.5', timestamptz '2024-02-29 12:00:00+02', 9007199254740993::hugeint, [1, 2], 1.10::decimal(4,2)),
  (2, null, null, null, null, null, null, null)) t(id, name, day, stamp, moment, big, list, price)`;
const read = (file: string) => readFile(join(bench.root, file), "utf8");

it("csv has a header and ISO dates", async () => {
  const result = await bench.write(sql, { type: "csv", path: "exports/orders.csv" });
  expect(result).toMatchObject({
    target: "csv:exports/orders.csv",
    type: "csv",
    mode: "full",
    status: "SUCCESS",
    rows: 2,
    error: null,
  });
  expect(await read("exports/orders.csv")).toBe(
    'id,name,day,stamp,moment,big,list,price\n1,"a ""quoted"", text",2024-02-29,2024-02-29T12:00:00.500000,2024-02-29T10:00:00.000000Z,9007199254740993,"[1, 2]",1.10\n2,,,,,,,\n',
  );
});

it.each(["orders.jsonl", "orders.ndjson"])("%s is one object a line", async (path) => {
  expect(await bench.write(sql, { type: "json", path })).toMatchObject({ status: "SUCCESS" });
  const [first, second] = (await read(path)).trimEnd().split("\n");
  expect(first).toBe(
    '{"id":1,"name":"a \\"quoted\\", text","day":"2024-02-29","stamp":"2024-02-29T12:00:00.500000","moment":"2024-02-29T10:00:00.000000Z","big":9007199254740993,"list":[1,2],"price":1.1}',
  );
  expect(JSON.parse(second ?? "")).toMatchObject({ id: 2, name: null });
});

it("json is one array, also of no rows", async () => {
  await bench.write(sql, { type: "json", path: "orders.json" });
  expect(JSON.parse(await read("orders.json"))).toHaveLength(2);
  await bench.write(`${sql} where false`, { type: "json", path: "orders.json" });
  expect(JSON.parse(await read("orders.json"))).toEqual([]);
});

it("json stays JSON where a number is none", async () => {
  await bench.write("select * from (values ('nan'::double), ('-inf'), (1.5), (null)) t(v)", {
    type: "json",
    path: "numbers.json",
  });
  expect(JSON.parse(await read("numbers.json"))).toEqual([{ v: "NaN" }, { v: "-Infinity" }, { v: 1.5 }, { v: null }]);
});

it("parquet holds the same rows, and a folder with brackets is only a folder", async () => {
  const path = join(bench.root, "out [1]", "orders.parquet");
  expect(await bench.write(sql, { type: "parquet", path })).toMatchObject({ status: "SUCCESS", rows: 2 });
  const steps = [{ sql: `select count(*), max(big), max(price) from ${parquetScan(path)}` }];
  const { page } = await bench.connectors.run({ node: "transform.orders", steps }, new AbortController().signal);
  expect(page.rows).toEqual([["2", "9007199254740993", "1.10"]]);
});

it("a file that is there is replaced in one step, through a link too, and nothing is left beside it", async () => {
  await writeFile(join(bench.root, "real.csv"), "old");
  await symlink(join(bench.root, "real.csv"), join(bench.root, "link.csv"));
  await bench.write("select 1 as a", { type: "csv", path: "link.csv" });
  expect(await read("real.csv")).toBe("a\n1\n");
  expect((await readdir(bench.root)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

it("a path that cannot be written is told, the other targets are written", async () => {
  await writeFile(join(bench.root, "file"), "");
  const results = await bench.writeAll("select 1 as a", [
    { type: "csv", path: "file/below.csv" },
    { type: "csv", path: "." },
    { type: "json", path: "good.json" },
  ]);
  expect(results.map((result) => result.error?.code ?? result.status)).toEqual([
    "target_path_refused",
    "target_path_refused",
    "SUCCESS",
  ]);
});

it.each(["append", "upsert_by_key", "incremental_by_time"])("mode %s is refused with the reason", async (mode) => {
  const result = await bench.write("select 1 as a", { type: "parquet", path: "x.parquet", mode });
  expect(result.error).toMatchObject({ code: "target_option_refused", params: { option: `mode ${mode}` } });
});

it("a preview writes nothing", async () => {
  expect(await bench.preview("select 1 as a", { type: "csv", path: "never.csv" })).toMatchObject({
    exists: false,
    inserts: 1,
  });
  await expect(read("never.csv")).rejects.toThrow("ENOENT");
});

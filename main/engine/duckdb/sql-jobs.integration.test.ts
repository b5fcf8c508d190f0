import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { appendFile, copyFile, link, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type SqlBench, sqlBench } from "../../../test-support/sql-bench.ts";

let bench: SqlBench;
beforeAll(async () => {
  bench = await sqlBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

describe("writeParquet", () => {
  it("returns rows, columns, bytes and the hash of the file's bytes", async () => {
    const file = bench.folder.path("written.parquet");
    const written = await bench.hosts.writeParquet(
      bench.job("select i as id from range(1000) r(i)"),
      file,
      bench.signal,
    );
    const content = await readFile(file);
    expect(written).toMatchObject({
      rows: 1000,
      columns: [{ name: "id", type: "BIGINT" }],
      bytes: content.length,
      hash: createHash("sha256").update(content).digest("hex"),
    });
    expect(await bench.hosts.inspectParquet(file, bench.signal)).toMatchObject({ rows: 1000, hash: written.hash });
  });

  it("gives the same bytes for the same result", async () => {
    const sql = "select i % 7 as k, sum(i) as s, list(i order by i) as l from range(5000) r(i) group by k order by k";
    const hashes = new Set<string>();
    for (let i = 0; i < 3; i++) {
      const file = bench.folder.path(`same-${i}.parquet`);
      hashes.add((await bench.hosts.writeParquet(bench.job(sql), file, bench.signal)).hash);
    }
    expect(hashes.size).toBe(1);
  });

  it("keeps the order of ORDER BY and of its input over several row groups", async () => {
    const file = bench.folder.path("ordered.parquet");
    const job = bench.job("select i::hugeint as id from range(2500000) r(i) order by i desc");
    const { columns, rows } = await bench.hosts.writeParquet(job, file, bench.signal);
    expect(rows).toBe(2_500_000);
    const inputs = [{ id: "transform.ordered", file, columns }];
    const sql = "select count(*) from (select id, lag(id) over () as before from input_0) where before <= id";
    expect(await bench.rows(sql, { inputs })).toEqual([["0"]]);
  });

  it("writes no rows as a table with columns", async () => {
    const empty = await bench.relation("transform.empty", "select 1 as a, null::hugeint as b where false");
    expect(empty.columns).toEqual([
      { name: "a", type: "INTEGER" },
      { name: "b", type: "HUGEINT" },
    ]);
    const page = await bench.hosts.page(
      bench.job("from input_0", { inputs: [empty] }),
      { offset: 0, limit: 5 },
      bench.signal,
    );
    expect(page).toEqual({ columns: empty.columns, rows: [], totalRows: 0 });
  });

  it("replaces a file that is linked elsewhere without touching the other name", async () => {
    const first = await bench.relation("transform.linked", "select 1 as v");
    const kept = bench.folder.path("kept.parquet");
    await link(first.file, kept);
    await bench.relation("transform.linked", "select 2 as v");
    expect(
      await bench.rows("from transform.kept", { inputs: [{ ...first, id: "transform.kept", file: kept }] }),
    ).toEqual([["1"]]);
  });

  it.each([
    ["a failure while it runs", "select error('no') from range(10)"],
    ["a value that does not fit", "select 170141183460469231731687303715884105727::hugeint as h"],
    ["a text that is no number", "select 'x'::integer as n"],
  ])("leaves neither the output nor a temporary file after %s", async (_what, sql) => {
    const output = bench.folder.path("never.parquet");
    await expect(bench.hosts.writeParquet(bench.job(sql), output, bench.signal)).rejects.toMatchObject({
      code: expect.stringMatching(/^sql_/) as string,
    });
    expect((await readdir(bench.folder.root)).filter((name) => name.includes("never"))).toEqual([]);
  });

  it("keeps the former output when the new one fails", async () => {
    const { file } = await bench.relation("transform.former", "select 1 as v");
    const before = await readFile(file);
    const failing = bench.hosts.writeParquet(bench.job("select error('no')"), file, bench.signal);
    await expect(failing).rejects.toMatchObject({ code: "sql_failed" });
    expect(await readFile(file)).toEqual(before);
  });

  it("does not write outside the allowed folders", async () => {
    const writing = bench.hosts.writeParquet(bench.job("select 1"), "/tmp/headrace-outside.parquet", bench.signal);
    await expect(writing).rejects.toMatchObject({
      code: "sql_failed",
      message: expect.stringMatching(/Permission/) as string,
    });
    expect(existsSync("/tmp/headrace-outside.parquet")).toBe(false);
  });

  it("gives a node with limits of its own an instance of its own", async () => {
    const limits = { memory: 50_000_000, threads: 1 };
    const sql = "select current_setting('threads') as t, current_setting('memory_limit') as m";
    expect(await bench.rows(sql, { limits })).toEqual([["1", "47.6 MiB"]]);
    expect((await bench.rows(sql))[0]?.[1]).not.toBe("47.6 MiB");
  });

  it("spills to disk instead of failing where it can", async () => {
    const job = bench.job("select i, md5(i::varchar) as h from range(3000000) r(i) order by h", {
      limits: { memory: 250_000_000, threads: 1 },
    });
    const { rows } = await bench.hosts.writeParquet(job, bench.folder.path("spilled.parquet"), bench.signal);
    expect(rows).toBe(3_000_000);
  });
});

describe("parameters", () => {
  const params = {
    int: 5,
    big: 9_007_199_254_740_991,
    negative: -3,
    half: 1.5,
    text: "it's $other '; drop",
    yes: true,
    nothing: null,
    ints: [1, 2, 3],
    mixed: [1, 2.5],
    texts: ["a", "it's"],
    empty: [],
    date: "2024-06-30",
  };
  it.each([
    ["select $int, typeof($int)", ["5", "INTEGER"]],
    ["select $big, typeof($big)", ["9007199254740991", "BIGINT"]],
    ["select $negative, $half, typeof($half)", ["-3", "1.5", "DOUBLE"]],
    ["select $text", ["it's $other '; drop"]],
    ["select $yes, $nothing is null", ["true", "true"]],
    ["select list_contains($ints, 2), len($ints), typeof($ints)", ["true", "3", "INTEGER[]"]],
    ["select typeof($mixed), typeof($texts), len($empty)", ["DOUBLE[]", "VARCHAR[]", "0"]],
    ["select count(*) from range(10) r(i) where i in $ints", ["3"]],
    ["select date '2024-07-01' > $date, $date::date + 1", ["true", "2024-07-01"]],
    ["select i from range(10) r(i) where i > $int limit 1", ["6"]],
    ["select '$int', $$ $int $$", ["$int", " $int "]],
    ["select $INT", ["5"]],
  ])("%s", async (sql, expected) => {
    expect(await bench.rows(sql, { params })).toEqual([expected]);
    const file = bench.folder.path("params.parquet");
    const { columns } = await bench.hosts.writeParquet(bench.job(sql, { params }), file, bench.signal);
    expect(await bench.rows("from input_0", { inputs: [{ id: "transform.p", file, columns }] })).toEqual([expected]);
  });

  it("without a value are named with their place", async () => {
    const job = bench.job("select 1,\n  $missing", { params });
    await expect(bench.hosts.describe(job, bench.signal)).rejects.toMatchObject({
      code: "sql_parameter_missing",
      params: { parameter: "missing", line: 2, column: 3 },
    });
  });
});

describe("errors in SQL", () => {
  it.each([
    ["select größe, wrong\nfrom input_0", /"wrong" not found/, 1, 15],
    ["select 1\nfrom input_0\nwhere fooo(id) = 1", /fooo/, 3, 7],
    ["select '🦆', 'x'::integer as n", /Could not convert/, 1, 17],
    ["select name::integer from ref('transform.orders')", /Could not convert string 'a'/, 1, 12],
    ["select id from ref('transform.orders') where nope", /nope/, 1, 46],
    ["select id, name\nfrom input_0 group by id", /GROUP BY/, 1, 12],
  ])("%j speak of the person's text", async (sql, detail, line, column) => {
    const inputs = [await bench.relation("transform.orders", "select 1 as id, 'a' as name, 2 as größe")];
    const error = await bench.hosts
      .writeParquet(bench.job(sql, { inputs }), bench.folder.path("error.parquet"), bench.signal)
      .then(
        () => new Error("it ran"),
        (thrown: unknown) => thrown as Error & { readonly params?: Record<string, unknown> },
      );
    expect(error).toMatchObject({ code: "sql_failed", node: "transform.job" });
    expect(error.message).toMatch(detail);
    expect(error.message).not.toMatch(/LINE \d|read_parquet|exception_type|copy \(/);
    expect(error).toMatchObject({ params: { line, column } });
  });

  it("keep DuckDB's candidates", async () => {
    const inputs = [await bench.relation("transform.orders", "select 1 as order_id")];
    await expect(bench.rows("select ordr_id from transform.orders", { inputs })).rejects.toThrow(/order_id/);
  });
});

describe("page", () => {
  it("gives exact text, NULL apart from empty text, and the total at the end", async () => {
    const sql =
      "select * from (values (0.1::decimal(38,20), 9007199254740993, '', null::varchar), (1, 2, 'x', 'y')) t(d, b, s, n)";
    const page = await bench.hosts.page(bench.job(sql), { offset: 0, limit: 10 }, bench.signal);
    expect(page.rows).toEqual([
      ["0.10000000000000000000", "9007199254740993", "", null],
      ["1.00000000000000000000", "2", "x", "y"],
    ]);
    expect(page.totalRows).toBe(2);
  });

  it("gives any part of a node's output, and its total, without reading all of it", async () => {
    const input = await bench.relation("transform.many", "select i as id from range(300000) r(i)");
    const inputs = [input];
    for (const sql of ["from transform.many", "select * from ref('transform.many')", "SELECT * FROM input_0"]) {
      const page = await bench.hosts.page(bench.job(sql, { inputs }), { offset: 299_998, limit: 200 }, bench.signal);
      expect(page).toMatchObject({ rows: [["299998"], ["299999"]], totalRows: 300_000 });
      const first = await bench.hosts.page(bench.job(sql, { inputs }), { offset: 0, limit: 2 }, bench.signal);
      expect(first).toMatchObject({ rows: [["0"], ["1"]], totalRows: 300_000 });
    }
    const filtered = bench.job("from transform.many where id > 5", { inputs });
    expect(await bench.hosts.page(filtered, { offset: 1, limit: 2 }, bench.signal)).toMatchObject({
      rows: [["7"], ["8"]],
      totalRows: null,
    });
    expect((await bench.hosts.page(filtered, { offset: 400_000, limit: 2 }, bench.signal)).rows).toEqual([]);
  });
});

describe("inspectParquet", () => {
  it.each([
    ["a file that is not there", async () => {}],
    ["an empty file", (file: string) => writeFile(file, "")],
    ["a text", (file: string) => writeFile(file, "id,name\n1,a\n")],
    ["a cut file", async (file: string) => truncate(file, (await stat(file)).size - 20)],
    ["a file with bytes after its end", (file: string) => appendFile(file, "more")],
  ])("says parquet_damaged of %s", async (_what, damage) => {
    const { file } = await bench.relation("transform.damaged", "select i, md5(i::varchar) as h from range(1000) r(i)");
    const copy = bench.folder.path("copy.parquet");
    await bench.folder.remove("copy.parquet");
    if (_what !== "a file that is not there") await copyFile(file, copy);
    await damage(copy);
    await expect(bench.hosts.inspectParquet(copy, bench.signal)).rejects.toMatchObject({ code: "parquet_damaged" });
  });
});

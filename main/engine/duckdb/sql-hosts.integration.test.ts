import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { appendFile, copyFile, link, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type SqlBench, sqlBench } from "../../../test-support/sql-bench.ts";

let bench: SqlBench;
beforeAll(async () => {
  bench = await sqlBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

/** DuckDB 1.5.5 does not look at interrupts while it builds this one value. */
const deaf = "select length(repeat('x', 2000000000)) + length(repeat('y', 2000000000)) as n";
const endless = "select count(*) as n from range(1000000) a(i), range(1000000) b(j) where (i * j) % 7 = 3";

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe("inputs", () => {
  it.each([
    ["ref", "select id, name from ref('transform.orders') order by id"],
    ["ref with spaces and a comment", "select id, name from ref ( /* which */ 'transform.orders' ) o order by o.id"],
    ["ref in other letters", "select id, name from REF('Transform.Orders') order by id"],
    ["kind.name", "select id, name from transform.orders order by id"],
    ["kind.name in columns", "select transform.orders.id, orders.name from transform.orders order by id"],
    ["kind.name in quotes", `select id, name from "transform"."orders" order by id`],
    ["input_0", "select id, input_0.name from input_0 order by id"],
    ["__THIS__", "select id, name from __THIS__ order by id"],
    ["source", "select source.id, name from source order by id"],
    ["an alias with columns", "select a as id, b as name from transform.orders as t(a, b) order by a"],
    ["a join with itself", "select a.id, b.name from input_0 a join ref('transform.orders') b using (id) order by id"],
    ["a comma join", "select a.id, b.name from input_0 a, transform.orders b where a.id = b.id order by 1"],
    ["a CTE of the same name", "with orders as (from transform.orders) select id, name from orders order by id"],
    [
      "a subquery",
      "select id, (select o.name from transform.orders o where o.id = i.id) as name from input_0 i order by id",
    ],
    ["FROM first", "from transform.orders order by id"],
    ["TABLE", "table transform.orders order by id"],
    ["UNION", "from (select * from input_0 where id = 1 union all select * from input_0 where id = 2) order by id"],
    ["a sample", "select id, name from transform.orders tablesample 100% order by id"],
    [
      "text in strings and comments",
      "select id, name from input_0 -- ref('nope')\nwhere name <> 'from ref(''nope'')' order by id",
    ],
    ["a column named ref", "select id, name from (select id, name, 1 as ref from input_0) where ref = 1 order by id"],
    ["query_table", "select id, name from query_table('transform.orders') order by id"],
  ])("are reached by %s", async (_how, sql) => {
    const orders = await bench.relation("transform.orders", "select * from (values (1, 'a'), (2, 'b')) t(id, name)");
    expect(await bench.rows(sql, { inputs: [orders] })).toEqual([
      ["1", "a"],
      ["2", "b"],
    ]);
  });

  it("keep their order: input_1 is the second", async () => {
    const one = await bench.relation("source.one", "select 'one' as v");
    const two = await bench.relation("transform.two", "select 'two' as v");
    const sql = "select input_0.v, input_1.v, __THIS__.v, (select v from source) from input_0, input_1, __THIS__";
    expect(await bench.rows(sql, { inputs: [one, two] })).toEqual([["one", "two", "one", "one"]]);
    expect(await bench.rows(sql, { inputs: [two, one] })).toEqual([["two", "one", "two", "two"]]);
  });

  it("may be called like a keyword or like the schema of another", async () => {
    const inputs = [
      await bench.relation("source.select", "select 1 as a"),
      await bench.relation("transform.source", "select 2 as b"),
      await bench.relation("source.transform", "select 3 as c"),
    ];
    const sql = `select a, b, c from ref('source.select'), transform.source, source.transform`;
    expect(await bench.rows(sql, { inputs })).toEqual([["1", "2", "3"]]);
    expect(await bench.rows(`select a from source."select"`, { inputs })).toEqual([["1"]]);
  });

  it("are read anew when their file or their columns change", async () => {
    for (const sql of ["select 1 as a", "select 'x' as b, 2 as c", "select 3::hugeint as a"]) {
      const inputs = [await bench.relation("transform.changing", sql)];
      const direct = await bench.rows(sql);
      expect(await bench.rows("from transform.changing", { inputs })).toEqual(direct);
      expect(await bench.rows("from query_table('transform.changing')", { inputs })).toEqual(direct);
    }
  });

  it("may lie in folders with odd names", async () => {
    const folder = `it's "odd" $x {y} größe`;
    await bench.folder.write({ [`${folder}/.keep`]: "" });
    const file = bench.folder.path(folder, "a=1 %20.parquet");
    const { columns } = await bench.hosts.writeParquet(bench.job("select 1 as v"), file, bench.signal);
    const inputs = [{ id: "transform.odd", file, columns }];
    expect(await bench.rows("from transform.odd", { inputs })).toEqual([["1"]]);
    expect(await bench.rows("select transform.odd.v from transform.odd", { inputs })).toEqual([["1"]]);
  });

  it("that are missing are an error, not an empty table", async () => {
    const orders = await bench.relation("transform.gone", "select 1 as id");
    await bench.folder.remove("transform.gone.parquet");
    await expect(bench.rows("from input_0", { inputs: [orders] })).rejects.toMatchObject({
      code: "sql_input_unreadable",
      params: { input: "transform.gone" },
    });
  });
});

describe("writeParquet", () => {
  it("returns rows, columns, bytes and the hash of the file's bytes", async () => {
    const file = bench.folder.path("written.parquet");
    const written = await bench.hosts.writeParquet(
      bench.job("select i as id from range(1000) r(i)"),
      file,
      bench.signal,
    );
    const { createHash } = await import("node:crypto");
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
    await expect(bench.hosts.writeParquet(bench.job(sql), output, bench.signal)).rejects.toThrow();
    expect((await readdir(bench.folder.root)).filter((name) => name.includes("never"))).toEqual([]);
  });

  it("keeps the former output when the new one fails", async () => {
    const { file } = await bench.relation("transform.former", "select 1 as v");
    const before = await readFile(file);
    await expect(bench.hosts.writeParquet(bench.job("select error('no')"), file, bench.signal)).rejects.toThrow();
    expect(await readFile(file)).toEqual(before);
  });

  it("does not write outside the allowed folders", async () => {
    const job = bench.job("select 1");
    await expect(bench.hosts.writeParquet(job, "/tmp/headrace-outside.parquet", bench.signal)).rejects.toThrow();
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
    ["select * from input_0 group by id", /GROUP BY/, null, null],
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
    if (line !== null) expect(error).toMatchObject({ params: { line, column } });
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

describe("hosts", () => {
  it("that are killed fail their own node alone", async () => {
    await using pair = await sqlBench({ workers: 2 });
    const slow = (name: string) =>
      pair.hosts.writeParquet(
        pair.job("select count(*) as n from range(12000) a(i), range(12000) b(j) where (i * j) % 7 = 3", {
          node: `transform.${name}`,
        }),
        pair.folder.path(`${name}.parquet`),
        pair.signal,
      );
    const running = Promise.allSettled([slow("one"), slow("two")]);
    while (pair.hosts.pids().length < 2) await sleep(10);
    await sleep(400);
    process.kill(pair.hosts.pids()[0]!, "SIGKILL");
    const [first, second] = await running;
    expect(first).toMatchObject({
      status: "rejected",
      reason: { code: "sql_host_lost", node: "transform.one", params: { how: "SIGKILL" } },
    });
    expect(second).toMatchObject({ status: "fulfilled", value: { rows: 1 } });
    expect(await pair.rows("select 1 as again")).toEqual([["1"]]);
  });

  it("that are killed while idle are replaced without anybody noticing", async () => {
    await using own = await sqlBench();
    await own.rows("select 1");
    const [pid] = own.hosts.pids();
    process.kill(pid!, "SIGKILL");
    while (alive(pid!) && own.hosts.pids().includes(pid!)) await sleep(5);
    expect(await own.rows("select 2")).toEqual([["2"]]);
    expect(own.hosts.pids()).not.toContain(pid);
  });

  it("run what waits for them in turn, also when one job is lost", async () => {
    await using own = await sqlBench();
    const first = own.rows(endless).catch((error: unknown) => error);
    const others = [1, 2, 3].map((n) => own.rows(`select ${n}`));
    while (own.hosts.pids().length === 0) await sleep(5);
    await sleep(500);
    process.kill(own.hosts.pids()[0]!, "SIGKILL");
    expect(await first).toMatchObject({ code: "sql_host_lost" });
    expect(await Promise.all(others)).toEqual([[["1"]], [["2"]], [["3"]]]);
  });

  it("stop a query soon after it is cancelled, and go on with the next", async () => {
    const controller = new AbortController();
    await bench.rows("select 1");
    const [pid] = bench.hosts.pids();
    const running = bench.hosts.page(bench.job(endless), { offset: 0, limit: 1 }, controller.signal);
    setTimeout(() => controller.abort(), 300);
    const start = Date.now();
    await expect(running).rejects.toMatchObject({ name: "CancelledError", code: "cancelled" });
    expect(Date.now() - start).toBeLessThan(1500);
    expect(await bench.rows("select 1")).toEqual([["1"]]);
    expect(bench.hosts.pids()).toEqual([pid]);
  });

  it("that ignore an interrupt are killed about two seconds later and replaced", async () => {
    await using own = await sqlBench({ limits: { memory: 8_000_000_000 } });
    await own.rows("select 1");
    const [pid] = own.hosts.pids();
    const controller = new AbortController();
    const slowly = `select ${Array.from({ length: 40 }, (_, i) => `length(repeat('${i}', 2000000000))`).join(" + ")}`;
    const running = own.hosts.page(own.job(slowly), { offset: 0, limit: 1 }, controller.signal);
    await sleep(200);
    const start = Date.now();
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: "cancelled" });
    const took = Date.now() - start;
    expect(took).toBeGreaterThan(1900);
    expect(took).toBeLessThan(4000);
    expect(await own.rows("select 2")).toEqual([["2"]]);
    expect(own.hosts.pids()).not.toContain(pid);
  });

  it("do not start a job whose signal is aborted already", async () => {
    const page = bench.hosts.page(bench.job("select 1"), { offset: 0, limit: 1 }, AbortSignal.abort());
    await expect(page).rejects.toMatchObject({ code: "cancelled" });
  });

  it("give up waiting jobs when these are cancelled", async () => {
    await using own = await sqlBench();
    const [first, second] = [new AbortController(), new AbortController()];
    const running = own.hosts.page(own.job(endless), { offset: 0, limit: 1 }, first.signal).catch(() => "stopped");
    const waiting = own.hosts.page(own.job("select 1"), { offset: 0, limit: 1 }, second.signal);
    second.abort();
    await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
    first.abort();
    expect(await running).toBe("stopped");
  });

  it.runIf(process.platform === "linux")("end a query that wants more memory than its limit, cleanly", async () => {
    await using own = await sqlBench({ limits: { memory: 300_000_000 } });
    await own.rows("select 1");
    const [pid] = own.hosts.pids();
    const start = Date.now();
    await expect(own.rows(deaf)).rejects.toMatchObject({ code: "sql_out_of_memory" });
    expect(Date.now() - start).toBeLessThan(5000);
    expect(await own.rows("select 2")).toEqual([["2"]]);
    expect(own.hosts.pids()).toEqual([pid]);
  });

  it.runIf(process.platform === "linux")("give one node more or less memory than the others", async () => {
    await using own = await sqlBench({ limits: { memory: 50_000_000 } });
    const wide = "select length(repeat('x', 260000000)) as n";
    await expect(own.rows(wide)).rejects.toMatchObject({ code: "sql_out_of_memory" });
    expect(await own.rows(wide, { limits: { memory: 2_000_000_000 } })).toEqual([["260000000"]]);
    await expect(own.rows(wide)).rejects.toMatchObject({ code: "sql_out_of_memory" });
  });

  it("end with the process that started them, however that ends", async () => {
    const script = fileURLToPath(new URL("../../../test-support/host-owner.ts", import.meta.url));
    const owner = fork(script, [bench.folder.path("owned")], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const [pids] = (await once(owner, "message")) as [readonly number[]];
    expect(pids.length).toBe(2);
    expect(pids.every(alive)).toBe(true);
    owner.kill("SIGKILL");
    for (let i = 0; i < 200 && pids.some(alive); i++) await sleep(20);
    expect(pids.filter(alive)).toEqual([]);
  });

  it("hold no secret of the environment they were started from", async () => {
    const [pid] = bench.hosts.pids();
    if (process.platform !== "linux") return;
    const environment = await readFile(`/proc/${pid}/environ`, "utf8");
    const names = environment.split("\0").map((line) => line.split("=")[0]);
    expect(names.filter((name) => /PASS|TOKEN|SECRET|KEY|PG/.test(name ?? ""))).toEqual([]);
  });

  it("read the trees of many statements in one call", async () => {
    const texts = Array.from({ length: 2000 }, (_, i) => `select ${i} as v from transform.n${i}`);
    const analyses = await bench.hosts.analyze(texts);
    expect(analyses.map(({ references }) => references[0]?.name)).toEqual(texts.map((_, i) => `transform.n${i}`));
    expect(new Set(analyses.map(({ hash }) => hash)).size).toBe(2000);
    expect(await bench.hosts.analyze([])).toEqual([]);
  });
});

it("needs no tool to see that nothing is left behind", async () => {
  const { stdout } = await promisify(execFile)("ps", ["-o", "pid=", "--ppid", String(process.pid)]);
  const children = stdout.split("\n").map(Number).filter(Boolean);
  expect(bench.hosts.pids().every((pid) => children.includes(pid))).toBe(true);
});

import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
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
    // It would never end by itself.
    await expect(running).rejects.toMatchObject({ name: "CancelledError", code: "cancelled" });
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
    expect(Date.now() - start).toBeGreaterThan(1900);
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
    const wide = "select length(repeat(repeat('x', 1000000), 700)) as n";
    await expect(own.rows(wide)).rejects.toMatchObject({ code: "sql_out_of_memory" });
    expect(await own.rows(wide, { limits: { memory: 2_000_000_000 } })).toEqual([["700000000"]]);
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

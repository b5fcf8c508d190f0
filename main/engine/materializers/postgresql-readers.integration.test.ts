// Who reads or writes a table at the same time sees whole versions of it.

import { describe, expect, it } from "vitest";

import { full, oldOrders, targetBench, upsert } from "../../../test-support/targets/target-bench.ts";
import { postgresClient } from "../postgres/index.ts";

const bench = targetBench(oldOrders);

describe("readers", () => {
  it.each([{ unique_keys: ["id"] }, {}])("see the old table or the new one, and never wait, %o", async (key) => {
    const version = (n: number) => `select i as id, 'version ${n}' as name from range(2000) r(i)`;
    await bench.write(version(0), full);
    await using reader = await postgresClient(bench.connection, { applicationName: "reader" });
    const reading = new AbortController();
    const seen = new Set<string>();
    let slowest = 0;
    const reads = (async () => {
      while (!reading.signal.aborted) {
        const started = performance.now();
        const { rows } = await reader.query<{ n: string; low: string; high: string }>(
          "select count(*) as n, min(name) as low, max(name) as high from mart.orders",
        );
        slowest = Math.max(slowest, performance.now() - started);
        const [row] = rows;
        seen.add(`${row?.n} ${row?.low === row?.high}`);
      }
    })();
    for (let n = 1; n <= 5; n += 1)
      expect(await bench.write(version(n), { ...full, ...key })).toMatchObject({ status: "SUCCESS" });
    reading.abort();
    await reads;
    expect([...seen]).toEqual(["2000 true"]);
    expect(slowest).toBeLessThan(2000);
  });

  it("two writers of one table take turns", async () => {
    const rows = (n: number) => `select i as id, 'writer ${n}' as name from range(500) r(i)`;
    const results = await Promise.all([1, 2, 3].map((n) => bench.write(rows(n), upsert, { node: `transform.w${n}` })));
    expect(results.map((result) => result.error)).toEqual([null, null, null]);
    expect(await bench.rows("select count(*), count(distinct name) from mart.orders")).toEqual([["500", "1"]]);
  });
});

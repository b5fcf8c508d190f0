import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { materializing, type Materializing } from "../../../test-support/targets/materializing.ts";

let bench: Materializing;
beforeAll(async () => {
  bench = await materializing();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(async () => {
  await bench.client.query("drop schema if exists mart cascade; drop schema if exists _headrace cascade");
});

const table = "mart.orders";
const first =
  "select * from (values (1, 'a', 10.50::decimal(10,2)), (2, 'b', 20.00), (3, 'c', 30.25)) t(id, name, price)";
const second =
  "select * from (values (2, 'b', 20.00::decimal(10,2)), (3, 'C', 30.25), (4, 'd', 40.00)) t(id, name, price)";
const counts = (result: Awaited<ReturnType<Materializing["write"]>>) => ({
  status: result.status,
  error: result.error,
  rows: result.rows,
  inserted: result.inserted,
  updated: result.updated,
  deleted: result.deleted,
  unchanged: result.unchanged,
});
const all = () => bench.rows(`select id, name, price from ${table} order by id, name`);
const done = (
  rows: number,
  inserted: number,
  updated: number,
  deleted: number,
  unchanged: number,
  status = "SUCCESS",
) => ({
  status,
  error: null,
  rows,
  inserted,
  updated,
  deleted,
  unchanged,
});

describe.each([{ withoutExtension: false }, { withoutExtension: true }])("modes, $withoutExtension", (how) => {
  it("full: a new table, the same again, a changed result without a key", async () => {
    const options = { table, mode: "full" };
    expect(counts(await bench.write(first, options, how))).toEqual(done(3, 3, 0, 0, 0));
    expect(await all()).toEqual([
      [1, "a", "10.50"],
      [2, "b", "20.00"],
      [3, "c", "30.25"],
    ]);
    expect(counts(await bench.write(first, options, how))).toEqual(done(3, 3, 0, 3, 0));
    expect(counts(await bench.write(second, options, how))).toEqual(done(3, 3, 0, 3, 0));
    expect(await all()).toEqual([
      [2, "b", "20.00"],
      [3, "C", "30.25"],
      [4, "d", "40.00"],
    ]);
  });

  it("full with a key: only the difference is written", async () => {
    const options = { table, mode: "full", unique_keys: ["id"] };
    expect(counts(await bench.write(first, options, how))).toEqual(done(3, 3, 0, 0, 0));
    expect(counts(await bench.write(first, options, how))).toEqual(done(3, 0, 0, 0, 3, "UNCHANGED"));
    expect(counts(await bench.write(second, options, how))).toEqual(done(3, 1, 1, 1, 1));
    expect(await all()).toEqual([
      [2, "b", "20.00"],
      [3, "C", "30.25"],
      [4, "d", "40.00"],
    ]);
  });

  it("upsert_by_key: inserts, updates what differs, leaves the rest, twice in one process", async () => {
    const options = { table, mode: "upsert_by_key", unique_keys: ["id"] };
    expect(counts(await bench.write(first, options, how))).toEqual(done(3, 3, 0, 0, 0));
    expect(counts(await bench.write(second, options, how))).toEqual(done(3, 1, 1, 0, 1));
    expect(await all()).toEqual([
      [1, "a", "10.50"],
      [2, "b", "20.00"],
      [3, "C", "30.25"],
      [4, "d", "40.00"],
    ]);
    expect(counts(await bench.write(second, options, how))).toEqual(done(3, 0, 0, 0, 3, "UNCHANGED"));
    expect(counts(await bench.write(first, options, how))).toEqual(done(3, 0, 1, 0, 2));
  });

  it("append: the same batch adds nothing the second time, another one is added", async () => {
    const options = { table, mode: "append" };
    expect(counts(await bench.write(first, options, how))).toEqual(done(3, 3, 0, 0, 0));
    expect(counts(await bench.write(first, options, { ...how, runId: "run-2" }))).toEqual(
      done(3, 0, 0, 0, 3, "UNCHANGED"),
    );
    expect(counts(await bench.write(second, options, how))).toEqual(done(3, 3, 0, 0, 0));
    expect(counts(await bench.write(first, options, how))).toEqual(done(3, 0, 0, 0, 3, "UNCHANGED"));
    expect((await all()).length).toBe(6);
  });

  it("append with unique_keys: only keys that are not there", async () => {
    const options = { table, mode: "append", unique_keys: ["id"] };
    await bench.write(first, options, how);
    expect(counts(await bench.write(second, options, how))).toEqual(done(3, 1, 0, 0, 2));
    expect(await all()).toEqual([
      [1, "a", "10.50"],
      [2, "b", "20.00"],
      [3, "c", "30.25"],
      [4, "d", "40.00"],
    ]);
  });

  it("append with a time column: what no earlier interval delivered", async () => {
    const events = (from: number, to: number, extra = "") =>
      `select i as id, timestamp '2024-01-01' + interval (i) hour as at from range(${from}, ${to}) r(i)${extra}`;
    const options = { table, mode: "append", time_column: "at" };
    expect(counts(await bench.write(events(0, 10), options, how))).toEqual(done(10, 10, 0, 0, 0));
    expect(counts(await bench.write(events(0, 15), options, how))).toEqual(done(5, 5, 0, 0, 0));
    expect(counts(await bench.write(events(0, 15), options, how))).toEqual(done(15, 0, 0, 0, 15, "UNCHANGED"));
    // Earlier than everything before: not delivered either.
    expect(counts(await bench.write(events(-5, 15), options, how))).toEqual(done(5, 5, 0, 0, 0));
    const late = events(0, 15, " union all select 99, timestamp '2024-01-01 03:30:00'");
    expect(counts(await bench.write(late, options, how))).toEqual(done(0, 0, 0, 0, 0, "UNCHANGED"));
    expect(bench.logs.join("\n")).toContain(
      "1 rows of transform.orders lie in intervals of mart.orders that were delivered before",
    );
    expect(await bench.rows(`select count(*), count(distinct id), min(id), max(id) from ${table}`)).toEqual([
      ["20", "20", "-5", "14"],
    ]);
  });

  it("append with a time column and a given interval: only its rows, each interval once", async () => {
    const events = "select i as id, timestamp '2024-01-01' + interval (i) hour as at from range(0, 72) r(i)";
    const options = { table, mode: "append", time_column: "at" };
    const day = (start: string, end: string) => bench.write(events, options, { ...how, start, end });
    expect(counts(await day("2024-01-01", "2024-01-02"))).toEqual(done(24, 24, 0, 0, 0));
    expect(counts(await day("2024-01-02T00:00:00Z", "2024-01-03"))).toEqual(done(24, 24, 0, 0, 0));
    expect((await day("2024-01-01", "2024-01-02")).status).toBe("UNCHANGED");
    expect(counts(await day("2024-01-01", "2024-01-04"))).toEqual(done(24, 24, 0, 0, 0));
    expect(await bench.rows(`select count(*), count(distinct id) from ${table}`)).toEqual([["72", "72"]]);
  });

  it("incremental_by_time: rewrites from the earliest arriving time to the latest", async () => {
    const options = { table, mode: "incremental_by_time", time_column: "at" };
    const rows = (from: number, to: number, name: string) =>
      `select i as id, '${name}' as name, timestamp '2024-01-01' + interval (i) hour as at from range(${from}, ${to}) r(i)`;
    expect(counts(await bench.write(rows(0, 48, "a"), options, how))).toEqual(done(48, 48, 0, 0, 0));
    expect(counts(await bench.write(rows(40, 60, "b"), options, how))).toEqual(done(20, 20, 0, 8, 0));
    expect(await bench.rows(`select name, count(*), min(id), max(id) from ${table} group by 1 order by 1`)).toEqual([
      ["a", "40", "0", "39"],
      ["b", "20", "40", "59"],
    ]);
    // lookback: two hours before the earliest go as well.
    expect(counts(await bench.write(rows(50, 60, "c"), { ...options, lookback: "2h" }, how))).toEqual(
      done(10, 10, 0, 12, 0),
    );
    // An empty batch covers no time.
    expect(counts(await bench.write(rows(0, 0, "d"), options, how))).toEqual(done(0, 0, 0, 0, 0, "UNCHANGED"));
  });

  it("incremental_by_time with a given interval: rows that vanished go, rows outside are an error", async () => {
    const options = { table, mode: "incremental_by_time", time_column: "at" };
    const rows = (from: number, to: number) =>
      `select i as id, timestamptz '2024-01-01 00:00:00Z' + interval (i) hour as at from range(${from}, ${to}) r(i)`;
    const given = { ...how, start: "2024-01-02", end: "2024-01-03" };
    await bench.write(rows(0, 72), options, how);
    expect(counts(await bench.write(rows(30, 40), options, given))).toEqual(done(10, 10, 0, 24, 0));
    expect(await bench.rows(`select count(*) from ${table}`)).toEqual([["58"]]);
    const outside = await bench.write(rows(20, 40), options, given);
    expect(outside.error).toMatchObject({ code: "rows_outside_interval", node: "transform.orders" });
    expect(outside.error?.message).toContain("4 rows");
    expect(outside.error?.message).toContain("row 1 at 2024-01-01 20:00:00");
    const empty = await bench.write(rows(0, 0), options, given);
    expect(empty.error?.code).toBe("target_would_be_emptied");
    expect(counts(await bench.write(rows(0, 0), { ...options, allow_empty: true }, given))).toEqual(
      done(0, 0, 0, 10, 0),
    );
  });

  it("took the way that was asked for", () => {
    expect(bench.logs.some((line) => line.includes("through COPY"))).toBe(how.withoutExtension);
  });
});

it("no stage is left behind", async () => {
  expect(await bench.stages()).toEqual([]);
});

import { utimes } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";

import { sourceBench, type SourceBench } from "../../../test-support/read-source.ts";

let bench: SourceBench;
beforeAll(async () => {
  bench = await sourceBench({
    "a.csv": "id,at\n1,2024-01-31 10:00:00\n2,2024-01-30 10:00:00\n3,\n",
    "none.csv": "id,at\n1,\n",
  });
  const lastWeek = new Date(Date.now() - 7.5 * 86_400_000);
  await utimes(bench.path("a.csv"), lastWeek, lastWeek);
});
afterAll(() => bench[Symbol.asyncDispose]());

const read = (freshness: Readonly<Record<string, unknown>>, table = "a.csv") =>
  bench.read({ source: "csv", table, freshness });

it("goes by the file's time, and warns with the age and the limit", async () => {
  expect((await read({ warn_after: "8d" })).output.warnings).toEqual([]);
  expect((await read({ warn_after: "36h", error_after: "8d" })).output.warnings).toEqual([
    expect.stringMatching(/^source\.tested is 7 days old \(newest data: .*\); the limit is 1 day$/),
  ]);
});

it("fails beyond error_after", async () => {
  await expect(read({ error_after: "7d" })).rejects.toMatchObject({
    code: "source_stale",
    params: { age: "7 days", limit: "7 days" },
  });
});

it("goes by the newest row where a column tells", async () => {
  await expect(read({ error_after: "1d", time_column: "at" })).rejects.toMatchObject({
    code: "source_stale",
    params: { newest: "2024-01-31T10:00:00.000Z" },
  });
});

it("says so when no row tells, or the column is not there", async () => {
  const { output } = await bench.read({
    source: "csv",
    table: "none.csv",
    params: { types: { at: "timestamp" } },
    freshness: { error_after: "1d", time_column: "at" },
  });
  expect(output.warnings).toEqual(["source.tested has no row that tells how fresh it is"]);
  await expect(read({ warn_after: "1d", time_column: "att" })).rejects.toMatchObject({ code: "source_column_missing" });
});

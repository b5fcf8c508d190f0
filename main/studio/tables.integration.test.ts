import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, expect, it, vi } from "vitest";

import type { TestWindow } from "../../test-support/studio-window.ts";
import { testStudio } from "../../test-support/test-studio.ts";

const { openWindow } = testStudio();
let window: TestWindow;
beforeAll(async () => {
  window = await openWindow();
  const types: string[] = [];
  const events = window.client.subscribe("run.events", {}, (batch) =>
    types.push(...batch.events.map(({ type }) => type)),
  );
  events.done.catch(() => undefined);
  await window.client.call("run.start", {});
  await vi.waitFor(
    () => {
      if (!types.includes("run_finished")) throw new Error("it still runs");
    },
    { timeout: 30_000 },
  );
}, 60_000);
afterAll(() => window[Symbol.asyncDispose]());

const orders = { type: "node", node: "source.orders" } as const;

it("pages of chosen columns of a view, as Arrow", async () => {
  const view = { sort: [{ column: "amount", descending: true }] };
  const opened = await window.client.call("table.open", { table: orders, view });
  expect(opened).toMatchObject({ rows: 3, allRows: 3, isCut: false, samples: [] });
  const { head, bytes } = await window.client.fetch("table.page", { table: orders, view, columns: [1, 2] });
  expect(head).toMatchObject({ version: opened.version, rows: 3, columns: [1, 2], cut: [] });
  const table = tableFromIPC(bytes);
  expect(table.getChildAt(0)?.toArray()).toEqual(["9007199254740993.10", "2.50", "-1.00"]);
  expect([0, 1, 2].map((row) => table.getChildAt(1)?.get(row) as unknown)).toEqual([null, null, "a"]);
});

it("a draft's first rows, a copy, and an export in parts", async () => {
  const { client } = window;
  const draft = await client.fetch("preview.draft", {
    node: "transform.paid",
    sql: "select count(*) as n from source.orders",
  });
  expect(draft.head).toMatchObject({ totalRows: 1, samples: [], columns: [{ name: "n", type: "BIGINT" }] });
  expect(tableFromIPC(draft.bytes).getChildAt(0)?.get(0)).toBe("3");

  const copy = { table: orders, offset: 1, limit: 2, columns: [0, 2], format: "csv" as const };
  expect(await client.call("table.copy", copy)).toEqual({ text: "id,note\n2,a\n3,", rows: 2 });
  await expect(client.call("table.copy", { ...copy, limit: 10_000_000 })).rejects.toMatchObject({
    code: "copy_too_large",
  });

  const written = await client.call("table.export", { table: orders, columns: [0], format: "csv" });
  expect(written).toMatchObject({ name: "source.orders.csv", rows: 3, bytes: 9 });
  const { bytes } = await client.fetch("export.part", { export: written.export, offset: 0 });
  expect(new TextDecoder().decode(bytes)).toBe("id\n1\n2\n3\n");
  expect((await client.fetch("export.part", { export: written.export, offset: 9 })).head).toEqual({ bytes: 0 });
  await client.call("export.close", { export: written.export });
  await expect(client.fetch("export.part", { export: written.export, offset: 0 })).rejects.toMatchObject({
    code: "export_gone",
  });
});

it("queries and drafts are not run of a project that is not trusted; its tables are looked at", async () => {
  await using stranger = await openWindow({}, false);
  const restricted = { code: "project_untrusted" };
  for (const table of [
    { type: "query", sql: "select 1" },
    { type: "draft", node: "transform.paid", sql: "select 1" },
  ] as const) {
    await expect(stranger.client.call("table.open", { table })).rejects.toMatchObject(restricted);
    await expect(stranger.client.call("table.export", { table, format: "csv" })).rejects.toMatchObject(restricted);
  }
  await expect(stranger.client.call("table.open", { table: orders })).rejects.toMatchObject({ code: "output_missing" });
});

it("makes the SELECT of a view", async () => {
  const view = { filters: [{ test: "contains", column: "note", value: "A" } as const], sort: [{ column: "id" }] };
  expect(await window.client.call("table.select", { node: "source.orders", view })).toEqual({
    sql: `select *\nfrom ref('source.orders')\nwhere contains(lower("note"), lower('A'))\norder by id nulls last`,
  });
});

it("the first rows of a file while it is brought in, and once it is there", async () => {
  const { client } = window;
  const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
  const [begin, rest] = [bytes("a,b\n1,x\n2,y\n3,"), bytes("z\n4\n")];
  const part = { upload: null, name: "late.csv", offset: 0, size: begin.length + rest.length };
  const { upload } = await client.upload("file.upload", part, begin);
  const table = { type: "arriving", upload } as const;
  const opened = await client.call("table.open", { table });
  expect(opened).toMatchObject({ rows: 2, isCut: true, head: { of: "late.csv", isAll: false } });
  const { file } = await client.upload("file.upload", { ...part, upload, offset: begin.length }, rest);
  expect(file).toBe("data/late.csv");
  // What is shown stays what it was until all of it was read.
  expect(await client.call("table.open", { table })).toMatchObject({ version: opened.version, rows: 2 });
  const described = await client.call("file.describe", { file: "data/late.csv" });
  expect(described).toMatchObject({ source: "csv", params: {}, schema: [], problem: { code: "csv_ragged" } });
  await window.folder.write({ "elsewhere.csv": "a\n1\n" });
  const announced = await client.call("file.announce", { path: window.folder.path("elsewhere.csv") });
  expect(await client.call("table.open", { table: { type: "arriving", ...announced } })).toMatchObject({
    rows: 1,
    isCut: false,
    head: { of: "elsewhere.csv", isAll: true },
  });
});

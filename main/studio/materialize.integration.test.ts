import { afterAll, beforeAll, expect, it } from "vitest";

import { openTestWindow, paid, type TestWindow, tillFiles } from "../../test-support/studio-window.ts";
import { type TemporaryDatabase, temporaryDatabase } from "../../test-support/postgres.ts";
import { testDataDir } from "../../test-support/temporary-project.ts";
import { decodePage } from "../../renderer/pages/decode-page.ts";
import { postgresRoom } from "../engine/index.ts";
import { openStudio, type Studio } from "./index.ts";

let database: TemporaryDatabase;
let studio: Studio;
beforeAll(async () => {
  database = await temporaryDatabase();
  const environment = { ...process.env, PG_SECRET: database.connection.password ?? "" };
  studio = await openStudio({ environment, dataDir: testDataDir });
});
afterAll(async () => {
  await studio[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const openWindow = async (production = false): Promise<TestWindow> => {
  const { host, port, user, database: name } = database.connection;
  return openTestWindow(studio, {
    "profiles.yml": `connections:
  warehouse: { type: postgresql, host: "${host}", port: ${port}, user: ${user}, password: "\${PG_SECRET}", database: ${name}, sslmode: disable, production: ${production} }
`,
  });
};

const query = async (sql: string): Promise<readonly unknown[]> => {
  await using client = await (
    await postgresRoom()
  ).postgresClient(database.connection, { applicationName: "headrace:test" });
  return (await client.query(sql)).rows;
};

const run = async ({ client }: TestWindow, request: { confirm?: string[] } = {}): Promise<string> => {
  const statuses: string[] = [];
  const ended = Promise.withResolvers<string>();
  const following = client.subscribe("run.events", {}, ({ events }) => {
    for (const event of events) {
      if (event.type === "finished") statuses.push(event.result.status);
      if (event.type === "run_finished") ended.resolve(event.summary.status);
    }
  });
  following.done.catch(() => undefined);
  try {
    await client.call("run.start", { nodes: ["transform.paid"], ...request });
    return await ended.promise;
  } finally {
    following.cancel();
  }
};

const upsert = {
  type: "postgresql",
  connection: "warehouse",
  table: "mart.paid",
  mode: "upsert_by_key",
  unique_keys: ["id"],
};
const page = async ({ client }: TestWindow, target: Record<string, string | string[]>, limit = 10) => {
  const found = decodePage(await client.fetch("materialize.page", { target, limit }));
  return {
    total: found.totalRows,
    types: found.columns.map(({ type }) => type),
    rows: Array.from({ length: found.rows }, (_row, row) => found.columns.map((_column, at) => found.cell(row, at))),
  };
};

it("a target is tried before it is saved, saved by the smallest edit, written and looked at", async () => {
  await query("create schema mart; create table mart.paid (id integer primary key, amount numeric(38,2), note text)");
  await query("insert into mart.paid values (3, 1.00, 'old'), (7, 7, E'a\\tb'), (8, 8, '')");
  await using window = await openWindow();
  const { client, folder } = window;
  const node = "transform.paid";
  await expect(client.call("materialize.preview", { node, target: upsert })).rejects.toMatchObject({
    code: "output_missing",
  });
  expect(await run(window)).toBe("SUCCESS");

  expect(await client.call("materialize.keys", { node, keys: ["note"] })).toEqual({
    rows: 2,
    nulls: 2,
    repeated: 0,
    examples: [],
  });
  expect(await client.call("materialize.describe", { node, target: upsert })).toMatchObject({
    exists: true,
    filled: true,
    keys: [["id"]],
    columns: [
      { name: "id", to: "integer", there: "integer", warning: null },
      { name: "amount", to: "numeric(18,2)", there: "numeric(38,2)", warning: null },
      { name: "note", there: "text" },
    ],
  });
  const { previews, stale } = await client.call("materialize.preview", { node, target: upsert });
  expect(stale).toBeNull();
  expect(previews).toMatchObject([{ inserts: 1, updates: 1, deletes: 0, unchanged: 0, replaces: false }]);

  const label = "Materialize paid";
  expect(await client.call("materialize.save", { node, index: null, target: upsert, label })).toEqual({ index: 0 });
  const saved = await folder.read("pipelines/silver.yml");
  expect(saved.startsWith(paid)).toBe(true);
  expect(saved.slice(paid.length, saved.indexOf("---"))).toContain("table: mart.paid");

  expect(await run(window)).toBe("SUCCESS");
  expect(await page(window, upsert)).toEqual({
    total: 4,
    types: ["integer", "numeric(38,2)", "text"],
    rows: [
      ["1", "9007199254740993.10", null],
      ["3", "2.50", null],
      ["7", "7.00", "a\tb"],
      ["8", "8.00", ""],
    ],
  });

  const append = { ...upsert, mode: "append" };
  await client.call("materialize.save", { node, index: 0, target: append, label });
  expect(await folder.read("pipelines/silver.yml")).toBe(saved.replace("upsert_by_key", "append"));
  await client.call("materialize.save", { node, index: 0, target: null, label });
  expect(await folder.read("pipelines/silver.yml")).toBe(tillFiles["pipelines/silver.yml"]);
  expect(await client.call("edit.undo", {})).toEqual({ label });
  await expect(
    client.call("materialize.save", { node, index: null, target: { mode: "sideways" }, label }),
  ).rejects.toMatchObject({ code: "target_settings_invalid" });
  await expect(page(window, { ...upsert, table: "mart.none" })).rejects.toMatchObject({ code: "target_not_there" });
});

it("a dry run counts what a run would write, not what was linked last", async () => {
  await using window = await openWindow();
  const { client, folder } = window;
  const node = "transform.paid";
  const target = { ...upsert, table: "mart.counted" };
  await run(window);
  const first = await folder.read("pipelines/silver.yml");
  await folder.write({ "pipelines/silver.yml": first.replace("amount > 0", "amount > 5") });
  await run(window);
  await folder.write({ "pipelines/silver.yml": first });
  // Both outputs are in the cache; the last one that was linked has one row.
  expect(await client.call("materialize.preview", { node, target })).toMatchObject({
    previews: [{ inserts: 2 }],
    stale: null,
  });
  await folder.write({ "pipelines/silver.yml": first.replace("amount > 0", "amount > -5") });
  expect(await client.call("materialize.preview", { node, target })).toMatchObject({
    previews: [{ inserts: 1 }],
    stale: "SQL changed",
  });
});

it("a filled table on a production connection is replaced only by its name", async () => {
  await query("create schema if not exists mart; create table mart.held (id integer, amount numeric(18,2), note text)");
  await query("insert into mart.held values (9, 9, 'mine')");
  await using window = await openWindow(true);
  const target = { type: "postgresql", connection: "warehouse", table: "mart.held", mode: "full" };
  const { client } = window;
  await client.call("materialize.save", { node: "transform.paid", index: null, target, label: "Materialize" });
  await expect(run(window)).rejects.toMatchObject({
    code: "production_unconfirmed",
    params: { tables: ["mart.held"] },
  });
  await expect(run(window, { confirm: ["mart.other"] })).rejects.toMatchObject({ code: "production_unconfirmed" });
  expect(await query("select note from mart.held")).toEqual([{ note: "mine" }]);
  expect(await run(window, { confirm: ["mart.held"] })).toBe("SUCCESS");
  expect((await page(window, target)).total).toBe(2);
});

it("file targets are described, written and read back as text", async () => {
  await using window = await openWindow();
  const { client } = window;
  const target = { type: "csv", path: "out/paid.csv" };
  await client.call("materialize.save", { node: "transform.paid", index: null, target, label: "Materialize" });
  await expect(page(window, target)).rejects.toMatchObject({ code: "target_not_there" });
  await run(window);
  expect(await client.call("materialize.describe", { node: "transform.paid", target })).toMatchObject({ exists: true });
  expect(await page(window, target, 1)).toEqual({
    total: 2,
    types: ["VARCHAR", "VARCHAR", "VARCHAR"],
    rows: [["1", "9007199254740993.10", null]],
  });
});

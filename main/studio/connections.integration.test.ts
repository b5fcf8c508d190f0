import { DatabaseSync } from "node:sqlite";

import { afterAll, beforeAll, expect, it } from "vitest";

import { createClient, portPair, type StudioClient } from "../../shared/api/index.ts";
import { type TemporaryDatabase, temporaryDatabase } from "../../test-support/postgres.ts";
import { temporaryFolder, type TemporaryFolder } from "../../test-support/temporary-folder.ts";
import { openTestWindow } from "../../test-support/studio-window.ts";
import { testDataDir } from "../../test-support/temporary-project.ts";
import { postgresRoom } from "../engine/index.ts";
import { openStudio, type Studio } from "./index.ts";

let database: TemporaryDatabase;
let folder: TemporaryFolder;
let studio: Studio;
let client: StudioClient;

beforeAll(async () => {
  database = await temporaryDatabase();
  const { host, port, user, database: name } = database.connection;
  folder = await temporaryFolder({
    "headrace.yml": "name: shop\n",
    "profiles.yml": `
profiles:
  default:
    default_connection: warehouse
    connections:
      warehouse: { type: postgresql, host: ${host}, port: ${port}, user: ${user}, password: "\${PG_SECRET}", database: ${name}, sslmode: disable, production: true }
      gone: { type: postgresql, host: ${host}, port: 1, user: ${user}, password: secret-word, database: ${name}, sslmode: disable }
      nameless: { type: postgresql, host: ${host}, user: "\${NOBODY_SET_THIS}", database: ${name} }
      till: { type: sqlite, path: data/till.sqlite }
`,
    "data/.keep": "",
  });
  const file = new DatabaseSync(folder.path("data/till.sqlite"));
  file.exec(
    "create table sales (id integer primary key, amount real not null, note); create view big as select 1 as a",
  );
  file.close();
  const { postgresClient } = await postgresRoom();
  await using postgres = await postgresClient(database.connection, { applicationName: "headrace:test" });
  await postgres.query(`
    create schema gold;
    create table gold.sales (day date, shop text, amount numeric(18,2) not null, primary key (day, shop));
    create view gold.big as select * from gold.sales;
    insert into gold.sales select date '2024-01-01' + n, 'a', n from generate_series(1, 50) n;
    analyze gold.sales`);
  const environment = { ...process.env, HEADRACE_HOME: testDataDir, PG_SECRET: database.connection.password ?? "" };
  studio = await openStudio({ dataDir: folder.path("person"), environment });
  const [near, far] = portPair();
  studio.connect(far, folder.root);
  client = createClient(near);
  await client.call("trust.grant", {});
});
afterAll(async () => {
  await studio[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

it("are listed with their places and without their passwords, the unusable ones with the reason", async () => {
  const connections = await client.call("connections.list", {});
  expect(connections.map(({ name, type, production, isUsable }) => [name, type, production, isUsable])).toEqual([
    ["warehouse", "postgresql", true, true],
    ["gone", "postgresql", false, true],
    ["nameless", "unknown", false, false],
    ["till", "sqlite", false, true],
  ]);
  const { host, port, user, database: name, password } = database.connection;
  expect(connections[0]?.place).toBe(`${user}@${host}:${port}/${name}`);
  expect(connections[2]?.place).toContain("NOBODY_SET_THIS");
  const text = JSON.stringify(connections);
  expect(text).not.toContain("secret-word");
  expect(text).not.toContain(password ?? "?");
});

it("are tested for real", async () => {
  expect((await client.call("connections.test", { name: "warehouse" })).version).toMatch(/^PostgreSQL \d+/);
  expect((await client.call("connections.test", { name: "till" })).version).toMatch(/^SQLite 3/);
  await expect(client.call("connections.test", { name: "gone" })).rejects.toMatchObject({
    code: "postgres_unreachable",
  });
  await expect(client.call("connections.test", { name: "none" })).rejects.toMatchObject({ code: "connection_unknown" });
});

it("are looked into: tables, views, columns and keys", async () => {
  const tables = await client.call("connections.tables", { name: "warehouse" });
  expect(tables).toEqual([
    { schema: "gold", name: "big", kind: "view", rows: null },
    { schema: "gold", name: "sales", kind: "table", rows: 50 },
  ]);
  expect(await client.call("connections.columns", { name: "warehouse", schema: "gold", table: "sales" })).toEqual([
    { name: "day", type: "date", nullable: false, isKey: true },
    { name: "shop", type: "text", nullable: false, isKey: true },
    { name: "amount", type: "numeric(18,2)", nullable: false, isKey: false },
  ]);
  expect(await client.call("connections.tables", { name: "till" })).toEqual([
    { schema: "main", name: "big", kind: "view", rows: null },
    { schema: "main", name: "sales", kind: "table", rows: null },
  ]);
  expect(await client.call("connections.columns", { name: "till", schema: "main", table: "sales" })).toEqual([
    { name: "id", type: "INTEGER", nullable: true, isKey: true },
    { name: "amount", type: "REAL", nullable: false, isKey: false },
    { name: "note", type: "", nullable: true, isKey: false },
  ]);
});

it("of a project without a profile are its own server, which a look does not start", async () => {
  await using plain = await temporaryFolder({ "headrace.yml": "name: plain\n" });
  const [near, far] = portPair();
  studio.connect(far, plain.root);
  const window = createClient(near);
  const started = performance.now();
  expect(await window.call("connections.list", {})).toMatchObject([{ name: "default", isOwn: true, place: "" }]);
  expect(performance.now() - started).toBeLessThan(2000);
  window.close();
});

const reachable = () => {
  const { host, port, user, database: name } = database.connection;
  return { type: "postgresql" as const, host, port: String(port), user, database: name, sslmode: "disable" as const };
};

it("are added, changed and removed by the smallest edit, with the password in no file; undo takes it back", async () => {
  const profiles = "# mine\nconnections:\n  lake: { type: sqlite, path: data/lake.sqlite } # kept\n";
  await using window = await openTestWindow(studio, { "profiles.yml": profiles });
  const { client: own } = window;
  const { folder: files } = window;
  const label = "Edit connections";
  const password = { from: "secret" as const, name: "studio-test" };
  await own.call("secrets.put", { name: "studio-test", value: database.connection.password ?? "none" });
  const settings = { ...reachable(), password };
  await own.call("connections.save", { name: "house", isNew: true, settings, label });
  const added = await files.read("profiles.yml");
  expect(added.startsWith(profiles)).toBe(true);
  expect(added).toContain("${secret:studio-test}");
  expect(added).not.toContain(database.connection.password ?? "none");
  expect((await own.call("connections.test", { name: "house" })).version).toMatch(/^PostgreSQL 18/);
  expect(await own.call("connections.get", { name: "house" })).toMatchObject({ user: settings.user, password });

  await own.call("connections.save", {
    name: "house",
    isNew: false,
    settings: { ...settings, production: true },
    label,
  });
  expect((await files.read("profiles.yml")).replace(/^\s*production: true\n/m, "")).toBe(added);
  await own.call("connections.remove", { name: "house", label });
  expect(await files.read("profiles.yml")).toBe(profiles);
  await own.call("edit.undo", {});
  expect(await files.read("profiles.yml")).toContain("production: true");
  await expect(own.call("connections.save", { name: "house", isNew: true, settings, label })).rejects.toMatchObject({
    code: "connection_name_taken",
  });
  await expect(own.call("connections.save", { name: "1 x", isNew: true, settings, label })).rejects.toMatchObject({
    code: "connection_name_invalid",
  });
  expect(await own.call("secrets.list", {})).toContain("studio-test");
  await own.call("secrets.put", { name: "studio-test", value: null });
  await expect(own.call("connections.test", { name: "house" })).rejects.toMatchObject({
    code: "secret_unavailable",
  });
});

it("a plain password in the file is not sent to a window, and goes when another source is chosen", async () => {
  const url = "postgresql://me:geheim@localhost:5432/shop";
  await using window = await openTestWindow(studio, {
    "profiles.yml": `profiles:\n  default:\n    outputs:\n      live: { type: postgres, host: h, user: u, dbname: d, pass: geheim }\n      linked:\n        url: ${url}\n`,
  });
  const { client: own } = window;
  const { folder: files } = window;
  const label = "Edit";
  const live = await own.call("connections.get", { name: "live" });
  const linked = await own.call("connections.get", { name: "linked" });
  expect(JSON.stringify([live, linked])).not.toContain("geheim");
  expect([live.password, linked.password]).toEqual([{ from: "file" }, { from: "file" }]);
  await own.call("connections.save", {
    name: "live",
    isNew: false,
    settings: { ...live, database: "e", password: { from: "variable", name: "LIVE_PW" } },
    label,
  });
  const text = await files.read("profiles.yml");
  expect(text).toContain("dbname: e");
  expect(text).toContain("${LIVE_PW}");
  expect(text.match(/geheim/g)).toHaveLength(1);
});

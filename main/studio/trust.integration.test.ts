import { readdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";

import { expect, it } from "vitest";

import { contract } from "../../shared/api/contract.ts";
import { type Contract, createClient, portPair } from "../../shared/api/index.ts";
import { toHeadraceError } from "../../shared/errors/index.ts";
import type { TestWindow } from "../../test-support/studio-window.ts";
import { temporaryFolder } from "../../test-support/temporary-folder.ts";
import { testStudio } from "../../test-support/test-studio.ts";
import { allowedUntrusted } from "./trust/allowed-calls.ts";

const testing = testStudio();
const { openWindow } = testing;

const restricted = { code: "project_untrusted" };
/** Only importing it tells its tags. */
const python = `from headrace import transform

@transform(name="own", tags=["a"] * 2)
def own(ctx):
    return [{"a": 1}]
`;
const openStranger = (more: Readonly<Record<string, string>> = {}): Promise<TestWindow> =>
  openWindow({ "pipelines/own.py": python, ...more }, false);
const ownTags = async ({ client }: TestWindow): Promise<readonly string[]> =>
  (await client.call("project.get", {})).nodes.find(({ id }) => id === "transform.own")?.tags ?? [];

/** Calls that would run, import, connect or leave the folder, with the least that each takes. */
const refused: Partial<Record<keyof Contract, Readonly<Record<string, unknown>>>> = {
  "plan.get": {},
  "run.start": {},
  "materialize.preview": { node: "transform.paid" },
  "materialize.describe": { node: "transform.paid", target: { type: "csv", path: "/tmp/x.csv" } },
  "materialize.keys": { node: "transform.paid", keys: [] },
  "connections.test": { name: "default" },
  "connections.tables": { name: "default" },
  "connections.columns": { name: "default", schema: "a", table: "b" },
  "node.describe": { node: "transform.paid", sql: null },
  "file.describe": { file: "data/orders.csv" },
};

it("what would run, import, connect or leave the folder is refused until the project is trusted", async () => {
  await using window = await openStranger();
  const { client } = window;
  const call = client.call as (name: string, input: unknown) => Promise<unknown>;
  const answers = Object.entries(refused).map(async ([name, input]) => [
    name,
    await call(name, input).then(
      () => "answered",
      (error: unknown) => toHeadraceError(error).code,
    ),
  ]);
  const names = Object.keys(refused);
  expect(await Promise.all(answers)).toEqual(names.map((name) => [name, restricted.code]));
  await expect(client.fetch("query.page", { sql: "select 1" })).rejects.toMatchObject(restricted);
  const target = { type: "csv", path: "/etc/passwd" };
  await expect(client.fetch("materialize.page", { target })).rejects.toMatchObject(restricted);
});

it("every call is decided: a new one is refused until somebody lists it", () => {
  const known = new Set(Object.keys(contract));
  expect([...allowedUntrusted].filter((name) => !known.has(name))).toEqual([]);
  expect(Object.keys(contract).filter((name) => !allowedUntrusted.has(name as keyof Contract))).toEqual(
    expect.arrayContaining(["run.start", "query.page", "plan.get", "materialize.page"]),
  );
});

it("its files are read and edited, its Python is not imported, its git is not asked", async () => {
  await using window = await openStranger();
  const { client, folder } = window;
  const { info, nodes } = await client.call("project.get", {});
  expect([info.trusted, info.git]).toEqual([false, null]);
  expect(nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(["source.orders", "transform.paid"]));
  await window.edit({ type: "set", node: "source.orders", path: ["owner"], value: "me" });
  expect(await folder.read("pipelines/orders.yml")).toContain("owner: me");
  expect(await ownTags(window)).toEqual([]);
});

it("tables that are there are shown; a table that a link or a crafted state leads to is not", async () => {
  await using window = await openWindow();
  const { client, folder } = window;
  const ended = Promise.withResolvers<void>();
  client
    .subscribe("run.events", {}, ({ events }) => {
      if (events.some(({ type }) => type === "run_finished")) ended.resolve();
    })
    .done.catch(() => undefined);
  await client.call("run.start", { nodes: ["source.orders"] });
  await ended.promise;
  await client.call("trust.revoke", { folder: folder.root });
  await expect(client.call("run.start", {})).rejects.toMatchObject(restricted);
  const range = { node: "source.orders", offset: 0, limit: 10 };
  expect((await client.fetch("preview.page", range)).head.rows).toBe(3);

  const state = await folder.read("target/run_state.json");
  const { nodes } = JSON.parse(state) as { nodes: Record<string, { output: { file: string } }> };
  const file = nodes["source.orders"]?.output.file ?? "";
  await folder.write({ "target/run_state.json": state.replaceAll(file, `../../${file}`) });
  await expect(client.fetch("preview.page", range)).rejects.toMatchObject({ code: "output_changed" });

  await using outside = await temporaryFolder({ "cache/x": "" });
  await using linked = await openWindow({}, false);
  await rm(linked.folder.path("target"), { recursive: true, force: true });
  await symlink(outside.root, linked.folder.path("target"));
  await expect(linked.client.fetch("preview.page", range)).rejects.toMatchObject(restricted);
  await linked.folder.write({ "pipelines/orders.yml": "kind: source\nname: changed\nsource: csv\ntable: x.csv\n" });
  await linked.client.call("project.get", {});
  expect(await readdir(outside.root)).toEqual(["cache"]);
});

it("trust is kept by real path outside the project, and can be taken back", async () => {
  await using window = await openStranger();
  const { client, folder } = window;
  await client.call("trust.grant", {});
  expect((await client.call("project.get", {})).info.trusted).toBe(true);
  expect(await ownTags(window)).toEqual(["a", "a"]);
  const trusted = async () => (await client.call("trust.list", {})).map((entry) => entry.folder);
  expect(await trusted()).toContain(folder.root);
  expect(await readdir(folder.root)).toEqual(expect.not.arrayContaining(["trust"]));

  const link = join(testing.dataDir, "link");
  await symlink(folder.root, link);
  const [near, far] = portPair();
  testing.studio.connect(far, link);
  const other = createClient(near);
  expect((await other.call("project.get", {})).info.trusted).toBe(true);
  await client.call("trust.revoke", { folder: folder.root });
  expect((await client.call("trust.get", {})).trusted).toBe(false);
  expect(await trusted()).not.toContain(folder.root);
  await expect(client.call("plan.get", {})).rejects.toMatchObject(restricted);
  other.close();
});

it("what is made here is trusted, unless there were nodes in the folder already", async () => {
  await using folder = await temporaryFolder({ "old/pipelines/own.py": python });
  const [near, far] = portPair();
  testing.studio.connect(far, null);
  const client = createClient(near);
  expect((await client.call("project.create", { folder: folder.path("new") })).info.trusted).toBe(true);
  expect((await client.call("project.create", { folder: folder.path("old"), isEmpty: true })).info.trusted).toBe(false);
  client.close();
});

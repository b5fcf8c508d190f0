import { tableFromIPC } from "apache-arrow";
import { describe, expect, it, vi } from "vitest";

import { createClient, portPair } from "../../shared/api/index.ts";
import { orders, tillFiles } from "../../test-support/studio-window.ts";
import { temporaryFolder } from "../../test-support/temporary-folder.ts";
import { testStudio } from "../../test-support/test-studio.ts";
import { openStudio } from "./index.ts";

const testing = testStudio();
const { openWindow } = testing;

describe("a project in a window", () => {
  it("is drawn: kinds, a line of what each does, inputs, problems", async () => {
    await using window = await openWindow({ "pipelines/bad.yml": "kind: transform\nname: bad\ntagz: []\n" });
    const view = await window.client.call("project.get", {});
    expect(view.info.name).toBe("till");
    expect(view.nodes.map(({ id, summary, inputs }) => [id, summary, inputs])).toEqual([
      ["source.orders", "csv · data/orders.csv", []],
      ["transform.paid", "where amount > 0", ["source.orders"]],
      ["transform.total", "select count(*) as n, sum(amount) as amount from transform.paid", ["transform.paid"]],
    ]);
    expect(view.broken).toMatchObject([{ id: "transform.bad", file: "pipelines/bad.yml" }]);
    expect(view.problems).toMatchObject([{ severity: "error", location: { file: "pipelines/bad.yml", line: 3 } }]);
  });

  it("shows an edit made elsewhere, that node alone", async () => {
    await using window = await openWindow();
    await window.folder.write({
      "pipelines/orders.yml": orders.replace("name: orders\n", "name: orders\ntags: [raw]\n"),
    });
    await vi.waitFor(() => expect(window.changes).toHaveLength(1), { timeout: 10_000 });
    expect(window.changes[0]).toMatchObject({
      nodes: [{ id: "source.orders", tags: ["raw"] }],
      removed: [],
      problems: null,
      files: ["pipelines/orders.yml"],
    });
  });

  it("that was read ahead has what was edited before its first window came", async () => {
    await using folder = await temporaryFolder(tillFiles);
    await using ahead = await openStudio({ dataDir: testing.dataDir });
    ahead.prepare(folder.root);
    await folder.write({ "pipelines/orders.yml": orders.replace("name: orders\n", "name: sales\n") });
    const [near, far] = portPair();
    ahead.connect(far, folder.root);
    const client = createClient(near);
    const view = await client.call("project.get", {});
    const seen = new Set(view.nodes.map(({ id }) => id));
    const changes = client.subscribe("project.changed", { revision: view.revision }, ({ nodes }) => {
      for (const { id } of nodes) seen.add(id);
    });
    changes.done.catch(() => undefined);
    await vi.waitFor(() => expect([...seen]).toContain("source.sales"), { timeout: 10_000 });
  });

  it("sees new folders, and files in them", async () => {
    await using window = await openWindow();
    await window.folder.write({
      "pipelines/new/deep/more.yml": "kind: source\nname: more\nsource: csv\ntable: a.csv\n",
    });
    await vi.waitFor(() => expect(window.changes.at(-1)?.nodes).toMatchObject([{ id: "source.more" }]));
    await window.folder.write({
      "pipelines/new/deep/more.yml": "kind: source\nname: most\nsource: csv\ntable: a.csv\n",
    });
    await vi.waitFor(() =>
      expect(window.changes.at(-1)).toMatchObject({ nodes: [{ id: "source.most" }], removed: ["source.more"] }),
    );
  });
});

describe("running and looking", () => {
  it("runs with events that end in a summary, and gives exact pages", async () => {
    await using window = await openWindow();
    const { client } = window;
    const types: string[] = [];
    const events = client.subscribe("run.events", {}, (batch) => types.push(...batch.events.map(({ type }) => type)));
    events.done.catch(() => undefined);
    const plan = await client.call("plan.get", {});
    expect(plan.counts).toMatchObject({ run: 3 });
    const { runId } = await client.call("run.start", { selectors: ["transform.total"] });
    await vi.waitFor(() => expect(types).toContain("run_finished"), { timeout: 30_000 });
    expect(types.filter((type) => type === "finished")).toHaveLength(3);

    const { head, bytes } = await client.fetch("preview.page", { node: "source.orders" });
    expect(head).toMatchObject({ offset: 0, rows: 3, totalRows: 3 });
    expect(head.columns).toEqual([
      { name: "id", type: "INTEGER" },
      { name: "amount", type: "DECIMAL(18,2)" },
      { name: "note", type: "VARCHAR" },
    ]);
    const table = tableFromIPC(bytes);
    expect(table.getChildAt(1)?.toArray()).toEqual(["9007199254740993.10", "-1.00", "2.50"]);
    expect([table.getChildAt(2)?.get(0), table.getChildAt(2)?.get(1)]).toEqual([null, "a"]);

    expect(
      await client.call("table.cell", { table: { type: "node", node: "source.orders" }, row: 1, column: 2 }),
    ).toEqual({ text: "a" });
    expect(
      await client.call("table.cell", { table: { type: "node", node: "source.orders" }, row: 9, column: 2 }),
    ).toEqual({ text: null });

    const query = await client.fetch("query.page", { sql: "select n, n from transform.total", limit: 5 });
    expect(query.head.columns.map(({ name }) => name)).toHaveLength(2);
    expect(tableFromIPC(query.bytes).getChildAt(1)?.get(0)).toBe("2");

    await vi.waitFor(() =>
      expect(window.changes.flatMap(({ nodes }) => nodes)).toContainEqual(
        expect.objectContaining({
          id: "transform.total",
          columnCount: 2,
          lastRun: expect.objectContaining({ runId }),
        }) as unknown,
      ),
    );
    expect(await client.call("run.history", {})).toMatchObject([{ summary: { runId, ran: 3 }, complete: true }]);
    expect((await client.call("run.past", { runId })).events.at(-1)?.type).toBe("run_finished");
    expect((await client.call("node.get", { node: "transform.paid" })).readers).toEqual(["transform.total"]);
  });

  it("says what is missing before the first run, and what a query may not do", async () => {
    await using window = await openWindow();
    await expect(window.client.fetch("preview.page", { node: "transform.paid" })).rejects.toMatchObject({
      code: "output_missing",
    });
    await expect(window.client.fetch("preview.page", { node: "transform.pad" })).rejects.toMatchObject({
      code: "node_not_found",
    });
    await expect(window.client.fetch("query.page", { sql: "drop table x" })).rejects.toMatchObject({
      code: "query_refused",
    });
    await expect(window.client.call("run.cancel", { runId: "none" })).rejects.toMatchObject({ code: "run_not_found" });
  });
});

describe("the canvas file", () => {
  it("has one sorted line an entry, moves with a rename, and is the only file that a move changes", async () => {
    await using window = await openWindow();
    const { client, folder } = window;
    const patch = { positions: { "transform.paid": { x: 300.4, y: 20 }, "source.orders": { x: 0, y: -1.2 } } };
    await client.call("canvas.put", { patch, label: "Move 2 nodes" });
    expect((await folder.read("canvas.yml")).split("\n").slice(1)).toEqual([
      "positions:",
      "  source.orders: [0, -1]",
      "  transform.paid: [300, 20]",
      "",
    ]);
    for (const [file, text] of Object.entries(tillFiles)) expect(await folder.read(file)).toBe(text);
    await window.edit({ type: "rename", node: "transform.paid", name: "settled" });
    expect((await client.call("canvas.get", {})).positions).toHaveProperty(["transform.settled"], { x: 300, y: 20 });
  });

  it("that is damaged is an error with its line, and is not written over", async () => {
    await using window = await openWindow({ "canvas.yml": "positions:\n  source.orders: [0, here]\n" });
    const { client, folder } = window;
    const unreadable = { code: "canvas_unreadable", location: { file: "canvas.yml", line: 2 } };
    await expect(client.call("canvas.get", {})).rejects.toMatchObject(unreadable);
    const put = client.call("canvas.put", { patch: { positions: { a: { x: 0, y: 0 } } }, label: "Move" });
    await expect(put).rejects.toMatchObject(unreadable);
    expect(await folder.read("canvas.yml")).toContain("here");
  });
});

it("remembers settings of the person and of the project", async () => {
  await using window = await openWindow();
  const { client } = window;
  await Promise.all([
    client.call("settings.put", { scope: "project", key: "layout", value: { left: 200 } }),
    client.call("settings.put", { scope: "project", key: "viewport", value: [1, 2] }),
    client.call("settings.put", { scope: "person", key: "theme", value: "dark" }),
  ]);
  expect(await client.call("settings.get", {})).toMatchObject({
    person: { theme: "dark" },
    project: { layout: { left: 200 }, viewport: [1, 2] },
  });
});

it("two windows on one project see each other's edits", async () => {
  await using one = await openWindow();
  const [near, far] = portPair();
  testing.studio.connect(far, one.folder.root);
  const other = createClient(near);
  await other.call("edit.apply", {
    commands: [{ type: "set", node: "source.orders", path: ["owner"], value: "me" }],
    label: "Set owner",
  });
  await vi.waitFor(() => expect(one.changes.at(-1)?.files).toEqual(["pipelines/orders.yml"]));
  expect(await one.client.call("edit.undo", {})).toEqual({ label: "Set owner" });
  other.close();
});

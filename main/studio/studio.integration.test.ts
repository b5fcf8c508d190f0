import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import {
  createClient,
  type EditCommand,
  portPair,
  type ProjectChange,
  type StudioClient,
} from "../../shared/api/index.ts";
import { temporaryFolder, type TemporaryFolder } from "../../test-support/temporary-folder.ts";
import { testDataDir } from "../../test-support/temporary-project.ts";
import { openStudio, type Studio } from "./index.ts";

const orders = `# The till's orders.
kind: source
name: orders
source: csv
table: data/orders.csv
schema:
  - { name: id, data_type: INTEGER } # the key
  - { name: amount, data_type: "DECIMAL(18,2)" }
  - { name: note, data_type: VARCHAR }
`;
const paid = `kind: transform
name: paid
tags: [silver] # kept
inputs:
  - ref: source.orders
transform: |
  -- only what was paid
  select * from ref('source.orders')
  where amount > 0
`;
const total = `kind: transform
name: total
inputs: [transform.paid]
transform: select count(*) as n, sum(amount) as amount from transform.paid
`;
const files = {
  "headrace.yml": "name: till\n",
  "data/orders.csv": 'id,amount,note\n1,9007199254740993.10,\n2,-1.00,a\n3,2.50,""\n',
  "pipelines/orders.yml": orders,
  "pipelines/silver.yml": `${paid}---\n${total}`,
};

interface Window extends AsyncDisposable {
  readonly folder: TemporaryFolder;
  readonly client: StudioClient;
  readonly changes: ProjectChange[];
  edit(...commands: readonly EditCommand[]): Promise<unknown>;
}

let data: TemporaryFolder;
let studio: Studio;
beforeAll(async () => {
  data = await temporaryFolder();
  studio = await openStudio({ dataDir: data.root, environment: { ...process.env, HEADRACE_HOME: testDataDir } });
});
afterAll(async () => {
  await studio[Symbol.asyncDispose]();
  await data[Symbol.asyncDispose]();
});

const openWindow = async (more: Readonly<Record<string, string>> = {}): Promise<Window> => {
  const folder = await temporaryFolder({ ...files, ...more });
  const [near, far] = portPair();
  studio.connect(far, folder.root);
  const client = createClient(near);
  const { revision } = await client.call("project.get", {});
  const changes: ProjectChange[] = [];
  const following = client.subscribe("project.changed", { revision }, (change) => changes.push(change));
  following.done.catch(() => undefined);
  return {
    folder,
    client,
    changes,
    edit: (...commands) => client.call("edit.apply", { commands: [...commands], label: "edit" }),
    async [Symbol.asyncDispose]() {
      client.close();
      await folder[Symbol.asyncDispose]();
    },
  };
};

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

  it("shows an edit made elsewhere within half a second, that node alone", async () => {
    await using window = await openWindow();
    const started = performance.now();
    await window.folder.write({
      "pipelines/orders.yml": orders.replace("name: orders\n", "name: orders\ntags: [raw]\n"),
    });
    await vi.waitFor(() => expect(window.changes).toHaveLength(1), { interval: 5, timeout: 2000 });
    expect(performance.now() - started).toBeLessThan(500);
    expect(window.changes[0]).toMatchObject({
      nodes: [{ id: "source.orders", tags: ["raw"] }],
      removed: [],
      problems: null,
      files: ["pipelines/orders.yml"],
    });
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

    expect(await client.call("preview.cell", { node: "source.orders", row: 1, column: 2 })).toEqual({ text: "a" });
    expect(await client.call("preview.cell", { node: "source.orders", row: 9, column: 2 })).toEqual({ text: null });

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

describe("an edit on the canvas", () => {
  const cases: [string, EditCommand[], Record<string, string | null>][] = [
    [
      "sets one key and keeps every comment",
      [{ type: "set", node: "transform.paid", path: ["tags"], value: ["silver", "daily"] }],
      { "pipelines/silver.yml": `${paid.replace("[silver]", "[silver, daily]")}---\n${total}` },
    ],
    [
      "connects in the list's own spelling",
      [{ type: "connect", from: "source.orders", to: "transform.total" }],
      { "pipelines/silver.yml": `${paid}---\n${total.replace("[transform.paid]", "[transform.paid, source.orders]")}` },
    ],
    [
      "disconnects what is listed",
      [{ type: "disconnect", from: "source.orders", to: "transform.paid" }],
      { "pipelines/silver.yml": `${paid.replace("inputs:\n  - ref: source.orders\n", "")}---\n${total}` },
    ],
    [
      "renames a node and everything that names it, the canvas included",
      [{ type: "rename", node: "transform.paid", name: "settled" }],
      {
        "pipelines/silver.yml": `${paid.replace("name: paid", "name: settled")}---\n${total.replaceAll("transform.paid", "transform.settled")}`,
      },
    ],
    [
      "adds a file for a new node",
      [
        {
          type: "add",
          kind: "transform",
          name: "big",
          config: { inputs: ["transform.paid"], transform: "select *\nfrom transform.paid\n" },
        },
      ],
      {
        "pipelines/big.yml":
          "kind: transform\nname: big\ninputs:\n  - transform.paid\ntransform: |\n  select *\n  from transform.paid\n",
      },
    ],
    [
      "removes a node and heals the wire",
      [{ type: "remove", nodes: ["transform.paid"] }],
      { "pipelines/silver.yml": total.replaceAll("transform.paid", "source.orders") },
    ],
    [
      "removes a node's file with its last node",
      [{ type: "remove", nodes: ["source.orders"], heal: false }],
      { "pipelines/orders.yml": null },
    ],
  ];

  it.each(cases)("%s, and undo gives back every byte", async (_what, commands, expected) => {
    await using window = await openWindow();
    const { folder, client } = window;
    await window.edit(...commands);
    for (const [file, text] of Object.entries(expected)) {
      expect(await folder.read(file).catch(() => null)).toBe(text);
    }
    expect(await client.call("edit.undo", {})).toEqual({ label: "edit" });
    for (const [file, text] of Object.entries(files)) expect(await folder.read(file)).toBe(text);
    expect(await client.call("edit.history", {})).toMatchObject({ undo: null, redo: "edit" });
  });

  const refused: [string, EditCommand, string][] = [
    ["a cycle", { type: "connect", from: "transform.total", to: "transform.paid" }, "edit_makes_cycle"],
    [
      "a wire that is in the SQL",
      { type: "disconnect", from: "source.orders", to: "transform.total" },
      "edit_input_in_body",
    ],
    ["a name that is taken", { type: "rename", node: "transform.paid", name: "total" }, "edit_name_taken"],
    ["a name that cannot be one", { type: "add", kind: "source", name: "Two words" }, "edit_name_invalid"],
    ["an unknown kind", { type: "add", kind: "sauce", name: "a" }, "edit_kind_unknown"],
    ["a file outside", { type: "add", kind: "source", name: "a", file: "../a.yml" }, "file_outside_project"],
    ["an unknown node", { type: "set", node: "transform.gone", path: ["tags"], value: [] }, "node_not_found"],
  ];

  it.each(refused)("refuses %s and writes nothing, the edits beside it included", async (_what, command, code) => {
    await using window = await openWindow();
    const good: EditCommand = { type: "set", node: "source.orders", path: ["owner"], value: "me" };
    await expect(window.edit(good, command)).rejects.toMatchObject({ code });
    for (const [file, text] of Object.entries(files)) expect(await window.folder.read(file)).toBe(text);
  });
});

describe("an editor's text", () => {
  it("is a node's SQL, put back with nothing else changed", async () => {
    await using window = await openWindow();
    const { client, folder } = window;
    const parts = await client.call("node.text", { node: "transform.paid" });
    expect(parts.map(({ part, line }) => [part, line])).toEqual([
      ["sql", 6],
      ["yaml", 1],
    ]);
    const [sql] = parts;
    const put = { node: "transform.paid", part: "sql", label: "Edit SQL" } as const;
    const text = (sql?.text ?? "").replace("> 0", "> 1");
    const { version } = await client.call("node.put-text", { ...put, text, version: sql?.version ?? "" });
    expect(await folder.read("pipelines/silver.yml")).toBe(`${paid.replace("> 0", "> 1")}---\n${total}`);
    await client.call("node.put-text", { ...put, text: sql?.text ?? "", version });
    expect(await folder.read("pipelines/silver.yml")).toBe(`${paid}---\n${total}`);
  });

  it("is never written over what another program wrote there, and may be beside it", async () => {
    await using window = await openWindow();
    const { client, folder } = window;
    const [sql] = await client.call("node.text", { node: "transform.paid" });
    const put = {
      node: "transform.paid",
      part: "sql",
      label: "Edit SQL",
      text: "select 1\n",
      version: sql?.version ?? "",
    } as const;
    await folder.write({ "pipelines/silver.yml": `${paid.replace("> 0", "> 5")}---\n${total}` });
    await expect(client.call("node.put-text", put)).rejects.toMatchObject({ code: "edit_conflict" });
    await folder.write({ "pipelines/silver.yml": `# a note\n${paid}---\n${total}` });
    await client.call("node.put-text", put);
    expect(await folder.read("pipelines/silver.yml")).toContain("# a note\nkind: transform");
  });

  it("may be that of a file that could not be read as a node", async () => {
    await using window = await openWindow({ "pipelines/bad.yml": "kind: [\n" });
    const { client } = window;
    const read = await client.call("file.get", { file: "pipelines/bad.yml" });
    const text = "kind: source\nname: good\nsource: csv\ntable: data/orders.csv\n";
    await client.call("file.put", { file: "pipelines/bad.yml", text, version: read.version, label: "Repair" });
    await vi.waitFor(() =>
      expect(window.changes.flatMap(({ nodes }) => nodes.map(({ id }) => id))).toContain("source.good"),
    );
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
    for (const [file, text] of Object.entries(files)) expect(await folder.read(file)).toBe(text);
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
  studio.connect(far, one.folder.root);
  const other = createClient(near);
  await other.call("edit.apply", {
    commands: [{ type: "set", node: "source.orders", path: ["owner"], value: "me" }],
    label: "Set owner",
  });
  await vi.waitFor(() => expect(one.changes.at(-1)?.files).toEqual(["pipelines/orders.yml"]));
  expect(await one.client.call("edit.undo", {})).toEqual({ label: "Set owner" });
  other.close();
});

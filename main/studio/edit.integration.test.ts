import { describe, expect, it, vi } from "vitest";

import type { EditCommand } from "../../shared/api/index.ts";
import { orders, paid, tillFiles, total } from "../../test-support/studio-window.ts";
import { testStudio } from "../../test-support/test-studio.ts";

const { openWindow } = testStudio();

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
      "disconnects what is listed and not named in the SQL",
      [
        { type: "connect", from: "source.orders", to: "transform.total" },
        { type: "disconnect", from: "source.orders", to: "transform.total" },
        { type: "set", node: "transform.paid", path: ["tags"], value: ["gold"] },
      ],
      { "pipelines/silver.yml": `${paid.replace("[silver]", "[gold]")}---\n${total}` },
    ],
    [
      "puts a node into a wire",
      [
        {
          type: "add",
          kind: "transform",
          name: "kept",
          config: { inputs: [{ ref: "transform.paid" }], transform: "select *\nfrom ref('transform.paid')\n" },
        },
        { type: "reroute", reader: "transform.total", from: "transform.paid", to: "transform.kept" },
        { type: "place", positions: { "transform.kept": { x: 10, y: 20.4 } } },
      ],
      {
        "pipelines/silver.yml": `${paid}---\n${total.replaceAll("transform.paid", "transform.kept")}`,
        "pipelines/kept.yml":
          "kind: transform\nname: kept\ninputs:\n  - ref: transform.paid\ntransform: |\n  select *\n  from ref('transform.paid')\n",
        "canvas.yml":
          "# Where things stand on the canvas; nothing here changes what runs. One line an entry, sorted, so that git can merge it.\npositions:\n  transform.kept: [10, 20]\n",
      },
    ],
    [
      "renames a column wherever it is said to be named",
      [
        {
          type: "rename-column",
          node: "source.orders",
          from: "amount",
          to: "gross",
          edits: [
            {
              file: "pipelines/orders.yml",
              start: orders.indexOf("amount"),
              end: orders.indexOf("amount") + 6,
              expected: "amount",
              text: "gross",
            },
            {
              file: "pipelines/silver.yml",
              start: paid.indexOf("amount"),
              end: paid.indexOf("amount") + 6,
              expected: "amount",
              text: "gross",
            },
          ],
        },
      ],
      {
        "pipelines/orders.yml": orders.replace("amount", "gross"),
        "pipelines/silver.yml": `${paid.replace("amount", "gross")}---\n${total}`,
      },
    ],
    [
      "pastes nodes under fresh names, with the wires among them, comments included",
      [{ type: "paste", text: `${paid}---\n${total}`, places: [{ x: 1, y: 2 }] }],
      {
        "pipelines/paid_2.yml": paid
          .replace("name: paid", "name: paid_2")
          .replace("inputs:\n  - ref: source.orders\n", ""),
        "pipelines/total_2.yml": total
          .replace("name: total", "name: total_2")
          .replaceAll("transform.paid", "transform.paid_2"),
      },
    ],
    [
      "pastes what is there twice as two nodes; who reads it reads the first",
      [{ type: "paste", text: `${paid}---\n${paid}---\n${total}`, keepInputs: true }],
      {
        "pipelines/paid_2.yml": paid.replace("name: paid", "name: paid_2"),
        "pipelines/paid_3.yml": paid.replace("name: paid", "name: paid_3"),
        "pipelines/total_2.yml": total
          .replace("name: total", "name: total_2")
          .replaceAll("transform.paid", "transform.paid_2"),
      },
    ],
    [
      "pastes nodes with what they read",
      [{ type: "paste", text: paid, keepInputs: true }],
      { "pipelines/paid_2.yml": paid.replace("name: paid", "name: paid_2") },
    ],
    [
      "lets an empty transform hand its first input on",
      [
        {
          type: "add",
          kind: "transform",
          name: "empty",
          config: { transform: "select 1 as id\n" },
          file: "pipelines/orders.yml",
        },
      ],
      { "pipelines/orders.yml": `${orders}---\nkind: transform\nname: empty\ntransform: |\n  select 1 as id\n` },
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
    for (const [file, text] of Object.entries(tillFiles)) expect(await folder.read(file)).toBe(text);
    expect(await client.call("edit.history", {})).toMatchObject({ undo: null, redo: "edit" });
  });

  const refused: [string, EditCommand, string][] = [
    [
      "a text that is another one by now",
      {
        type: "rename-column",
        node: "source.orders",
        from: "amount",
        to: "gross",
        edits: [{ file: "pipelines/orders.yml", start: 0, end: 6, expected: "amount", text: "gross" }],
      },
      "edit_conflict",
    ],
    ["a source that reads", { type: "connect", from: "transform.total", to: "source.orders" }, "edit_connect_kind"],
    ["a file that is there", { type: "create-file", file: "headrace.yml", text: "" }, "edit_file_exists"],
    ["a paste that is no node", { type: "paste", text: "a: 1\n" }, "edit_paste_unreadable"],
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
    for (const [file, text] of Object.entries(tillFiles)) expect(await window.folder.read(file)).toBe(text);
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

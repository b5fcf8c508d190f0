import { describe, expect, it, vi } from "vitest";

import { paid, tillFiles, total, type TestWindow } from "../../../test-support/studio-window.ts";
import { testStudio } from "../../../test-support/test-studio.ts";

/** Machines do other things too. */
const patiently = { timeout: 30_000, interval: 50 };

const { openWindow } = testStudio();

const silver = "pipelines/silver.yml";
const python = `from headrace import transform


@transform(name="scored", inputs=["transform.paid"])
def scored(ctx):
    return ctx.ref("transform.paid")
`;
const more = {
  "pipelines/scored.py": python,
  "pipelines/named.yml": "kind: transform\nname: named\ninputs: [transform.paid]\nfile: named.sql\n",
  "pipelines/named.sql": "select * from transform.paid\n",
};

const nodesOf = async ({ client }: TestWindow) => {
  const { nodes, broken, problems } = await client.call("project.get", {});
  return { nodes: new Map(nodes.map((node) => [node.id, node])), broken, problems };
};

describe("a file that breaks while its project is open", () => {
  it.each([
    ["YAML", silver, `${paid.replace("inputs:", "inputs")}---\n${total}`, "transform.paid", 4],
    ["a key of YAML", silver, `${paid.replace("name: paid", "name:")}---\n${total}`, "transform.paid", 2],
    ["SQL in YAML", silver, `${paid.replace("where amount", "were amount")}---\n${total}`, "transform.paid", 9],
    ["an SQL file", "pipelines/named.sql", "select * frm transform.paid\n", "transform.named", 1],
    ["a decorator", "pipelines/scored.py", python.replace('paid"])', 'paid"]'), "transform.scored", 5],
  ])("keeps its node's shape, and says why it is invalid: %s", async (_what, file, text, id, line) => {
    await using window = await openWindow(more);
    const before = await nodesOf(window);
    await window.folder.write({ [file]: text });
    await vi.waitFor(
      () => expect(window.changes.flatMap(({ nodes }) => nodes).map((node) => node.id)).toContain(id),
      patiently,
    );

    const after = await nodesOf(window);
    expect(window.changes.flatMap(({ removed }) => removed)).toEqual([]);
    expect([...after.nodes.keys()].toSorted()).toEqual([...before.nodes.keys()].toSorted());
    expect(after.broken).toEqual([]);
    const kept = after.nodes.get(id);
    expect(kept).toEqual({ ...before.nodes.get(id), isBroken: true, problem: kept?.problem });
    expect(kept?.problem?.location).toMatchObject({ file, line });
    for (const [other, { inputs }] of before.nodes) expect(after.nodes.get(other)?.inputs).toEqual(inputs);
    // Who reads it is told the truth: it is there, and broken.
    expect(after.problems.map(({ code }) => code)).not.toContain("input_unknown");

    const original = { ...tillFiles, ...more }[file as keyof typeof more];
    await window.folder.write({ [file]: original });
    await vi.waitFor(
      async () => expect((await nodesOf(window)).nodes.get(id)).toEqual(before.nodes.get(id)),
      patiently,
    );
  });

  it("is never run or written as it was, and its text can be mended", async () => {
    await using window = await openWindow();
    const { client } = window;
    await window.folder.write({ [silver]: `${paid.replace("inputs:", "inputs")}---\n${total}` });
    await vi.waitFor(async () => {
      expect((await nodesOf(window)).nodes.get("transform.paid")).toMatchObject({ isBroken: true });
    }, patiently);
    const refused = { code: "node_broken", next: `Open ${silver}, correct line 4, and try again.` };
    await expect(
      window.edit({ type: "set", node: "transform.paid", path: ["tags"], value: ["a"] }),
    ).rejects.toMatchObject(refused);
    await expect(window.edit({ type: "remove", nodes: ["transform.paid"], heal: true })).rejects.toMatchObject(refused);
    await expect(window.edit({ type: "connect", from: "transform.paid", to: "transform.total" })).rejects.toMatchObject(
      refused,
    );
    await expect(client.call("node.get", { node: "transform.paid" })).rejects.toMatchObject(refused);
    await expect(client.call("plan.get", {})).rejects.toMatchObject({ code: "project_has_errors" });
    const run = client.call("run.start", { selectors: ["transform.total"] });
    await expect(run).rejects.toMatchObject({ code: "project_has_errors" });
    expect(await client.call("node.text", { node: "transform.paid" })).toMatchObject([{ part: "yaml", file: silver }]);
    const draft = { node: "transform.paid", sql: "select id from ref('source.orders')" };
    expect((await client.call("node.describe", draft)).columns).toEqual([{ name: "id", type: "INTEGER" }]);
  });

  it("leaves a placeholder where nothing was, beside which a node can still be taken out", async () => {
    const never = "kind: transform\nname: never\ntagz: []\n";
    await using window = await openWindow({ [silver]: `${paid}---\n${never}` });
    expect((await nodesOf(window)).broken).toMatchObject([{ id: "transform.never" }]);
    await window.folder.write({ [silver]: never });
    await vi.waitFor(() => expect(window.changes.at(-1)?.removed).toEqual(["transform.paid"]), patiently);
    // Good once, it is a node; a file that is gone takes it away.
    await window.folder.write({ [silver]: never.replace("tagz: []", "transform: select 1 as one") });
    await vi.waitFor(async () => expect((await nodesOf(window)).nodes.has("transform.never")).toBe(true), patiently);
    await window.folder.write({ [silver]: never });
    await vi.waitFor(async () => {
      expect((await nodesOf(window)).nodes.get("transform.never")).toMatchObject({ isBroken: true });
    }, patiently);
    await window.folder.write({ [silver]: "" });
    await vi.waitFor(() => expect(window.changes.at(-1)?.removed).toEqual(["transform.never"]), patiently);
  });
});

import { describe, expect, it } from "vitest";

import { paid, total } from "../../test-support/studio-window.ts";
import { testStudio } from "../../test-support/test-studio.ts";

/** Machines do other things too. */
const patiently = { timeout: 30_000, interval: 50 };

const { openWindow } = testStudio();

describe("what SQL says of columns", () => {
  it("reaches the cards and the problems of a window without a run, and goes when it is mended", async () => {
    await using window = await openWindow();
    const { client, folder } = window;
    await folder.write({ "pipelines/silver.yml": `${paid}---\n${total.replace("sum(amount)", "sum(amuont)")}` });
    const seen = async () => (await client.call("project.get", {})).nodes.find(({ id }) => id === "transform.total");
    await expect
      .poll(async () => (await seen())?.problem, patiently)
      .toMatchObject({
        code: "sql_column_unknown",
        message: "transform.total uses column amuont, which none of its inputs has",
        next: "Did you mean amount?",
        location: { file: "pipelines/silver.yml", line: 14 },
      });
    await folder.write({ "pipelines/silver.yml": `${paid}---\n${total}` });
    await expect.poll(async () => (await seen())?.problem, patiently).toBeNull();
  });

  it("is told of a text that is not saved, with the span and what would fit", async () => {
    await using window = await openWindow();
    const sql = "select n.idd from transform.paid as n";
    const schema = await window.client.call("node.describe", { node: "transform.total", sql });
    expect(schema.problem).toMatchObject({ start: 9, end: 12, replacements: ["id"], valid: ["id", "amount", "note"] });
    expect(await window.client.call("node.describe", { node: "transform.total", sql: null })).toMatchObject({
      columns: [
        { name: "n", type: "BIGINT" },
        { name: "amount", type: "DECIMAL(38,2)" },
      ],
      inputs: [{ id: "transform.paid", from: "query" }],
    });
  });
});

describe("names that SQL may bind", () => {
  it("are the node's own, the project's and the run's; another one is told before any column is known", async () => {
    await using window = await openWindow({
      "headrace.yml": "name: till\nvars: { region: north, limit: 3 }\n",
      "pipelines/free.yml": "kind: source\nname: free\nsource: csv\ntable: data/orders.csv\n",
      "pipelines/top.yml":
        "kind: transform\nname: top\nparams: { limit: 5, kinds: [a] }\ntransform: select * from source.free limit $limit\n",
    });
    const { client } = window;
    expect(await client.call("sql.parameters", { node: "transform.top" })).toEqual([
      { name: "limit", type: "number", value: "5", from: "node" },
      { name: "kinds", type: "list", value: '["a"]', from: "node" },
      { name: "region", type: "text", value: '"north"', from: "project" },
      { name: "date", type: "date", value: null, from: "run" },
      { name: "start", type: "timestamp", value: null, from: "run" },
      { name: "end", type: "timestamp", value: null, from: "run" },
    ]);
    const sql = "select * from source.free where d = $regoin";
    const { problem } = await client.call("node.describe", { node: "transform.top", sql });
    expect(problem).toMatchObject({ start: 36, end: 43, replacements: ["$region"] });
    expect(problem?.problem).toMatchObject({ code: "sql_parameter_missing", next: "Did you mean $region?" });
  });
});

describe("the texts of a node that could not be loaded", () => {
  it("are there, and mend it", async () => {
    await using window = await openWindow();
    const { client, folder } = window;
    await folder.write({ "pipelines/silver.yml": `${paid.replace("select *", "selec *")}---\n${total}` });
    const view = await client.call("project.get", {});
    expect(view.nodes.filter(({ isBroken }) => isBroken).map(({ id }) => id)).toEqual(["transform.paid"]);
    const [sql, yaml] = await client.call("node.text", { node: "transform.paid" });
    expect(sql).toMatchObject({ part: "sql", text: expect.stringContaining("selec *") as string });
    expect(yaml).toMatchObject({ part: "yaml", file: "pipelines/silver.yml" });
    const text = (sql?.text ?? "").replace("selec *", "select *");
    const put = { node: "transform.paid", part: "sql" as const, text, version: sql?.version ?? "", label: "edit" };
    await client.call("node.put-text", put);
    expect((await client.call("project.get", {})).broken).toEqual([]);
    expect(await folder.read("pipelines/silver.yml")).toBe(`${paid}---\n${total}`);
    await expect(client.call("node.put-text", put)).rejects.toMatchObject({ code: "edit_conflict" });
  });

  it("of a file that is no YAML are the file, at the line that is wrong", async () => {
    await using window = await openWindow({ "pipelines/odd.yml": "kind: source\nname: [odd\n" });
    const { broken } = await window.client.call("project.get", {});
    const [part] = await window.client.call("node.text", { node: broken[0]?.id ?? "" });
    expect(part).toMatchObject({ part: "yaml", file: "pipelines/odd.yml", line: broken[0]?.line });
    expect(
      await window.client.call("file.check", { file: "pipelines/odd.yml", text: "kind: source\nnam: odd\n" }),
    ).toMatchObject([
      { code: "key_missing" },
      { code: "key_unknown", next: "Did you mean name?", location: { line: 2 } },
    ]);
  });
});

it("a node is given as its file writes it, and its runs as they went", async () => {
  await using window = await openWindow();
  const { client } = window;
  const written = await client.call("node.document", { node: "transform.paid" });
  expect(written).toMatchObject({
    written: "yaml",
    line: 1,
    value: { tags: ["silver"], inputs: [{ ref: "source.orders" }] },
  });
  const { runId } = await client.call("run.start", {});
  await expect
    .poll(() => client.call("node.runs", { node: "transform.paid" }), patiently)
    .toMatchObject([{ runId, status: "SUCCESS", rows: 2, error: null, why: ["never ran"] }]);
});

import { execFile } from "node:child_process";
import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";

import { describe, expect, it } from "vitest";

import { analyzeHere, projectFolder } from "../../../test-support/loaded-project.ts";

const files = {
  "pipelines/orders.yml": "kind: source\nname: orders\nsource: csv\ntable: data/orders.csv\n",
  "pipelines/paid.yml": "kind: transform\nname: paid\ntransform: |\n  SELECT * FROM source.orders WHERE amount > 0\n",
  "pipelines/total.yml": "kind: transform\nname: total\nfile: total.sql\n",
  "pipelines/total.sql": "SELECT sum(amount) AS total FROM transform.paid",
  "pipelines/scored.py":
    'from headrace import transform\nfrom helpers import weight\n\n@transform(name="scored", inputs=["transform.paid"])\ndef scored(ctx):\n    return ctx.input(0)\n',
  "pipelines/helpers.py": "def weight():\n    return 1\n",
};

/** Loads, counting the statements that DuckDB was asked about. */
const counting = () => {
  const asked: string[] = [];
  const analyze = (texts: readonly string[]) => {
    asked.push(...texts);
    return analyzeHere(texts);
  };
  return { asked, analyze };
};

describe("an unchanged project is not read again", () => {
  it("in this process, the very same object comes back", async () => {
    await using folder = await projectFolder(files);
    const first = await folder.load();
    expect(await folder.load({ previous: first })).toBe(first);
    await folder.write({ "pipelines/orders.yml": files["pipelines/orders.yml"].replace("orders.csv", "o.csv") });
    const second = await folder.load({ previous: first });
    expect(second).not.toBe(first);
    expect(second.nodes.get("source.orders")?.config).toMatchObject({ table: "data/o.csv" });
  });

  it("in another process, everything is equal and DuckDB is not asked", async () => {
    await using folder = await projectFolder(files);
    const first = await folder.load();
    const { asked, analyze } = counting();
    const second = await folder.load({ analyze });
    expect(asked).toEqual([]);
    expect(JSON.parse(JSON.stringify([...second.nodes]))).toEqual(JSON.parse(JSON.stringify([...first.nodes])));
    expect([...second.nodes.keys()]).toEqual([...first.nodes.keys()]);
    expect(second.settings).toEqual(first.settings);
    expect(second.connections).toEqual(first.connections);
  });

  it("without loading a YAML parser, schemas, Python's grammar or DuckDB", async () => {
    await using folder = await projectFolder(files);
    await folder.load();
    const script = `
      import { registerHooks } from "node:module";
      const loaded = [];
      registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
      const { loadProject } = await import(${JSON.stringify(new URL("index.ts", import.meta.url).href)});
      const analyze = () => { throw new Error("asked"); };
      const project = await loadProject({ root: process.argv[1], environment: {}, dataDir: process.argv[1] + "/.data", analyze });
      console.log(JSON.stringify({ nodes: project.nodes.size, heavy: loaded.filter((url) => /node_modules\\/(yaml|zod|@lezer|@duckdb)\\//.test(url)) }));
    `;
    const run = promisify(execFile)(process.execPath, ["--input-type=module", "-e", script, folder.root]);
    expect(JSON.parse((await run).stdout)).toEqual({ nodes: 4, heavy: [] });
  });

  it("only changed SQL is asked about again", async () => {
    await using folder = await projectFolder(files);
    await folder.load();
    await folder.write({ "pipelines/total.sql": "SELECT max(amount) AS total FROM transform.paid" });
    const { asked, analyze } = counting();
    const project = await folder.load({ analyze });
    expect(asked).toEqual(["SELECT max(amount) AS total FROM transform.paid"]);
    expect(project.problems).toEqual([]);
    expect(project.nodes.get("transform.total")?.inputs).toEqual(["transform.paid"]);
    expect(project.nodes.get("transform.paid")?.inputs).toEqual(["source.orders"]);
  });
});

type Folder = Awaited<ReturnType<typeof projectFolder>>;

/** A change of files, and what the next load must show. */
const changes: readonly (readonly [
  string,
  (folder: Folder) => Promise<void>,
  (folder: Folder) => Promise<unknown>,
  unknown,
])[] = [
  [
    "a file edited with its size and time kept",
    async (folder) => {
      const path = folder.path("pipelines/paid.yml");
      const time = new Date(1_700_000_000_000);
      utimesSync(path, time, time);
      await folder.load();
      writeFileSync(path, files["pipelines/paid.yml"].replace("> 0", "> 1"));
      utimesSync(path, time, time);
    },
    async (folder) => (await folder.load()).nodes.get("transform.paid")?.config,
    expect.objectContaining({ transform: "SELECT * FROM source.orders WHERE amount > 1\n" }),
  ],
  [
    "a new file",
    (folder) => folder.write({ "pipelines/deep/er/new.yml": "kind: source\nname: fresh\nsource: csv\n" }),
    async (folder) => (await folder.load()).nodes.has("source.fresh"),
    true,
  ],
  [
    "a file taken away",
    (folder) => folder.remove("pipelines/orders.yml"),
    async (folder) =>
      (await folder.load()).problems.map(
        ({ code, location }) => `${code} ${location?.file}:${location?.line}:${location?.column}`,
      ),
    ["input_unknown pipelines/paid.yml:4:17"],
  ],
  [
    "a helper module edited",
    (folder) => folder.write({ "pipelines/helpers.py": "def weight():\n    return 2\n" }),
    async (folder) => {
      const body = (await folder.load()).nodes.get("transform.scored")?.body;
      return body?.language === "python" && body.hash === (await hashOfUnchanged());
    },
    false,
  ],
  [
    "a nearer module that takes a helper's place",
    (folder) => folder.write({ "helpers.py": "", "pipelines/helpers/__init__.py": "" }),
    async (folder) => {
      const body = (await folder.load()).nodes.get("transform.scored")?.body;
      return body?.language === "python" ? body.sources : null;
    },
    ["pipelines/helpers/__init__.py", "pipelines/scored.py"],
  ],
  [
    "a profile that appears",
    (folder) => folder.write({ "profiles.yml": "connections:\n  warehouse: {type: postgres, user: a, database: b}\n" }),
    async (folder) => (await folder.load()).connections,
    ["warehouse"],
  ],
  [
    "a default of the project",
    (folder) => folder.write({ "headrace.yml": "name: test\ndefaults:\n  source: {owner: data}\n" }),
    async (folder) => (await folder.load()).nodes.get("source.orders")?.config.owner,
    "data",
  ],
  [
    "a common fragment that appears",
    (folder) => folder.write({ "pipelines/common/x.yml": "source_defaults:\n  csv: {delimiter: ';'}\n" }),
    async (folder) => (await folder.load()).nodes.get("source.orders")?.config.params,
    { delimiter: ";" },
  ],
  [
    "a missing SQL file that appears",
    async (folder) => {
      await folder.remove("pipelines/total.sql");
      expect((await folder.load()).problems.map(({ code }) => code)).toEqual(["file_missing"]);
      await folder.write({ "pipelines/total.sql": "SELECT 1 AS one" });
    },
    async (folder) => (await folder.load()).problems,
    [],
  ],
];

const hashOfUnchanged = async (): Promise<string | null> => {
  await using folder = await projectFolder(files);
  const body = (await folder.load()).nodes.get("transform.scored")?.body;
  return body?.language === "python" ? body.hash : null;
};

describe("what changed is seen", () => {
  it.each(changes)("%s", async (_name, change, look, expected) => {
    await using folder = await projectFolder(files);
    await folder.load();
    await change(folder);
    expect(await look(folder)).toEqual(expected);
  });
});

/** Ways in which target/manifest.json may not be what this Headrace wrote. */
const damages: readonly (readonly [string, (text: string) => string])[] = [
  ["cut off", (text) => text.slice(0, text.length / 2)],
  ["empty", () => ""],
  ["not JSON", () => "hello"],
  ["edited by hand", (text) => text.replaceAll("data/orders.csv", "data/others.csv")],
  ["of another version", (text) => text.replace('"manifest_version":1', '"manifest_version":2')],
  ["JSON of another shape", () => '{"seal":"","nodes":[]}'],
];

describe("a manifest that is not to be believed is made anew", () => {
  it.each(damages)("%s", async (_name, damage) => {
    await using folder = await projectFolder(files);
    await folder.load();
    const path = folder.path("target/manifest.json");
    const good = readFileSync(path, "utf8");
    writeFileSync(path, damage(good));
    const project = await folder.load();
    expect(project.nodes.get("source.orders")?.config).toMatchObject({ table: "data/orders.csv" });
    // Stamps of files that were too young before are filled in.
    const { seal: _seal, loaded: _loaded, ...graph } = JSON.parse(good) as Record<string, unknown>;
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject(graph);
  });

  it("written by somebody else", async () => {
    await using folder = await projectFolder(files);
    await folder.load({ dataDir: folder.path(".other") });
    const { asked, analyze } = counting();
    await folder.load({ analyze });
    expect(asked).toHaveLength(2);
  });

  it("and a folder that cannot be written to loads all the same", async () => {
    await using folder = await projectFolder({ ...files, target: "a file where the folder would be" });
    const project = await folder.load();
    expect(project.nodes.size).toBe(4);
  });
});

it("the manifest is the graph for other tools", async () => {
  await using folder = await projectFolder(files);
  await folder.load();
  const manifest: unknown = JSON.parse(await folder.read("target/manifest.json"));
  expect(manifest).toMatchObject({
    manifest_version: 2,
    generator: { name: "headrace" },
    project: { name: "test" },
    nodes: {
      "transform.total": {
        id: "transform.total",
        kind: "transform",
        name: "total",
        inputs: ["transform.paid"],
        files: ["pipelines/total.yml", "pipelines/total.sql"],
        location: { file: "pipelines/total.yml", line: 1, column: 1 },
        body: { language: "sql", text: "SELECT sum(amount) AS total FROM transform.paid" },
      },
    },
    problems: [],
    broken: [],
  });
});

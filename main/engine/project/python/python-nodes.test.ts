import { describe, expect, it } from "vitest";

import { projectFolder } from "../../../../test-support/loaded-project.ts";

const load = async (files: Readonly<Record<string, string>>, options = {}) => {
  await using folder = await projectFolder(files);
  return await folder.load(options);
};

const told = (problems: readonly { code: string; location: { file: string; line: number; column: number } | null }[]) =>
  problems.map(({ code, location }) => `${code} ${location?.file}:${location?.line}:${location?.column}`);

/** Ways to reach the decorators; each file has one node `transform.a`. */
const imports: readonly (readonly [string, string])[] = [
  ["from headrace import transform", "@transform(name='a')"],
  ["from headrace import transform as node", "@node(name='a')"],
  ["import headrace", "@headrace.transform(name='a')"],
  ["import headrace as hr", "@hr.transform(name='a')"],
  ["from headrace.decorators import transform", "@transform(name='a')"],
  ["from headrace import decorators as d", "@d.transform('a')"],
  ["from seeknal.pipeline import transform", "@transform(name='a')"],
  ["from seeknal.pipeline.decorators import (\n    source,\n    transform as t,\n)", "@t(name='a')"],
  ["import seeknal.pipeline", "@seeknal.pipeline.transform('a')"],
  ["import seeknal.pipeline.decorators as d", "@d.transform('a')"],
  ["from seeknal import pipeline", "@pipeline.transform('a')"],
  ["from seeknal.pipeline import *", "@transform('a')"],
];

describe("Python nodes are found without running the file", () => {
  it.each(imports)("%s, %s", async (line, decorator) => {
    const project = await load({ "pipelines/x.py": `${line}\n\n${decorator}\ndef b(ctx):\n    return 1\n` });
    expect(project.problems).toEqual([]);
    expect(project.nodes.get("transform.a")?.body).toMatchObject({ file: "pipelines/x.py", function: "b" });
  });

  it("takes no other package's decorators, and no file without any", async () => {
    const project = await load({
      "pipelines/x.py": "from other import transform\n\n@transform(name='a')\ndef b(ctx):\n    return 1\n",
      "pipelines/y.py": "def transform(f):\n    return f\n\n@transform\ndef c(ctx):\n    return 1\n",
    });
    expect(project.nodes.size).toBe(0);
    expect(project.problems).toEqual([]);
  });

  it("reads every kind of literal argument", async () => {
    const project = await load({
      "pipelines/s.yml": "kind: source\nname: one\nsource: csv\n---\nkind: source\nname: two\nsource: csv\n",
      "pipelines/x.py": `from headrace import transform, materialize

@transform(
    "first",
    inputs=("source.one", "source" ".two"),  # a tuple, an implicit join
    description=f"an f-string {{with}} braces",
    tags=['a', r"raw\\n", """long
text"""],
    params={"i": -1, "f": 2.5e3, "h": 0x1F, "u": 1_000, "b": True, "n": None, "l": [1, (2, 3)], "s": "\\u00fc\\x41\\t\\'", "p": +1},
)
@materialize(type="postgresql", connection="w", table="a.b", mode="upsert", unique_keys=["x"])
@materialize("parquet", path="out/a.parquet")
async def one(ctx):
    return 1

@transform
def bare(ctx):
    return 2
`,
    });
    expect(project.problems).toEqual([]);
    const node = project.nodes.get("transform.first");
    expect(node?.inputs).toEqual(["source.one", "source.two"]);
    expect(node?.config).toMatchObject({
      description: "an f-string {with} braces",
      tags: ["a", "raw\\n", "long\ntext"],
      params: { i: -1, f: 2500, h: 31, u: 1000, b: true, n: null, l: [1, [2, 3]], s: "üA\t'", p: 1 },
      materializations: [
        { type: "postgresql", connection: "w", table: "a.b", mode: "upsert_by_key", unique_keys: ["x"] },
        { type: "parquet", path: "out/a.parquet" },
      ],
    });
    expect(node?.location).toEqual({ file: "pipelines/x.py", line: 3, column: 1 });
    expect(project.nodes.get("transform.bare")?.body).toMatchObject({ function: "bare" });
  });

  it("finds inputs in ctx.ref, after the declared ones", async () => {
    const project = await load({
      "pipelines/s.yml": "kind: source\nname: one\nsource: csv\n---\nkind: source\nname: two\nsource: csv\n",
      "pipelines/x.py":
        "from headrace import transform\n\n@transform(inputs=['source.two'])\ndef a(context, other=1):\n    x = context.ref('one')\n    y = [context.ref(\"source.two\") for _ in range(2)]\n    name = 'source.three'\n    return other.ref('source.four'), context.ref(name)\n",
      "pipelines/y.py": "from headrace import transform\n\n@transform\ndef b(ctx):\n    return ctx.ref('source.tow')\n",
    });
    expect(project.nodes.get("transform.a")?.inputs).toEqual(["source.two", "source.one"]);
    expect(told(project.problems)).toEqual(["input_unknown pipelines/y.py:5:20"]);
    expect(project.problems[0]?.next).toBe("Did you mean source.two?");
  });

  it.each([
    ["pass", null],
    ["...", null],
    ['"""Only words."""', null],
    ["return None", null],
    ["raise NotImplementedError", null],
    ["return [1]", "python"],
    ["yield 1", "python"],
    ["if ctx:\n        return 1", "python"],
    ["def inner():\n        return 1\n    inner()", null],
  ])("a declared source whose function does `%s` has the body %s", async (body, language) => {
    const project = await load({
      "pipelines/x.py": `from headrace import source\n\n@source(name="a", source="postgres", table="public.a")\ndef a(ctx=None):\n    ${body}\n`,
    });
    expect(project.problems).toEqual([]);
    expect(project.nodes.get("source.a")?.body?.language ?? null).toBe(language);
    expect(project.nodes.get("source.a")?.config).toMatchObject({ source: "postgresql", table: "public.a" });
  });

  it("reads the script block and the project's own requirements", async () => {
    const block =
      '# /// script\n# requires-python = ">=3.10"\n# dependencies = [\n#   "pandas>=2,<3", # tables\n#   \'scikit-learn[extra]\',\n# ]\n# [tool.uv]\n# x = 1\n# ///\n';
    const project = await load({
      "headrace.yml": 'name: x\npython: {dependencies: ["numpy", "pandas>=2,<3"]}\n',
      "pipelines/x.py": `#!/usr/bin/env python\n${block}from headrace import transform\n\n@transform\ndef a(ctx):\n    return 1\n`,
    });
    expect(project.problems).toEqual([]);
    expect(project.nodes.get("transform.a")?.body).toMatchObject({
      dependencies: ["numpy", "pandas>=2,<3", "scikit-learn[extra]"],
      requiresPython: ">=3.10",
    });
  });

  it("follows local imports: relative, absolute, packages, and each other's", async () => {
    const project = await load({
      "pipelines/x.py":
        "import json, shared.text\nfrom headrace import transform\nfrom . import near\nfrom .sub.deep import f\nfrom shared import numbers\n\n@transform\ndef a(ctx):\n    import late\n    return 1\n",
      "pipelines/near.py": "from .sub import other as o\n",
      "pipelines/sub/__init__.py": "",
      "pipelines/sub/deep.py": "import near\n",
      "pipelines/sub/other.py": "",
      "pipelines/unused.py": "",
      "shared/__init__.py": "",
      "shared/text.py": "from shared.numbers import *\n",
      "shared/numbers.py": "import pandas\n",
      "late.py": "",
    });
    const body = project.nodes.get("transform.a")?.body;
    expect(body?.language === "python" && body.sources).toEqual([
      "late.py",
      "pipelines/near.py",
      "pipelines/sub/__init__.py",
      "pipelines/sub/deep.py",
      "pipelines/sub/other.py",
      "pipelines/x.py",
      "shared/__init__.py",
      "shared/numbers.py",
      "shared/text.py",
    ]);
    expect(project.nodes.get("transform.a")?.files).toContain("shared/numbers.py");
  });

  it("a YAML node with file and function runs that function", async () => {
    const project = await load({
      "pipelines/s.yml": "kind: source\nname: one\nsource: csv\n",
      "pipelines/a.yml": "kind: transform\nname: a\nfile: code/x.py\nfunction: clean\ninputs: [source.one]\n",
      "pipelines/code/x.py": "def clean(ctx):\n    return 1\n",
    });
    expect(project.problems).toEqual([]);
    expect(project.nodes.get("transform.a")?.body).toMatchObject({ file: "pipelines/code/x.py", function: "clean" });
  });

  it("a YAML file about a decorated function adds to it", async () => {
    const project = await load({
      "pipelines/s.yml": "kind: source\nname: one\nsource: csv\n",
      "pipelines/a.yml":
        "kind: transform\nname: a\nfile: pipelines/x.py\ndescription: from YAML\nmaterialization: {type: parquet, path: a.parquet}\n",
      "pipelines/x.py":
        "from headrace import transform\n\n@transform(name='a', inputs=['source.one'], tags=['t'], description='from Python')\ndef clean(ctx):\n    return 1\n",
    });
    expect(project.problems).toEqual([]);
    const node = project.nodes.get("transform.a");
    expect(node?.inputs).toEqual(["source.one"]);
    expect(node?.config).toMatchObject({
      description: "from YAML",
      tags: ["t"],
      materializations: [{ type: "parquet" }],
    });
  });
});

describe("what cannot be a node says so", () => {
  const from = "from headrace import transform, source, materialize\n\n";
  it.each([
    ["a method", `${from}class A:\n    @transform\n    def b(self):\n        return 1\n`, "python_not_top_level@5:9"],
    [
      "an inner function",
      `${from}def a():\n    @transform\n    def b(ctx):\n        return 1\n`,
      "python_not_top_level@5:9",
    ],
    ["a class", `${from}@transform\nclass A:\n    pass\n`, "python_not_top_level@4:7"],
    [
      "a target without a kind",
      `${from}@materialize(type='parquet')\ndef a(ctx):\n    return 1\n`,
      "python_without_kind@4:5",
    ],
    ["two kinds", `${from}@transform\n@source\ndef a(ctx):\n    return 1\n`, "python_two_kinds@4:1"],
    ["two positional arguments", `${from}@transform('a', 'b')\ndef a(ctx):\n    return 1\n`, "python_argument@3:17"],
    [
      "a broken script block",
      `# /// script\n# dependencies = [pandas]\n# ///\n${from}@transform\ndef a(ctx):\n    return 1\n`,
      "python_script_block@2:1",
    ],
    [
      "an endless script block",
      `# /// script\n# dependencies = []\n${from}@transform\ndef a(ctx):\n    return 1\n`,
      "python_script_block@1:1",
    ],
    ["an unclosed bracket", `${from}@transform(name='a'\ndef a(ctx):\n    return 1\n`, "python_syntax@4:1"],
    ["a bad name", `${from}@transform(name='A b')\ndef a(ctx):\n    return 1\n`, "value_invalid@3:17"],
    [
      "a wrong target",
      `${from}@transform\n@materialize(type='postgres', mode='upsrt')\ndef a(ctx):\n    return 1\n`,
      "value_invalid@4:36",
    ],
    ["bytes", `${from}@transform(description=b'a')\ndef a(ctx):\n    return 1\n`, "python_computed@3:24"],
    [
      "an f-string with a value",
      `${from}X = 1\n@transform(description=f'{X}')\ndef a(ctx):\n    return 1\n`,
      "python_computed@4:24",
    ],
    ["spread arguments", `${from}X = {}\n@transform(**X)\ndef a(ctx):\n    return 1\n`, "python_computed@4:12"],
    ["a call", `${from}@transform(tags=list('ab'))\ndef a(ctx):\n    return 1\n`, "python_computed@3:17"],
  ])("%s", async (_name, code, expected) => {
    const project = await load({ "pipelines/x.py": code });
    expect(
      project.problems.map(({ code: found, location }) => `${found}@${location?.line}:${location?.column}`),
    ).toEqual([expected]);
    expect(project.broken).toHaveLength(1);
    expect(project.nodes.size).toBe(0);
  });

  it("one broken function leaves the file's others usable", async () => {
    const project = await load({
      "pipelines/x.py": `${from}@transform(tags=list('ab'))\ndef a(ctx):\n    return 1\n\n@transform\ndef b(ctx):\n    return 1\n`,
    });
    expect([...project.nodes.keys()]).toEqual(["transform.b"]);
  });
});

describe("computed arguments", () => {
  const files = {
    "pipelines/x.py":
      "from headrace import transform, materialize\nNAMES = ['a']\n\n@transform(name=NAMES[0], tags=['t'])\n@materialize(type='parquet', path=NAMES[0] + '.parquet')\ndef f(ctx):\n    return 1\n",
  };

  it("are read by importing the file once, when that is possible", async () => {
    const asked: string[] = [];
    const project = await load(files, {
      importPython: async (body: { file: string }) => {
        asked.push(body.file);
        const materializations = [{ type: "parquet", path: "a.parquet" }];
        return [{ function: "f", kind: "transform", name: "a", line: 6, options: { tags: ["t"] }, materializations }];
      },
    });
    expect(asked).toEqual(["pipelines/x.py"]);
    expect(project.problems).toEqual([]);
    expect(project.nodes.get("transform.a")?.config).toMatchObject({
      tags: ["t"],
      materializations: [{ type: "parquet", path: "a.parquet" }],
    });
  });

  it("a failed import is tried again the next time", async () => {
    await using folder = await projectFolder(files);
    const { ProjectError } = await import("../../../../shared/errors/index.ts");
    const failing = () => Promise.reject(new ProjectError("python_not_found", { params: {} }));
    const first = await folder.load({ importPython: failing });
    expect(first.problems.map(({ code }) => code)).toEqual(["python_not_found"]);
    const second = await folder.load({
      importPython: async () => [
        { function: "f", kind: "transform", name: "a", line: 6, options: {}, materializations: [] },
      ],
    });
    expect(second.problems).toEqual([]);
  });
});

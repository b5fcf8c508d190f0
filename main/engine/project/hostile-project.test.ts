import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { projectFolder } from "../../../test-support/loaded-project.ts";

const good = {
  "headrace.yml": "name: test\nvars: {x: 1}\ndefaults: {source: {owner: me}}\n",
  "profiles.yml":
    "profiles:\n  default:\n    connections:\n      w: {type: postgresql, user: a, password: '${P:x}', database: b}\n",
  "pipelines/common/x.yml": "expressions:\n  paid: amount > 0\n",
  "pipelines/orders.yml": "kind: source\nname: orders\nsource: csv\ntable: data/orders.csv\n",
  "pipelines/paid.yml":
    "kind: transform\nname: paid\ninputs:\n  - ref: source.orders\ntransform: |\n  SELECT * FROM source.orders\n  WHERE {{ paid }}\nmaterializations:\n  - type: postgresql\n    table: a.b\n",
  "pipelines/total.yml": "kind: transform\nname: total\nfile: total.sql\n",
  "pipelines/total.sql": "SELECT sum(amount) AS total FROM transform.paid",
  "pipelines/scored.py":
    '# /// script\n# dependencies = ["pandas"]\n# ///\nfrom headrace import transform\n\n@transform(name="scored", inputs=["transform.paid"], params={"a": [1, 2]})\ndef scored(ctx):\n    return ctx.ref("source.orders")\n',
} as const;

describe("a broken part leaves the rest usable", () => {
  it("whatever is done to one file, loading ends with the others' nodes", async () => {
    const names = Object.keys(good) as readonly (keyof typeof good)[];
    const piece = fc.oneof(
      fc.constantFrom(
        "\n",
        "  ",
        ":",
        "-",
        "[",
        "{",
        '"',
        "'",
        "#",
        "|",
        "\t",
        "{{",
        "}}",
        "@",
        "(",
        "\\",
        "\u0000",
        "\uFEFF",
        "&a",
        "*a",
        "<<: *a",
      ),
      fc.string({ maxLength: 5 }),
    );
    const change = fc.record({ at: fc.nat(), removed: fc.nat(20), piece });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(change, { minLength: 1, maxLength: 5 }),
        async (name, changes) => {
          const text = changes.reduce((current: string, { at, removed, piece: added }) => {
            const place = at % (current.length + 1);
            return current.slice(0, place) + added + current.slice(place + removed);
          }, good[name]);
          await using folder = await projectFolder({ ...good, [name]: text });
          const project = await folder.load();
          expect(project.nodes.has("source.orders") || name === "pipelines/orders.yml").toBe(true);
          for (const problem of project.problems) {
            expect(problem.message).not.toMatch(/\{\w+\}/);
            expect(problem.code).not.toBe("internal_error");
          }
          const again = await folder.load();
          expect([...again.nodes.keys()]).toEqual([...project.nodes.keys()]);
          expect(again.problems).toEqual(project.problems);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("a default that no node can take is told once, of the project's file, and left out", async () => {
    const settings = "name: test\ndefaults:\n  source: {ownr: me, tags: [a]}\n  transform: {timeout: soon}\n";
    await using folder = await projectFolder({
      ...good,
      "headrace.yml": settings,
      "pipelines/common/x.yml": "expressions:\n  paid: amount > 0\n",
    });
    const project = await folder.load();
    expect(project.nodes.get("source.orders")?.config.tags).toEqual(["a"]);
    expect(project.nodes.has("transform.paid")).toBe(true);
    expect(project.problems.map(({ code, location }) => [code, location?.file, location?.line])).toEqual([
      ["key_unknown", "headrace.yml", 3],
      ["value_invalid", "headrace.yml", 4],
    ]);
    expect(project.problems[0]?.next).toContain("owner");
  });

  it("unknown kinds, broken files and broken SQL are listed with their place and id", async () => {
    await using folder = await projectFolder({
      ...good,
      "pipelines/a.yml": "kind: transfrom\nname: a\n---\nkind: source\nname: fine\nsource: csv\n",
      "pipelines/b.yml": "kind: [\n",
      "pipelines/c.yml": "kind: transform\nname: c\ntransform: DROP TABLE x\n",
      "pipelines/d.py": "def (:\n",
      "pipelines/e.yml": "kind: transform\nname: e\ninputs: [transform.c]\ntransform: select 1 as one\n",
    });
    const project = await folder.load();
    expect(project.broken.map(({ file, id, problem }) => `${file} ${id} ${problem.code}`)).toEqual([
      "pipelines/a.yml transfrom.a kind_unknown",
      "pipelines/b.yml null yaml_syntax",
      "pipelines/d.py null python_syntax",
      "pipelines/c.yml transform.c sql_not_select",
    ]);
    expect(project.problems.map(({ code }) => code)).toEqual([
      "kind_unknown",
      "yaml_syntax",
      "python_syntax",
      "sql_not_select",
      "input_broken",
    ]);
    expect([...project.nodes.keys()]).toEqual(expect.arrayContaining(["source.fine", "transform.paid", "transform.e"]));
  });
});

describe("the graph as a whole", () => {
  const select = (name: string, from: string) => `kind: transform\nname: ${name}\ntransform: select * from ${from}\n`;

  it("a circle is named node by node with each place", async () => {
    await using folder = await projectFolder({
      "pipelines/a.yml": select("a", "transform.c"),
      "pipelines/b.yml": select("b", "transform.a"),
      "pipelines/c.yml": `# last\n${select("c", "transform.b")}`,
      "pipelines/d.yml": select("d", "transform.d"),
      "pipelines/e.yml": select("e", "transform.a"),
    });
    const project = await folder.load();
    expect(project.problems.map(({ code, message, next }) => `${code}: ${message} ${next}`)).toEqual([
      "cycle: These nodes read each other in a circle: transform.a → transform.c → transform.b → transform.a Take one of the inputs away. transform.a is at pipelines/a.yml:1; transform.c is at pipelines/c.yml:2; transform.b is at pipelines/b.yml:1.",
      "cycle: These nodes read each other in a circle: transform.d → transform.d Take one of the inputs away. transform.d is at pipelines/d.yml:1.",
    ]);
    expect(project.nodes.size).toBe(5);
  });

  it("an id used twice names both places, and so do two that differ by case", async () => {
    await using folder = await projectFolder({
      "pipelines/a.yml": "kind: source\nname: a\nsource: csv\n---\nkind: source\nname: a\nsource: csv\n",
      "pipelines/b.py": "from headrace import source\n\n@source\ndef a(ctx):\n    return 1\n",
    });
    const project = await folder.load();
    expect(project.problems.map(({ message, location }) => `${message} @ ${location?.file}:${location?.line}`)).toEqual(
      [
        "source.a is defined twice: here and in pipelines/a.yml:1 @ pipelines/a.yml:5",
        "source.a is defined twice: here and in pipelines/a.yml:1 @ pipelines/b.py:3",
      ],
    );
  });

  it("declared inputs come first, in their order, then those the SQL names", async () => {
    const source = (name: string) => `kind: source\nname: ${name}\nsource: csv\n`;
    await using folder = await projectFolder({
      "pipelines/s.yml": ["a", "b", "c", "d"].map(source).join("---\n"),
      "pipelines/t.yml":
        "kind: transform\nname: t\ninputs: [source.d, {ref: source.b}]\ntransform: |\n  WITH d AS (SELECT * FROM ref('source.c')), a AS (SELECT 1)\n  SELECT * FROM d, a, source.a, input_1, __THIS__, source, input_3\n",
    });
    const project = await folder.load();
    expect(project.problems).toEqual([]);
    expect(project.nodes.get("transform.t")?.inputs).toEqual(["source.d", "source.b", "source.c", "source.a"]);
  });

  it("files come in one order, whatever the file system's", async () => {
    await using folder = await projectFolder({
      "pipelines/z/a.yml": "kind: source\nname: za\nsource: csv\n",
      "pipelines/B.yml": "kind: source\nname: b\nsource: csv\n",
      "pipelines/a.YAML": "kind: source\nname: a\nsource: csv\n",
      "seeknal/c.yml": "kind: source\nname: c\nsource: csv\n",
      "pipelines/.hidden.yml": "kind: x\n",
      "pipelines/.git/config.yml": "kind: x\n",
      "pipelines/__pycache__/x.py": "def (",
      "pipelines/notes.md": "kind: x\n",
    });
    const project = await folder.load();
    expect([...project.nodes.keys()]).toEqual(["source.b", "source.a", "source.za", "source.c"]);
    expect(project.problems).toEqual([]);
  });
});

describe("what leads out of the project or is too much", () => {
  it("links to elsewhere are told and not followed; links inside are", async () => {
    await using outside = await projectFolder({
      "x.yml": "kind: source\nname: stolen\nsource: csv\n",
      "sub/y.yml": "kind: source\nname: stolen\nsource: csv\n",
      "x.sql": "select 1",
    });
    await using folder = await projectFolder({
      "pipelines/a.yml": "kind: source\nname: a\nsource: csv\n",
      "pipelines/t.yml": "kind: transform\nname: t\nfile: link.sql\n",
      "elsewhere/b.yml": "kind: source\nname: b\nsource: csv\n",
    });
    symlinkSync(outside.path("x.yml"), folder.path("pipelines/x.yml"));
    symlinkSync(outside.path("sub"), folder.path("pipelines/sub"));
    symlinkSync(outside.path("x.sql"), folder.path("pipelines/link.sql"));
    symlinkSync(folder.path("elsewhere"), folder.path("pipelines/inside"));
    symlinkSync(folder.path("pipelines"), folder.path("pipelines/loop"));
    symlinkSync(folder.path("nowhere"), folder.path("pipelines/dangling.yml"));
    const project = await folder.load();
    expect([...project.nodes.keys()]).toEqual(["source.a", "source.b"]);
    expect(project.problems.map(({ code, location }) => `${code} ${location?.file}`).toSorted()).toEqual([
      "file_outside_project pipelines/link.sql",
      "file_outside_project pipelines/sub",
      "file_outside_project pipelines/t.yml",
      "file_outside_project pipelines/x.yml",
    ]);
  });

  it.each([
    ["a file of two mebibytes", "pipelines/x.yml", "#".repeat(2 * 1024 * 1024), "file_too_large"],
    ["a binary file", "pipelines/x.yml", Buffer.from([0x6b, 0xff, 0xfe, 0x00]), "file_not_text"],
    ["a NUL", "pipelines/x.py", "x = 1\0", "file_not_text"],
    [
      "a Python file of brackets",
      "pipelines/x.py",
      `from headrace import transform\n\n@transform(params=${"[".repeat(100)}${"]".repeat(100)})\ndef a(ctx):\n    return 1\n`,
      "python_computed",
    ],
    ["a Python file of opening brackets", "pipelines/x.py", "(".repeat(200_000), "python_syntax"],
    [
      "a Python file of operators",
      "pipelines/x.py",
      `from headrace import transform\n\n@transform(params=${"-".repeat(100)}1)\ndef a(ctx):\n    return 1\n`,
      "python_computed",
    ],
    ["fragments of fragments", "pipelines/common/x.yml", fragments(), "fragment_too_long"],
    [
      "a fragment in itself",
      "pipelines/common/x.yml",
      "expressions:\n  f0: '{{ f1 }}'\n  f1: '{{ f0 }}'\n",
      "fragment_circle",
    ],
  ])("%s", async (_name, file, content, code) => {
    await using folder = await projectFolder({
      "pipelines/a.yml": "kind: source\nname: a\nsource: csv\n",
      "pipelines/t.yml": code.startsWith("fragment") ? "kind: transform\nname: t\ntransform: select {{ f0 }}\n" : "",
    });
    mkdirSync(folder.path("pipelines/common"), { recursive: true });
    writeFileSync(folder.path(file), content);
    const project = await folder.load();
    expect(project.problems.map((problem) => problem.code)).toEqual([code]);
    expect(project.nodes.has("source.a")).toBe(true);
  });
});

function fragments(): string {
  const lines = Array.from({ length: 40 }, (_, at) => `  f${at}: '{{ f${at + 1} }}{{ f${at + 1} }}'`);
  return `expressions:\n${lines.join("\n")}\n  f40: x\n`;
}

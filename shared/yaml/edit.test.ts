import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseTrees } from "./document.ts";
import { editYaml, type YamlPath } from "./index.ts";
import { isEqual, withValue } from "./model.ts";

const node = `# Orders, cleaned.
kind: transform   # always
name: "clean_orders"
tags: [silver, daily]  # two
inputs:
  # the raw ones
  - ref: source.raw_orders
  - ref: source.customers # who
    note: it's fine

# The SQL.
transform: |
  SELECT *
  FROM source.raw_orders

materializations:
  - type: postgresql # there
    # fully named
    table: analytics.orders
    unique_keys:
      - order_id
params: # given
  limit: 10
  name: 'x'
`;

/** The lines that differ, as `-old` and `+new`. */
const difference = (before: string, after: string): readonly string[] => {
  const left = before.split("\n");
  const right = after.split("\n");
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) end++;
  return [
    ...left.slice(start, left.length - end).map((line) => `-${line}`),
    ...right.slice(start, right.length - end).map((line) => `+${line}`),
  ];
};

const edits: readonly (readonly [string, YamlPath, unknown, readonly string[]])[] = [
  ["a plain scalar keeps its comment", ["kind"], "source", ["-kind: transform   # always", "+kind: source   # always"]],
  ["quotes stay", ["name"], "paid orders", ['-name: "clean_orders"', '+name: "paid orders"']],
  ["single quotes stay", ["params", "name"], "it's", ["-  name: 'x'", "+  name: 'it''s'"]],
  ["a number", ["params", "limit"], 20, ["-  limit: 10", "+  limit: 20"]],
  ["text that looks like a number", ["params", "limit"], "20", ["-  limit: 10", '+  limit: "20"']],
  [
    "a flow list grows",
    ["tags", 2],
    "hourly",
    ["-tags: [silver, daily]  # two", "+tags: [silver, daily, hourly]  # two"],
  ],
  ["a flow list shrinks", ["tags", 0], undefined, ["-tags: [silver, daily]  # two", "+tags: [daily]  # two"]],
  ["a flow list is set", ["tags"], ["gold"], ["-tags: [silver, daily]  # two", "+tags: [gold]  # two"]],
  ["a flow list becomes empty", ["tags"], [], ["-tags: [silver, daily]  # two", "+tags: []  # two"]],
  [
    "one line of SQL",
    ["transform"],
    "SELECT *\nFROM source.paid\n",
    ["-  FROM source.raw_orders", "+  FROM source.paid"],
  ],
  [
    "SQL with fewer lines and no end",
    ["transform"],
    "SELECT 1",
    ["-transform: |", "-  SELECT *", "-  FROM source.raw_orders", "+transform: SELECT 1"],
  ],
  ["a key is added at its mapping's end", ["params", "since"], "2024-01-01", ["+  since: 2024-01-01"]],
  ["a key is added at the document's end", ["owner"], "data", ["+owner: data"]],
  ["a key is taken away", ["name"], undefined, ['-name: "clean_orders"']],
  ["a key that is not there is taken away", ["nothing"], undefined, []],
  ["an input is added", ["inputs", 2], { ref: "source.more" }, ["+  - ref: source.more"]],
  [
    "an input is put first",
    ["inputs"],
    [{ ref: "source.first" }, { ref: "source.raw_orders" }, { ref: "source.customers", note: "it's fine" }],
    ["+  - ref: source.first"],
  ],
  ["an input is taken away", ["inputs", 0], undefined, ["-  - ref: source.raw_orders"]],
  [
    "the first key of an item is taken away",
    ["inputs", 1, "ref"],
    undefined,
    ["-  - ref: source.customers # who", "+  -"],
  ],
  ["a key of an item is added", ["materializations", 0, "mode"], "append", ["+    mode: append"]],
  ["a list below a key grows", ["materializations", 0, "unique_keys"], ["order_id", "day"], ["+      - day"]],
  [
    "the last item goes",
    ["materializations", 0, "unique_keys", 0],
    undefined,
    ["-    unique_keys:", "-      - order_id", "+    unique_keys: []"],
  ],
  [
    "a whole block is replaced by a word",
    ["materializations"],
    "none",
    [
      "-materializations:",
      "-  - type: postgresql # there",
      "-    # fully named",
      "-    table: analytics.orders",
      "-    unique_keys:",
      "-      - order_id",
      "+materializations: none",
    ],
  ],
  ["the same value changes nothing", ["params"], { name: "x", limit: 10 }, []],
  ["nested keys are made", ["hooks", "after"], [{ sql: "SELECT 1" }], ["+hooks:", "+  after:", "+    - sql: SELECT 1"]],
];

describe("an edit changes the lines it must", () => {
  it.each(edits)("%s", (_name, path, value, expected) => {
    expect(difference(node, editYaml(node, path, value))).toEqual(expected);
  });

  it("in the document it is told", () => {
    const text = "kind: source\nname: a\n---\nkind: source\nname: b # second\n";
    expect(difference(text, editYaml(text, ["name"], "c", 1))).toEqual(["-name: b # second", "+name: c # second"]);
  });

  it("keeps Windows line ends", () => {
    const text = "a: 1\r\nb:\r\n  - x\r\n";
    expect(editYaml(text, ["b", 1], "y")).toBe("a: 1\r\nb:\r\n  - x\r\n  - y\r\n");
    expect(editYaml(text, ["c"], { d: 1 })).toBe("a: 1\r\nb:\r\n  - x\r\nc:\r\n  d: 1\r\n");
  });

  it.each([
    ["", ["a"], 1, "a: 1\n"],
    ["# only this\n", ["a"], 1, "# only this\na: 1\n"],
    ["a: 1", ["b"], 2, "a: 1\nb: 2"],
    ["a: 1\n", ["a"], undefined, "{}\n"],
    ["a:\n", ["a"], 1, "a: 1\n"],
    ["a: # why\n", ["a"], 1, "a: 1 # why\n"],
    ["a: # why\n  - x\n", ["a"], ["y"], "a: # why\n  - y\n"],
    ["a: # why\n  - x\n", ["a"], 1, "a: 1 # why\n"],
    ["a: &x 1\nb: *x\n", ["b"], 2, "a: &x 1\nb: 2\n"],
    ["a: &x 1\nb: *x\n", ["a"], 2, "a: 2\nb: 1\n"],
    ["a: {b: 1}\n", ["a", "c"], "x, y", 'a: {b: 1, c: "x, y"}\n'],
    ["a:\n- b\n", ["a", 1], "c", "a:\n- b\n- c\n"],
    ["a:\n    b: 1\n", ["c"], { d: 1 }, "a:\n    b: 1\nc:\n    d: 1\n"],
    ["a: x\n", ["a"], "x\ny\n", "a: |\n  x\n  y\n"],
    ["a: >\n  folded\n  text\n", ["a"], "other", "a: other\n"],
  ] satisfies readonly (readonly [string, YamlPath, unknown, string])[])(
    "%j with %j = %j",
    (text, path, value, expected) => {
      expect(editYaml(text, path, value)).toBe(expected);
    },
  );

  it("refuses a text with errors and a path through a scalar", () => {
    expect(() => editYaml("a: [", ["a"], 1)).toThrow(expect.objectContaining({ code: "yaml_syntax" }));
    expect(() => editYaml("a: b\n", ["a", "c"], 1)).toThrow(expect.objectContaining({ code: "yaml_path" }));
  });
});

const word = fc.constantFrom(
  "x",
  "it's",
  "a: b",
  "#c",
  "null",
  "1.0",
  "",
  " lead",
  "tail ",
  "- dash",
  "ü",
  'q"q',
  "[a",
);
const multiline = fc.array(word, { minLength: 2, maxLength: 4 }).map((lines) => lines.join("\n"));
const scalar = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null), multiline);
const key = fc.constantFrom("a", "b", "c", "name", "on", "x_y");
const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

/** A key's lines in one of the ways people write them. */
const section = (name: string) =>
  fc.constantFrom(
    `${name}: plain # note`,
    `${name}: "double"`,
    `${name}: 'single'`,
    `${name}: [one, two] # flow`,
    `${name}: { a: 1, b: two }`,
    `${name}: |\n  first\n    second\n`,
    `${name}: |-\n  only`,
    `${name}: >\n  folded\n  text`,
    `${name}: # header\n  - item # one\n  # between\n  - b: 1\n    # inside\n    c: [x]\n  - two`,
    `${name}:\n- flush\n- - nested\n  - list`,
    `${name}:\n  a: 1\n\n  # about b\n  b:\n    c: "deep"\n    x_y: |\n      text\n  name: last`,
    `${name}:`,
  );

const text = fc
  .tuple(section("one"), section("two"), section("three"))
  .map((parts) => parts.map((part, index) => `# about ${index}\n${part}\n`));

const pathIn = (value: unknown, picks: readonly number[]): YamlPath => {
  const path: (string | number)[] = [];
  let here = value;
  for (const pick of picks) {
    if (typeof here !== "object" || here === null) break;
    const keys = Array.isArray(here) ? [...here.keys()] : Object.keys(here);
    const part = keys[pick % (keys.length + 1)];
    if (part === undefined) {
      // One that is not there yet.
      path.push(Array.isArray(here) ? here.length : "name");
      break;
    }
    path.push(part);
    here = (here as Record<string | number, unknown>)[part];
  }
  return path;
};

it("whatever is edited: the rest of the text stays, and the text means what the model says", () => {
  const change = fc.option(anyValue, { nil: undefined, freq: 5 });
  fc.assert(
    fc.property(text, fc.nat(2), fc.array(fc.nat(5), { maxLength: 3 }), change, (parts, which, picks, value) => {
      const before = parts.join("");
      const names = ["one", "two", "three"];
      const name = names[which] ?? "";
      const old = parseTrees(before)[0]?.value as Record<string, unknown>;
      const path = [name, ...pathIn(old[name], picks)];
      const model = withValue(old, path, value);
      fc.pre(model !== null);
      const after = editYaml(before, path, value);
      const meant = parseTrees(after)[0];
      expect(meant?.problems).toEqual([]);
      expect(isEqual(meant?.value, model?.value)).toBe(true);
      const head = parts.slice(0, which).join("");
      const tail = parts.slice(which + 1).join("");
      expect(after.slice(0, head.length + 10)).toBe(`${head}# about ${which}\n`);
      expect(after.slice(after.length - tail.length)).toBe(tail);
    }),
    { numRuns: 1500 },
  );
});

it("writes what replaces an empty text without the quotes that it had to have", () => {
  expect(editYaml('tags: [silver, ""] # two\n', ["tags", 1], "daily")).toBe("tags: [silver, daily] # two\n");
  expect(editYaml("owner: ''\n", ["owner"], "anna")).toBe("owner: anna\n");
  expect(editYaml('owner: ""\n', ["owner"], "12")).toBe('owner: "12"\n');
});

import { describe, expect, it } from "vitest";

import { parseYamlDocuments } from "./index.ts";

/** The line and column of the first `needle` in `text`. */
const placeOf = (text: string, needle: string): { line: number; column: number } => {
  const before = text.slice(0, text.indexOf(needle)).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
};

describe("positions", () => {
  const text = "a: 1\nlist:\n  - x\n  - {deep: [one, two]}\nmap:\n  key: value\n---\nsecond: doc\n";
  const [first, second] = parseYamlDocuments(text);

  it.each([
    [["a"], "value", { line: 1, column: 4 }],
    [["a"], "key", { line: 1, column: 1 }],
    [["list", 1, "deep", 1], "value", placeOf(text, "two")],
    [["map", "key"], "value", placeOf(text, "value")],
    [["map", "key"], "key", placeOf(text, "key")],
    [["map", "missing"], "value", placeOf(text, "map")],
    [["list", 7], "value", placeOf(text, "list")],
    [[], "value", { line: 1, column: 1 }],
  ] as const)("of %j (%s)", (path, what, expected) => {
    expect(first?.positionOf(path, what)).toEqual(expected);
  });

  it("of a later document", () => {
    expect(second?.positionOf(["second"], "value")).toEqual({ line: 8, column: 9 });
    expect(second?.start).toEqual({ line: 8, column: 1 });
  });
});

/** SQL in every style of scalar: where its word `here` stands in the file. */
const styles: readonly (readonly [string, string])[] = [
  ["plain", "sql: select here from x\n"],
  ["plain on two lines", "sql: select\n  a, here\n"],
  ["double", 'sql: "select here"\n'],
  ["double with escapes", 'sql: "select \\"a\\", \\u0041, \\t here"\n'],
  ["double on two lines", 'sql: "select\n   a,\n\n   here"\n'],
  ["double with an escaped line end", 'sql: "select a,\\\n   here"\n'],
  ["single", "sql: 'select here'\n"],
  ["single with quotes", "sql: 'select ''it'' as a, here'\n"],
  ["literal", "sql: |\n  select\n    a,\n    here\n"],
  ["literal after comments", "# c\nsql: |  # why\n\n  select\n\n\n    here\n"],
  ["literal, indented deeper", "sql: |4-\n    select\n     here\n"],
  ["folded", "sql: >\n  select\n  a,\n  here\n"],
  ["folded with a paragraph", "sql: >-\n  select\n\n  a\n    b\n  here\n"],
  ["literal with Windows line ends", "sql: |\r\n  select\r\n  here\r\n"],
];

describe("an offset in a scalar's value leads back to its place", () => {
  it.each(styles)("%s", (_name, text) => {
    const [document] = parseYamlDocuments(text);
    const place = document?.scalarAt(["sql"]);
    const offset = place?.value.indexOf("here") ?? -1;
    expect(offset).toBeGreaterThan(0);
    const segment = place?.segments.findLast((entry) => entry.offset <= offset);
    expect((segment?.source ?? 0) + offset - (segment?.offset ?? 0)).toBe(text.indexOf("here"));
  });
});

/** Texts made to be slow or to exhaust something; each ends with a problem or a value, soon. */
const hostile: readonly (readonly [string, string, string | null])[] = [
  ["a thousand nested lists", `a: ${"[".repeat(1000)}${"]".repeat(1000)}\n`, "yaml_too_deep"],
  ["a million opening brackets", "[".repeat(1_000_000), "yaml_too_deep"],
  ["a million braces", "{a: ".repeat(250_000), "yaml_too_deep"],
  ["nested dashes", `${"- ".repeat(100_000)}x\n`, "yaml_too_deep"],
  ["nested question marks", `${"? ".repeat(100_000)}x\n`, "yaml_too_deep"],
  ["nested keys", Array.from({ length: 500 }, (_, depth) => `${" ".repeat(depth)}k:\n`).join(""), "yaml_too_deep"],
  ["more than a mebibyte", `a: ${"x".repeat(1024 * 1024)}\n`, "yaml_too_large"],
  ["a billion laughs", laughs(), "yaml_aliases"],
  ["8,000 keys", Array.from({ length: 8000 }, (_, at) => `key_${at}: value\n`).join(""), null],
  ["8,000 quoted keys", Array.from({ length: 8000 }, (_, at) => `"key ${at}": 'value'\n`).join(""), null],
  ["8,000 items", `a:\n${"  - x: 1\n    y: [a, b]\n".repeat(8000)}`, null],
  ["8,000 documents", "a: b\n---\n".repeat(8000), null],
  ["a long text", `a: |\n${"  select 1;\n".repeat(50_000)}`, null],
  ["a million spaces", `a:${" ".repeat(1_000_000)}b\n`, null],
  ["blank lines", "\n".repeat(1_000_000), null],
  ["anchors of anchors", Array.from({ length: 5000 }, (_, at) => `k${at}: &a${at} x\n`).join(""), null],
];

function laughs(): string {
  const lines = ['a0: &a0 ["lol", "lol"]'];
  for (let at = 1; at < 30; at++) lines.push(`a${at}: &a${at} [*a${at - 1}, *a${at - 1}, *a${at - 1}, *a${at - 1}]`);
  return `${lines.join("\n")}\n`;
}

describe("hostile YAML ends soon", () => {
  it.each(hostile)("%s", (_name, text, code) => {
    const started = process.cpuUsage();
    const documents = parseYamlDocuments(text);
    const { user, system } = process.cpuUsage(started);
    expect(documents.flatMap(({ problems }) => problems.map((problem) => problem.code)).slice(0, 1)).toEqual(
      code === null ? [] : [code],
    );
    expect((user + system) / 1e6, "CPU seconds").toBeLessThan(5);
  });
});

it("keys that JavaScript gives a meaning stay plain keys", () => {
  const [document] = parseYamlDocuments("__proto__:\n  polluted: 1\nconstructor: x\n");
  expect(Object.keys(document?.value as object)).toContain("constructor");
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

it.each(["2024-01-01", '"2024-01-01"', "'2024-01-01'"])("a date is text, quoted or not: %s", (written) => {
  expect(parseYamlDocuments(`day: ${written}\n`)[0]?.value).toEqual({ day: "2024-01-01" });
});

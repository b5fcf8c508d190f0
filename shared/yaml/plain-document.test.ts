import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseTrees } from "./document.ts";
import { readPlainDocuments } from "./plain-document.ts";

const node = `# what this is
kind: transform
name: clean_orders
description: "Orders, cleaned" # for everyone
owner: 'data''s team'
tags: [silver, "daily", 2]
retry: { attempts: 3, backoff: 500ms }
inputs:
  - ref: source.raw_orders
  - ref: source.customers
    note: it's fine
  - source.more
params:
  limit: 10
  ratio: 0.5
  since: 2024-01-01
  nothing:
  deep:
    - [a, [b]]
    -
      x: 1
enabled: true
transform: |
  SELECT *
    -- indented: more

  FROM source.raw_orders  

---
kind: source
name: raw_orders
columns:
- id
- name
`;

const everyday: readonly string[] = [
  node,
  "a: b\n",
  "a:\n  b:\n    c: d\n  e: f\n",
  "a: |-\n  x\n\n\nb: c\n",
  "a: |\n  x\n",
  "a: |\n\n  x\n   y\n",
  "a: -1\nb: 1.25\nc: ~\nd: null\ne: True\nf: FALSE\n",
  "a: 30d\nb: 1.0.0\nc: v1\nd: nope\ne: truest\n",
  "a: x#y\nb: x # y\n",
  "a: []\nb: {}\nc: [ ]\n",
  "a:\n- b: c\n  d: e\n- f\ng: h\n",
  "---\na: b\n---\nc: d\n",
  "a: b\n\n# end\n",
  "a: http://x.y/z?q=1\n",
  "a: c:\\data\n",
  "a: 'x'\nb: \"\"\nc: ''\n",
  "a: |\n  x\n# comment\nb: c\n",
  "a: 1e3\n",
  "a: 0x1F\n",
  "a: +1\n",
  "a: 007\n",
  "a: -0\n",
  "a: .5\n",
  "a: 12345678901234567890\n",
];

/** What YAML allows but people seldom write, and what it forbids. */
const odd: readonly string[] = [
  "a: b\n c: d\n",
  "a: b: c\n",
  "a: [b\n",
  'a: "b\n',
  "a: b\na: c\n",
  "a: &x b\nc: *x\n",
  "a: !!str 1\n",
  "a: >\n  b\n",
  "a: |2\n   b\n",
  "a: |\n    b\n  c\n",
  "a: |\nb: c\n",
  "a:\tb\n",
  "\ta: b\n",
  "a: b\r\n",
  "? a\n: b\n",
  "a: b\n...\n",
  "%YAML 1.2\n---\na: b\n",
  "--- a\n",
  "<<: {a: b}\n",
  "null: x\n",
  "1: x\n",
  "'a': b\n",
  "a: - b\n",
  "a: [b: c]\n",
  "a: {b:c}\n",
  "a: 'it''s' x\n",
  'a: "b" c\n',
  'a: "b"c\n',
  "a:\n  b\n",
  "a: b\n  c\n",
  "a:\n   b: c\n  d: e\n",
  "a:\n  - b\n - c\n",
  "- a\nb: c\n",
  "a: @b\n",
  "a: `b`\n",
  "a: %b\n",
  "a: ,\n",
  "a: -\n",
  "a: ?\n",
  "a: \u00A0x\n",
  "__proto__: x\n",
  "a: {__proto__: x}\n",
  "a: |+\n  b\n\n",
  "a: | # comment\n  b\n",
  "a:b\n",
  "a :b\n",
  "a : b\n",
  "- a: b\n",
  "a:\n  - - b\n    - c\n",
  "[a, b]\n",
  "\n",
  "---\n---\n",
  "a: b #c\n  #d\n",
  "a: [b, c,]\n",
  "a: [b,, c]\n",
  "a: [,]\n",
  "a: {b: c, b: d}\n",
  "a: {b: }\n",
  "a: [- b]\n",
  "a: [-1, - 1]\n",
  "a: #\n  b: c\n",
  "- - a\n  - b\n- c\n",
  "-   a: b\n    c: d\n",
  "-\n  a: b\n",
  "a:\n  -\n    b: c\n  -\n",
  "a: |\n \n  b\n",
  "a: |\n   \n  b\n",
  "a: |\n  b\n   \n",
  "a: |\n  b\n \n c: d\n",
  "a: '#'\n",
  "a: b#\n",
  "a: [#]\n",
  "a: [b #c]\n",
];

/** Whether the plain reader has an answer; it must equal the library's. */
const expectAgreement = (text: string): boolean => {
  const plain = readPlainDocuments(text);
  if (plain === null) return false;
  const trees = parseTrees(text);
  expect(trees.flatMap(({ problems }) => problems)).toEqual([]);
  expect(plain.map(({ value }) => value)).toEqual(trees.map(({ value }) => value));
  const starts = plain.map(({ start }) => text.slice(0, start).split("\n").length);
  expect(starts).toEqual(trees.map(({ start }) => start.line));
  for (const [index, { scalars, value }] of plain.entries()) {
    for (const [key, extent] of scalars) {
      const tree = trees[index]?.scalarAt([key]);
      if (typeof (value as Record<string, unknown>)[key] === "string") expect(tree?.style).toBe(extent.style);
    }
  }
  return true;
};

describe("the reader without a tree", () => {
  it.each(everyday.slice(0, 17))("reads everyday YAML: %j", (text) => {
    expect(expectAgreement(text)).toBe(true);
  });

  it.each([...everyday, ...odd])("never differs from the full parser: %j", (text) => {
    expect([true, false]).toContain(expectAgreement(text));
  });

  it("never differs from the full parser on mutated texts", () => {
    const pieces = fc.constantFrom(
      ...Array.from(" :-#'\"[]{},|>&*!?%@`~\n\t\\0."),
      "  ",
      "\n  ",
      "- ",
      ": ",
      " #",
      "|\n",
      "---\n",
      "null",
      "1e3",
      "a",
    );
    const mutation = fc.tuple(fc.nat(), fc.nat(3), pieces);
    const mutated = fc
      .tuple(fc.constantFrom(...everyday, ...odd), fc.array(mutation, { maxLength: 4 }))
      .map(([text, mutations]) =>
        mutations.reduce((current, [at, removed, piece]) => {
          const place = at % (current.length + 1);
          return current.slice(0, place) + piece + current.slice(place + removed);
        }, text),
      );
    fc.assert(
      fc.property(mutated, (text) => {
        expect([true, false]).toContain(expectAgreement(text));
      }),
      { numRuns: 20_000 },
    );
  });
});

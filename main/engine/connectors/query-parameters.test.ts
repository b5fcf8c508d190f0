import { expect, it } from "vitest";

import { namedParameters, replaceParameters } from "./query-parameters.ts";

it.each([
  ["select $a, $b_2, $a", ["a", "b_2"]],
  ["select '$a', \"$b\", $c", ["c"]],
  ["select 'it''s $a' -- $b\n, $c /* $d */", ["c"]],
  ["select $$ $a $$, $tag$ $b $tag$, $c", ["c"]],
  [String.raw`select E'it\'s $a', $b`, ["b"]],
  ["select price$x, $1, $y", ["y"]],
])("finds the parameters of %j", (query, names) => {
  expect(namedParameters(query)).toEqual(names);
});

it("replaces parameters where they are code, and nothing else", () => {
  expect(replaceParameters("select '$a', $a::date -- $a", (name) => `<${name}>`)).toBe("select '$a', <a>::date -- $a");
});

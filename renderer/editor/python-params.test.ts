import { python } from "@codemirror/lang-python";
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { expect, it } from "vitest";

import { decoratedParams } from "./python-params.ts";

const code = `from headrace import transform


@transform(name="scored", params={"limit": 5, 'floor': -1.5, "kinds": ["a"]})
def scored(ctx):
    return ctx.params["

@transform(name="plain")
def plain(ctx):
    return ctx.params
`;

it.each([
  ['ctx.params["', ["limit = 5", "floor = -1.5", 'kinds = ["a"]']],
  ["return ctx.params\n", []],
  ["from headrace", []],
])("finds what the decorator around a place gives: %s", (place, expected) => {
  const begun = EditorState.create({ doc: code, extensions: [python()] });
  // A state keeps the tree as far as it was read when it was made; the next one takes the whole of it.
  ensureSyntaxTree(begun, code.length, 5000);
  const { state } = begun.update({});
  const found = decoratedParams(state, code.indexOf(place) + place.trimEnd().length);
  expect(found.map(({ name, value }) => `${name} = ${value}`)).toEqual(expected);
});

import fc from "fast-check";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { kindNames, kinds } from "../../../shared/graph/kinds/index.ts";
import { editYaml, parseYamlDocuments } from "../../../shared/yaml/index.ts";
import { type Field, fieldsOf, type KeyField } from "./field-model.ts";
import { emptyValue, fits } from "./field-value.ts";
import { FieldInner, FieldView } from "./field-view.tsx";
import { formContext, type FormContext } from "./form-context.ts";
import { FormDesk } from "./form-desk.ts";
import { groupKeys } from "./form-groups.ts";
import { ObjectFields } from "./object-fields.tsx";
import { type Edit, isEqual, smallestEdits } from "./smallest-edits.ts";

/** Every mapping of a field, whatever holds it, with the keys that lead there. */
const mappings = (field: Field, path: string): readonly (readonly [string, readonly KeyField[]])[] => {
  switch (field.type) {
    case "object":
      return [
        [path, field.keys],
        ...field.keys.flatMap(({ name, field: inner }) => mappings(inner, `${path}.${name}`)),
      ];
    case "list":
      return mappings(field.item, path);
    case "map":
      return mappings(field.value, path);
    case "union":
      return field.options.flatMap((option) => mappings(option, path));
    default:
      return [];
  }
};

const context: FormContext = {
  edit: () => undefined,
  flush: () => undefined,
  errors: [],
  choices: { node: ["source.a"], column: ["id"], connection: ["warehouse"] },
  name: "test",
  isReadOnly: false,
  View: FieldView,
  Inner: FieldInner,
};

const markupOf = (keys: readonly KeyField[], value: unknown): string =>
  renderToStaticMarkup(
    createElement(formContext.Provider, { value: context }, createElement(ObjectFields, { keys, path: [], value })),
  );

describe.each(kindNames)("the form of a %s", (kind) => {
  const { schema } = kinds[kind];
  const whole: Field = { type: "object", keys: fieldsOf(schema), help: null, byDefault: undefined };

  it("has every key of its schema, in every mapping within it, set or not", () => {
    expect(fieldsOf(schema).map(({ name }) => name)).toEqual(Object.keys(schema.shape));
    const shown = groupKeys(fieldsOf(schema)).flatMap(({ keys }) => keys.map(({ name }) => name));
    expect(new Set(["kind", ...shown])).toEqual(new Set(Object.keys(schema.shape)));
    for (const [path, keys] of mappings(whole, kind)) {
      const unset = markupOf(keys, {});
      const set = markupOf(keys, Object.fromEntries(keys.map(({ name, field }) => [name, emptyValue(field)])));
      for (const { name } of keys) {
        expect(unset, `${path}.${name}, unset`).toContain(`>${name}<`);
        expect(set, `${path}.${name}, set`).toContain(`>${name}<`);
      }
    }
  });

  it("knows the shape of whatever it begins a field with", () => {
    for (const [path, keys] of mappings(whole, kind)) {
      for (const { name, field } of keys) expect(fits(field, emptyValue(field)), `${path}.${name}`).toBe(true);
    }
  });
});

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom("a", "b", "7d"),
    fc.integer({ min: 0, max: 9 }),
    fc.boolean(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("x", "y", "z"), tie("value"), { maxKeys: 3 }),
  ),
}));
const settings = fc.dictionary(fc.constantFrom("alpha", "beta", "gamma"), json.value, { maxKeys: 3 });

const follow = (text: string, edits: readonly Edit[]): string =>
  edits.reduce((now, { path, value }) => editYaml(now, path, value), text);

it("the edits from one value to another make the file say the other", () => {
  fc.assert(
    fc.property(settings, settings, (before, after) => {
      const text = follow("name: n\n", smallestEdits({}, before));
      const [document] = parseYamlDocuments(follow(text, smallestEdits(before, after)));
      expect(isEqual(document?.value, { ...after, name: "n" })).toBe(true);
    }),
    { numRuns: 150 },
  );
});

describe("settings while they are edited", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  const desk = (document: Record<string, unknown>, kind: "transform" | "aggregation" = "transform") => {
    const saved: (readonly [string, readonly Edit[]])[] = [];
    const form = new FormDesk(kind, kinds[kind].schema, { kind, name: "n", ...document }, async (edits, key) => {
      saved.push([key, edits]);
      return true;
    });
    return { form, saved };
  };

  it("are saved soon after the last change, key by key, as the smallest edit", async () => {
    const { form, saved } = desk({ tags: ["a"], retry: { attempts: 3 } });
    form.edit(["retry", "attempts"], 4);
    form.edit(["retry", "attempts"], 5);
    form.edit(["tags", 1], "b");
    await vi.advanceTimersByTimeAsync(500);
    expect(saved).toEqual([
      ["tags", [{ path: ["tags", 1], value: "b" }]],
      ["retry", [{ path: ["retry", "attempts"], value: 5 }]],
    ]);
  });

  it("that are not valid wait, with the reason at their field, and hold up no others", async () => {
    const { form, saved } = desk({});
    form.edit(["retry"], { attempts: 0 });
    form.edit(["owner"], "me");
    await vi.advanceTimersByTimeAsync(500);
    expect(saved).toEqual([["owner", [{ path: ["owner"], value: "me" }]]]);
    expect(form.state.getState().errors).toMatchObject([{ path: ["retry", "attempts"] }]);
    form.edit(["retry", "attempts"], 2);
    await vi.advanceTimersByTimeAsync(500);
    expect(saved.at(-1)).toEqual(["retry", [{ path: ["retry"], value: { attempts: 2 } }]]);
  });

  it("that change in the file show, except where somebody is typing", async () => {
    const { form } = desk({ owner: "me", tags: ["a"] });
    form.edit(["owner"], "you");
    form.load({ kind: "transform", name: "n", owner: "me", tags: ["b"] });
    expect(form.state.getState().value).toMatchObject({ owner: "you", tags: ["b"] });
  });

  it("keep the file's own spelling, and a single target grows into a list", async () => {
    const target = { type: "csv", path: "a.csv" };
    const { form, saved } = desk({ materialization: target });
    form.edit(["materializations", 0, "path"], "b.csv");
    await vi.advanceTimersByTimeAsync(500);
    expect(saved).toEqual([["materializations", [{ path: ["materialization", "path"], value: "b.csv" }]]]);
    form.edit(["materializations", 1], { type: "json", path: "c.json" });
    await vi.advanceTimersByTimeAsync(500);
    const both = [
      { ...target, path: "b.csv" },
      { type: "json", path: "c.json" },
    ];
    expect(saved.at(-1)?.[1]).toEqual([
      { path: ["materialization"], value: undefined },
      { path: ["materializations"], value: both },
    ]);
  });
});

import fc from "fast-check";
import { expect, it } from "vitest";

import { type Nested, parseNested } from "./parse-nested.ts";

const value = (text: string): Nested => ({ kind: "value", text });

it("reads DuckDB's text of structs, lists and maps, digits and all", () => {
  expect(parseNested("{'a': 9007199254740993, 'b b': [1.10, NULL], 'c': 'it\\'s, ok'}")).toEqual({
    kind: "fields",
    fields: [
      { name: "a", value: value("9007199254740993") },
      { name: "b b", value: { kind: "list", items: [value("1.10"), value("NULL")] } },
      { name: "c", value: value("it's, ok") },
    ],
  });
  expect(parseNested("{k=v, 2024-01-01 10:00:00=[]}")).toMatchObject({ fields: [{ name: "k" }, {}] });
  expect(parseNested("plain text")).toBeNull();
  expect(parseNested("[1, 2")).toBeNull();
  expect(parseNested("[".repeat(5000))).toBeNull();
});

const shape = (json: unknown): Nested => {
  if (Array.isArray(json)) return { kind: "list", items: json.map(shape) };
  if (typeof json === "object" && json !== null) {
    return { kind: "fields", fields: Object.entries(json).map(([name, entry]) => ({ name, value: shape(entry) })) };
  }
  return value(typeof json === "string" ? json : JSON.stringify(json));
};

it("reads any JSON", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (json) => {
      if (typeof json !== "object" || json === null) return;
      expect(parseNested(JSON.stringify(json))).toEqual(shape(JSON.parse(JSON.stringify(json))));
    }),
  );
});

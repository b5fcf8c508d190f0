import { describe, expect, it } from "vitest";

import { describeColumn, descriptionsOf } from "./column-descriptions.ts";

const schema = [{ name: "id", data_type: "INTEGER" }];

describe("a column's description", () => {
  it.each([
    ["a source with a schema", "source", { schema }, { path: ["columns", "id"], value: "key" }],
    ["a source that declares nothing", "source", {}, null],
    ["a source with columns", "source", { columns: { id: "" } }, { path: ["columns", "id"], value: "key" }],
    [
      "a typed column",
      "source",
      { columns: { id: { dtype: "int" } } },
      { path: ["columns", "id", "description"], value: "key" },
    ],
    ["a transform", "transform", {}, { path: ["columns", "id"], value: "key" }],
    ["a list of names", "transform", { columns: ["a", "id"] }, { path: ["columns"], value: { a: "", id: "key" } }],
    [
      "a feature",
      "feature_group",
      { features: ["a", "id"] },
      { path: ["features", 1], value: { name: "id", description: "key" } },
    ],
    [
      "a feature with a type",
      "feature_group",
      { features: { id: "int" } },
      { path: ["features", "id"], value: { dtype: "int", description: "key" } },
    ],
    ["a join key of a group", "feature_group", { features: ["a"] }, null],
    ["a model", "model", {}, null],
  ])("of %s has its place in the file", (_name, kind, document, expected) => {
    expect(describeColumn(kind, document, "id", "key")).toEqual(expected);
  });

  it("is read from wherever a kind keeps it, and taken out when it is emptied", () => {
    const columns = { id: "key", day: { dtype: "date", description: "when" } };
    expect([...descriptionsOf("source", { columns })]).toEqual([
      ["id", "key"],
      ["day", "when"],
    ]);
    expect([...descriptionsOf("feature_group", { features: [{ name: "a", description: "b" }, "c"] })]).toEqual([
      ["a", "b"],
    ]);
    expect(describeColumn("transform", { columns }, "id", "")).toEqual({ path: ["columns", "id"], value: undefined });
    expect(describeColumn("source", { columns }, "id", "")).toEqual({ path: ["columns", "id"], value: "" });
  });
});

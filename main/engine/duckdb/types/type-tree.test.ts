import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { quoteWhenNeeded } from "../sql/identifiers.ts";
import { columnTypeText } from "./column-type.ts";
import { parseType, type TypeTree, typeText } from "./type-tree.ts";

let instance: DuckDBInstance;
beforeAll(async () => {
  instance = await DuckDBInstance.create(":memory:");
});
afterAll(() => instance.closeSync());

const plain = fc.constantFrom(
  "BOOLEAN",
  "HUGEINT",
  "DECIMAL(18,2)",
  "VARCHAR",
  "TIME WITH TIME ZONE",
  "TIMESTAMP WITH TIME ZONE",
  "TIMESTAMP_NS",
  "ENUM('a, b', 'it''s', '(x)')",
  "INTERVAL",
  "JSON",
);
const fieldName = fc.constantFrom(
  "a",
  "B",
  "with space",
  'quo"te',
  "select",
  "time",
  "größe",
  "with",
  "end",
  "x)(",
  "1a",
);

const types = fc.letrec<{ type: TypeTree }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    plain.map((text): TypeTree => ({ kind: "plain", text })),
    tie("type").map((item): TypeTree => ({ kind: "list", item })),
    fc
      .tuple(tie("type"), fc.integer({ min: 1, max: 9 }))
      .map(([item, size]): TypeTree => ({ kind: "array", item, size })),
    fc.tuple(tie("type"), tie("type")).map(([key, value]): TypeTree => ({ kind: "map", key, value })),
    fc
      .tuple(
        fc.constantFrom("struct" as const, "union" as const),
        fc.uniqueArray(fieldName, { minLength: 1, maxLength: 4, selector: (name) => name.toLowerCase() }),
        fc.array(tie("type"), { minLength: 4, maxLength: 4 }),
      )
      .map(([kind, names, items]): TypeTree => ({ kind, fields: names.map((name, i) => ({ name, type: items[i]! })) })),
  ),
})).type;

describe("types", () => {
  it("reads back what it writes", () => {
    fc.assert(
      fc.property(types, (type) => {
        expect(parseType(typeText(type))).toEqual(type);
      }),
    );
  });

  it("spells every type as DuckDB does, and reads it from a column alike", async () => {
    const connection = await instance.connect();
    await fc.assert(
      fc.asyncProperty(types, async (type) => {
        const text = typeText(type);
        const statement = await connection.prepare(`select null::${text} as x`);
        expect(columnTypeText(statement.columnType(0))).toBe(text);
        statement.destroySync();
        const described = await connection.runAndReadAll(`select typeof(null::${text})`);
        expect(described.getRows()).toEqual([[text]]);
      }),
      { numRuns: 60 },
    );
    connection.closeSync();
  });

  it.each(["STRUCT(INTEGER, TIME WITH TIME ZONE)", "STRUCT(a INTEGER)[3][]", "something new", "", "STRUCT("])(
    "keeps %j",
    (text) => {
      expect(typeText(parseType(text))).toBe(text);
    },
  );

  it("quotes exactly the keywords that DuckDB quotes", async () => {
    const connection = await instance.connect();
    const keywords = await connection.runAndReadAll("select keyword_name from duckdb_keywords()");
    for (const [keyword] of keywords.getRows() as string[][]) {
      const typed = await connection.runAndReadAll(`select typeof(struct_pack("${keyword}" := 1))`);
      expect(`STRUCT(${quoteWhenNeeded(keyword!)} INTEGER)`).toBe(typed.getRows()[0]?.[0]);
    }
    connection.closeSync();
  });
});

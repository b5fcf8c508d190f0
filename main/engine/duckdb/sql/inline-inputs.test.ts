import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { serializeStatements } from "../host/serialize-statements.ts";
import { analyzeStatement } from "./analyze.ts";
import { inlineInputs } from "./inline-inputs.ts";
import { replaceRefCalls } from "./ref-calls.ts";
import { rewrite } from "./rewrite.ts";

let instance: DuckDBInstance;
beforeAll(async () => {
  instance = await DuckDBInstance.create(":memory:");
});
afterAll(() => instance.closeSync());

const inline = async (sql: string): Promise<string | null> => {
  const connection = await instance.connect();
  const [json = ""] = await serializeStatements(connection, [sql]);
  connection.closeSync();
  const { references, error } = analyzeStatement(sql, json);
  expect(error).toBeNull();
  return inlineInputs(sql, references, (name) => `<${name}>`)?.text ?? null;
};

describe("inlineInputs", () => {
  it.each([
    ["select * from ref('a.b')", `select * from (<a.b>) as "b"`],
    ["select * from ref('a.b') as x", "select * from (<a.b>) as x"],
    ["select * from ref('a.b') x(c, d)", "select * from (<a.b>) x(c, d)"],
    ["select * from a.b join input_0 i using (id)", `select * from (<a.b>) as "b" join (<input_0>) i using (id)`],
    ["select * from a.b, source", `select * from (<a.b>) as "b", (<source>) as "source"`],
    ["select * from (a.b join c.d using (id))", `select * from ((<a.b>) as "b" join (<c.d>) as "d" using (id))`],
    [`select * from "A"."b c"`, `select * from (<A.b c>) as "b c"`],
    ["with b as (from a.b) from b, a.b", `with b as (from (<a.b>) as "b") from b, (<a.b>) as "b"`],
    ["select 'a.b' from a . /* x */ b -- a.b", `select 'a.b' from (<a.b>) as "b" -- a.b`],
    ["select 'größe 🦆' from a.b", `select 'größe 🦆' from (<a.b>) as "b"`],
    ["select 1", "select 1"],
  ])("%s", async (sql, expected) => {
    expect(await inline(sql)).toBe(expected);
  });

  it.each([
    "table a.b",
    "describe a.b",
    "summarize a.b",
    "from query_table('a.b')",
    "pivot a.b on x in (1) using sum(y)",
  ])("leaves %s to views", async (sql) => {
    expect(await inline(sql)).toBeNull();
  });
});

describe("replaceRefCalls", () => {
  it.each([
    ["from ref('a.b')", `from "a"."b"`],
    [`from REF ( "a.B" ) x`, `from "a"."b" x`],
    [
      "select 'ref(''a.b'')', x.ref('y') -- ref('c.d')\nfrom ref('e.f')",
      `select 'ref(''a.b'')', x.ref('y') -- ref('c.d')\nfrom "e"."f"`,
    ],
    ["select preref('a') from t", "select preref('a') from t"],
    ["from ref('a', 'b')", "from ref('a', 'b')"],
    [`from ref('we''ird."x')`, `from "we'ird"."""x"`],
  ])("%s", (sql, expected) => {
    expect(replaceRefCalls(sql).text).toBe(expected);
  });
});

describe("rewrite", () => {
  it("finds the way back from every offset", () => {
    const original = "select a from X where b from YY end";
    const replacements = [
      { start: 14, end: 15, text: "(long text)" },
      { start: 29, end: 31, text: "" },
    ];
    const { text, originalOffset } = rewrite(original, replacements);
    expect(text).toBe("select a from (long text) where b from  end");
    for (const word of ["select", "where", "end", "b from"]) {
      expect(originalOffset(text.indexOf(word))).toBe(original.indexOf(word));
    }
    expect(originalOffset(text.indexOf("text)"))).toBe(14);
    expect(originalOffset(text.length)).toBe(original.length);
  });
});

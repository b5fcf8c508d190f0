import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { databaseNameFor, parseTableName, quoteIdentifier, quoteTable } from "./index.ts";

describe("quoteIdentifier", () => {
  it.each([
    ["orders", '"orders"'],
    ["Order Items", '"Order Items"'],
    ['a"b', '"a""b"'],
    ["select", '"select"'],
    ["ä".repeat(31), `"${"ä".repeat(31)}"`],
  ])("%s", (name, quoted) => expect(quoteIdentifier(name)).toBe(quoted));

  it.each([
    ["a".repeat(64), "postgres_name_too_long"],
    ["ä".repeat(32), "postgres_name_too_long"],
    ["", "postgres_name_invalid"],
    ["a\0b", "postgres_name_invalid"],
  ])("refuses %j", (name, code) => expect(() => quoteIdentifier(name)).toThrow(expect.objectContaining({ code })));
});

describe("parseTableName", () => {
  it.each([
    ["orders", { schema: "public", table: "orders" }],
    ["analytics.orders", { schema: "analytics", table: "orders" }],
    ["  analytics.orders ", { schema: "analytics", table: "orders" }],
    ["Analytics.Orders", { schema: "Analytics", table: "Orders" }],
    ['"my schema"."a.b"', { schema: "my schema", table: "a.b" }],
    ['"say ""hi"""', { schema: "public", table: 'say "hi"' }],
  ])("reads %s", (text, name) => expect(parseTableName(text)).toEqual(name));

  it.each(["", ".", "a.", ".a", "a.b.c", "a b", '"a', 'a"b', "a;drop table b", '""', "a..b"])("refuses %j", (text) => {
    expect(() => parseTableName(text)).toThrow(expect.objectContaining({ code: "postgres_name_invalid" }));
  });

  it("refuses what PostgreSQL would cut", () => {
    expect(() => parseTableName(`s.${"t".repeat(64)}`)).toThrow(
      expect.objectContaining({ code: "postgres_name_too_long" }),
    );
  });

  it("reads back whatever quoteTable wrote", () => {
    const name = fc.string({ minLength: 1, maxLength: 15 }).filter((text) => !text.includes("\0"));
    fc.assert(
      fc.property(name, name, (schema, table) => {
        expect(parseTableName(quoteTable({ schema, table }))).toEqual({ schema, table });
      }),
    );
  });
});

describe("databaseNameFor", () => {
  it.each([
    ["nyc-flights", "nyc_flights"],
    ["My Shop (2024)", "my_shop_2024"],
    ["2024", "p_2024"],
    ["postgres", "project_postgres"],
    ["日本", "project_"],
    ["x".repeat(100), "x".repeat(60)],
  ])("%s", (project, name) => expect(databaseNameFor(project)).toBe(name));
});

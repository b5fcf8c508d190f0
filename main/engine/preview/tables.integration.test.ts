import { rm } from "node:fs/promises";
import { describe, expect, it } from "vitest";

import { type TableRef, type TableView, viewSelect } from "../../../shared/table/index.ts";
import { never, node, oddTables, viewOf } from "../../../test-support/projects/odd-tables.ts";

const shown = oddTables();

describe("values", () => {
  it("are exact whatever their type", async () => {
    const odd = node("transform.odd");
    expect(await shown.column(odd, {}, "big")).toEqual(["9007199254740993", "-1", "2", null, "7"]);
    expect(await shown.column(odd, {}, "wide")).toContain("12345678901234567890123456789012345678");
    expect(await shown.column(odd, {}, "money €")).toEqual(["1.10", "-2.00", "1.00", null, "10.00"]);
    expect(await shown.column(odd, {}, "text")).toEqual(["a", "", "  ", null, `it's "A" %_`]);
    expect(await shown.column(odd, {}, "huge")).toContain("99999999999999999999999999999999999999");
    expect(await shown.column(odd, {}, 'day "of" it')).toEqual([
      "2024-02-29",
      "1970-01-01",
      null,
      "infinity",
      "0044-03-15",
    ]);
  });

  it("of a megabyte come cut in pages, whole alone", async () => {
    const wanted = { offset: 0, limit: 3, columns: [0, 1], longest: 100 };
    const page = await shown.tables.rows(node("transform.long"), viewOf({}), wanted, never);
    expect(page.rows.map(([text]) => text?.length)).toEqual([100, 100, 100]);
    expect(page.lengths).toEqual({ 0: [1_000_000, 1_000_000, 1_000_000] });
    const whole = await shown.tables.rows(
      node("transform.long"),
      viewOf({}),
      { ...wanted, limit: 1, longest: null },
      never,
    );
    expect(whole.rows[0]?.[0]).toHaveLength(1_000_000);
  });
});

describe("filters, searches and sorts", () => {
  const cases: readonly (readonly [string, Partial<TableView>, readonly (string | null)[]])[] = [
    ["equals", { filters: [{ test: "equals", column: "big", value: "9007199254740993" }] }, ["9007199254740993"]],
    ["equals what no integer is", { filters: [{ test: "equals", column: "big", value: "1.5" }] }, []],
    [
      "differs, NULL included",
      { filters: [{ test: "differs", column: "big", value: "2" }] },
      ["9007199254740993", "-1", null, "7"],
    ],
    ["an empty text", { filters: [{ test: "equals", column: "text", value: "" }] }, ["-1"]],
    [
      "quotes and wildcards as they are",
      { filters: [{ test: "contains", column: "text", value: `'S "a" %_` }] },
      ["7"],
    ],
    ["lacks, NULL included", { filters: [{ test: "lacks", column: "text", value: "A" }] }, ["-1", "2", null]],
    [
      "a range, ends included",
      { filters: [{ test: "range", column: "money €", from: "1", to: "1.10", isBelow: false }] },
      ["9007199254740993", "2"],
    ],
    [
      "a range below its end",
      { filters: [{ test: "range", column: "money €", from: "1.00", to: "1.1", isBelow: true }] },
      ["2"],
    ],
    [
      "finer than the column",
      { filters: [{ test: "range", column: "money €", from: "1.095", to: null, isBelow: false }] },
      ["9007199254740993", "7"],
    ],
    [
      "wider than the column",
      { filters: [{ test: "range", column: "money €", from: null, to: "99999999999999999999", isBelow: false }] },
      ["9007199254740993", "-1", "2", "7"],
    ],
    [
      "38 digits",
      { filters: [{ test: "equals", column: "wide", value: "12345678901234567890123456789012345678" }] },
      ["9007199254740993"],
    ],
    [
      "a date",
      { filters: [{ test: "range", column: 'day "of" it', from: "1970-01-01", to: "2024-12-31", isBelow: false }] },
      ["9007199254740993", "-1"],
    ],
    ["NaN", { filters: [{ test: "equals", column: "x", value: "nan" }] }, ["-1"]],
    ["a boolean", { filters: [{ test: "in", column: "flag", values: ["true"] }] }, ["9007199254740993", "7"]],
    [
      "one of, NULL among them",
      { filters: [{ test: "in", column: "text", values: ["a", null] }] },
      ["9007199254740993", null],
    ],
    ["one of nothing", { filters: [{ test: "in", column: "text", values: [] }] }, []],
    ["NULL", { filters: [{ test: "null", column: "flag" }] }, ["2", null]],
    ["a list by its text", { filters: [{ test: "equals", column: "list", value: "[1, 2]" }] }, ["9007199254740993"]],
    [
      "several at once",
      {
        filters: [
          { test: "not-null", column: "flag" },
          { test: "contains", column: "text", value: "a" },
        ],
      },
      ["9007199254740993", "7"],
    ],
    ["a search of every column", { search: "2024-02" }, ["9007199254740993"]],
    ["a search of numbers", { search: "00719925474" }, ["9007199254740993"]],
    ["a sort", { sort: [{ column: "big", descending: false }] }, ["-1", "2", "7", "9007199254740993", null]],
    [
      "a sort the other way, NULL still last",
      { sort: [{ column: "big", descending: true }] },
      ["9007199254740993", "7", "2", "-1", null],
    ],
    [
      "two sorts",
      {
        sort: [
          { column: "flag", descending: true },
          { column: "big", descending: false },
        ],
      },
      ["7", "9007199254740993", "-1", "2", null],
    ],
  ];
  it.for(cases)("%s", async ([, view, expected]) => {
    expect(await shown.column(node("transform.odd"), view, "big")).toEqual(expected);
    // The SELECT that a node is made of says the same.
    const { columns } = await shown.tables.open(node("transform.odd"), viewOf({}), never);
    const sql = viewSelect("transform.odd", columns, viewOf(view));
    expect(await shown.column({ type: "query", sql }, {}, "big")).toEqual(expected);
  });

  it("refuse a value that the column cannot hold, and a column that is not there", async () => {
    const words = viewOf({ filters: [{ test: "equals", column: 'day "of" it', value: "soon" }] });
    await expect(shown.tables.open(node("transform.odd"), words, never)).rejects.toMatchObject({
      code: "view_value_unfit",
    });
    const gone = viewOf({ sort: [{ column: "gone", descending: false }] });
    await expect(shown.tables.open(node("transform.odd"), gone, never)).rejects.toMatchObject({
      code: "view_column_missing",
    });
  });

  it("work where a column is called as DuckDB calls row numbers", async () => {
    const table = node("transform.numbered");
    const wanted = { offset: 4, limit: 2, columns: null, longest: null };
    const page = await shown.tables.rows(table, viewOf({}), wanted, never);
    expect(page.rows).toEqual([
      ["4", "6"],
      ["5", "5"],
    ]);
    const sorted = await shown.tables.rows(
      table,
      viewOf({ sort: [{ column: "n", descending: false }] }),
      wanted,
      never,
    );
    expect(sorted.rows).toEqual([
      ["5", "5"],
      ["4", "6"],
    ]);
  });

  it("give every row of a large table once, in order, page by page", async () => {
    const view = viewOf({
      sort: [{ column: "name", descending: true }],
      filters: [{ test: "range", column: "k", from: "1", to: "3", isBelow: false }],
    });
    const { rows, allRows } = await shown.tables.open(node("transform.many"), view, never);
    expect([rows, allRows]).toEqual([300_000, 700_000]);
    const seen = new Set<string>();
    let last = "~";
    for (const offset of [0, 200, 149_900, 299_800]) {
      const wanted = { offset, limit: 200, columns: [0, 1, 2], longest: null };
      for (const [id, name] of (await shown.tables.rows(node("transform.many"), view, wanted, never)).rows) {
        expect(seen.has(id ?? "")).toBe(false);
        seen.add(id ?? "");
        expect(Buffer.compare(Buffer.from(name ?? ""), Buffer.from(last))).toBeLessThanOrEqual(0);
        last = name ?? "";
      }
    }
    expect(seen.size).toBe(800);
  });

  it("of no rows are no rows", async () => {
    const { rows, columns } = await shown.tables.open(node("transform.empty"), viewOf({ search: "x" }), never);
    expect([rows, columns]).toEqual([0, [{ name: "a", type: "INTEGER" }]]);
    const [profile] = (await shown.tables.profile(node("transform.empty"), [0], "sample", never)).columns;
    expect(profile).toMatchObject({ rows: 0, bins: [], top: [] });
  });

  it("go on when the order's file and the host are gone", async () => {
    const view = viewOf({ sort: [{ column: "k", descending: false }] });
    const wanted = { offset: 100_000, limit: 1, columns: [2], longest: null };
    const before = await shown.tables.rows(node("transform.many"), view, wanted, never);
    await rm(`${shown.project.root}/target/scratch`, { recursive: true });
    for (const pid of (await shown.project.engine()).hostPids()) process.kill(pid, "SIGKILL");
    await expect
      .poll(() => shown.tables.rows(node("transform.many"), view, wanted, never).catch(() => null), { timeout: 10_000 })
      .toEqual(before);
  });
});

describe("queries and drafts", () => {
  it("are cut where they give more than anyone looks at, and say so", async () => {
    const sql = "select a.id from transform.many a, range(3)";
    const opened = await shown.tables.open({ type: "query", sql }, viewOf({}), never);
    expect(opened).toMatchObject({ rows: 1_000_000, isCut: true });
    const whole = await shown.tables.open({ type: "query", sql: "FROM transform.many" }, viewOf({}), never);
    expect(whole).toMatchObject({ rows: 700_000, isCut: false });
  });

  it("are the same rows until they are asked again", async () => {
    const asked = (turn: number): TableRef => ({ type: "query", sql: "select random() as r from range(3)", turn });
    const first = await shown.column(asked(1), {}, "r");
    expect(await shown.column(asked(1), {}, "r")).toEqual(first);
    const sorted = await shown.column(asked(1), { sort: [{ column: "r", descending: false }] }, "r");
    expect(new Set(sorted)).toEqual(new Set(first));
    expect(await shown.column(asked(2), {}, "r")).not.toEqual(first);
  });

  it("of a draft read the beginning of each input, and say of which", async () => {
    const table: TableRef = { type: "draft", node: "transform.odd", sql: "select count(*) as n from transform.many" };
    expect(await shown.tables.open(table, viewOf({}), never)).toMatchObject({
      samples: [{ input: "transform.many", rows: 100_000, of: 700_000 }],
    });
    expect(await shown.column(table, {}, "n")).toEqual(["100000"]);
  });

  it("that are wrong say where", async () => {
    const table: TableRef = { type: "draft", node: "transform.odd", sql: "select nam from transform.many" };
    await expect(shown.tables.open(table, viewOf({}), never)).rejects.toMatchObject({
      code: "sql_failed",
      params: { line: 1, column: 8 },
    });
  });
});

import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Page } from "../../engine/index.ts";
import { encodePage } from "./encode-page.ts";

const page = (rows: Page["rows"], columns = rows[0]?.length ?? 0): Page => ({
  columns: Array.from({ length: columns }, () => ({ name: "same", type: "VARCHAR" })),
  rows,
  totalRows: rows.length,
});

const read = (given: Page): readonly (readonly (string | null)[])[] => {
  const { head, bytes } = encodePage(given, 0);
  const table = tableFromIPC(bytes);
  return Array.from({ length: head.rows }, (_row, row) =>
    head.columns.map((_column, column) => table.getChildAt(column)?.get(row) as string | null),
  );
};

it("gives back every cell exactly: NULL, empty, blank, any character", () => {
  const cells = fc.option(fc.string({ unit: "grapheme", maxLength: 20 }), { nil: null });
  const rows = fc
    .integer({ min: 0, max: 5 })
    .chain((width) => fc.array(fc.array(cells, { minLength: width, maxLength: width }), { maxLength: 130 }));
  fc.assert(
    fc.property(rows, (list) => {
      expect(read(page(list))).toEqual(list);
    }),
  );
});

it("keeps the columns of an empty page", () => {
  const { head, bytes } = encodePage(page([], 3), 10);
  expect(head).toMatchObject({ offset: 10, rows: 0, cut: [] });
  expect(tableFromIPC(bytes).numCols).toBe(3);
});

describe("a text that is too long", () => {
  it("is cut, and its whole length told", () => {
    const { head, bytes } = encodePage(
      page([
        ["a", "x".repeat(5000)],
        ["b", null],
        ["c", "y"],
      ]),
      0,
    );
    const table = tableFromIPC(bytes);
    expect(head.cut).toEqual([1]);
    expect(String(table.getChildAt(1)?.get(0))).toBe("x".repeat(1000));
    expect([0, 1, 2].map((row) => table.getChildAt(2)?.get(row) as unknown)).toEqual([5000, null, null]);
    expect(table.getChildAt(1)?.get(2)).toBe("y");
  });

  it("is not cut within a character", () => {
    const text = `x${"😀".repeat(600)}`;
    const [[cell = ""] = []] = read(page([[text]]));
    expect(cell).toBe(text.slice(0, 999));
    expect(cell?.isWellFormed()).toBe(true);
  });

  it("leaves a page light, however wide", () => {
    const row = Array.from({ length: 100 }, () => "long text ".repeat(200));
    const { bytes } = encodePage(page(Array.from({ length: 1000 }, () => row)), 0);
    expect(bytes.byteLength).toBeLessThan(9_000_000);
    expect(encodePage(page(Array.from({ length: 200 }, () => row)), 0).bytes.byteLength).toBeLessThan(2_300_000);
  });
});

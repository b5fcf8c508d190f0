import { expect, it } from "vitest";

import { columnsAt, moveColumn, placeColumns, plainLayout } from "./columns-layout.ts";

const table = ["a", "b", "c", "d", "e"].map((name) => ({ name, type: "INTEGER" }));
const own = (): number => 100;
const names = (columns: readonly { readonly name: string }[]): string => columns.map(({ name }) => name).join("");

it("frozen columns come first, hidden ones not at all, the rest in the chosen order", () => {
  const layout = { order: ["e", "a"], hidden: ["b"], frozen: ["d"], widths: { e: 50 } };
  const placed = placeColumns(table, layout, own);
  expect(placed.columns.map(({ name, left, place }) => [name, left, place])).toEqual([
    ["d", 0, 3],
    ["e", 100, 4],
    ["a", 150, 0],
    ["c", 250, 2],
  ]);
  expect([placed.frozenWidth, placed.width]).toEqual([100, 350]);
  // A column that the table no longer has is no matter.
  expect(names(placeColumns(table, { ...layout, order: ["gone", "c"] }, own).columns)).toBe("dcae");
});

it("only what is within the viewport is drawn, besides frozen columns", () => {
  const many = Array.from({ length: 2000 }, (_value, at) => ({ name: `c${at}`, type: "INTEGER" }));
  const placed = placeColumns(many, { ...plainLayout, frozen: ["c1999"] }, own);
  const seen = columnsAt(placed, 50_000, 800);
  expect(seen[0]?.name).toBe("c1999");
  expect(seen).toHaveLength(1 + 7);
});

it("a column moves past its neighbour, not into the frozen ones", () => {
  const placed = placeColumns(table, { ...plainLayout, frozen: ["a"] }, own);
  expect(moveColumn(plainLayout, placed, "c", -1).order).toEqual(["a", "c", "b", "d", "e"]);
  expect(moveColumn(plainLayout, placed, "b", -1)).toBe(plainLayout);
  expect(moveColumn(plainLayout, placed, "e", 1)).toBe(plainLayout);
});

import { expect, it } from "vitest";

import { contains, moveSelection, rangeOf, type Selection } from "./selection.ts";

const extent = { rows: 10_000_000, columns: 5, pageRows: 20 };
const at = (row: number, column: number): Selection => ({ active: { row, column }, anchor: { row, column } });
const press = (from: Selection, keys: string): Selection => {
  const parts = keys.split("+");
  return moveSelection(
    from,
    { key: parts.at(-1) ?? "", ctrlKey: parts.includes("Ctrl"), metaKey: false, shiftKey: parts.includes("Shift") },
    extent,
  );
};

it.for([
  ["ArrowDown", 1, 0, 2, 0],
  ["ArrowUp", 0, 3, -1, 3],
  ["ArrowUp", -1, 3, -1, 3],
  ["ArrowLeft", 4, 0, 4, 0],
  ["Ctrl+ArrowDown", 4, 2, 9_999_999, 2],
  ["Ctrl+ArrowUp", 4, 2, 0, 2],
  ["Ctrl+ArrowRight", 4, 0, 4, 4],
  ["PageDown", 5, 0, 25, 0],
  ["PageUp", 5, 0, 0, 0],
  ["PageDown", -1, 0, 20, 0],
  ["Home", 7, 3, 7, 0],
  ["End", 7, 3, 7, 4],
  ["Ctrl+Home", 7, 3, 0, 0],
  ["Ctrl+End", 7, 3, 9_999_999, 4],
] as const)("%s from row %i, column %i", ([keys, row, column, toRow, toColumn]) => {
  expect(press(at(row, column), keys)).toEqual(at(toRow, toColumn));
});

it("Shift extends, and never into the header", () => {
  const selection = ["Shift+ArrowUp", "Shift+ArrowUp", "Shift+ArrowRight"].reduce(press, at(1, 1));
  const range = rangeOf(selection);
  expect(range).toEqual({ fromRow: 0, beforeRow: 2, fromColumn: 1, beforeColumn: 3 });
  expect([contains(range, { row: 1, column: 2 }), contains(range, { row: 2, column: 2 })]).toEqual([true, false]);
  expect(rangeOf(press(at(3, 1), "Shift+Ctrl+End"))).toEqual({
    fromRow: 3,
    beforeRow: 10_000_000,
    fromColumn: 1,
    beforeColumn: 5,
  });
});

/** A cell by its row and its place among the shown columns; row -1 is the header. */
export interface CellAt {
  readonly row: number;
  readonly column: number;
}

/** The cell that keys move, and the other corner of what is selected with it. */
export interface Selection {
  readonly active: CellAt;
  readonly anchor: CellAt;
}

/** Cells from one corner to the other; never the header. */
export interface Range {
  readonly fromRow: number;
  readonly beforeRow: number;
  readonly fromColumn: number;
  readonly beforeColumn: number;
}

export interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that one press of Page Down passes. */
  readonly pageRows: number;
}

export const rangeOf = ({ active, anchor }: Selection): Range => ({
  fromRow: Math.max(0, Math.min(active.row, anchor.row)),
  beforeRow: Math.max(active.row, anchor.row) + 1,
  fromColumn: Math.min(active.column, anchor.column),
  beforeColumn: Math.max(active.column, anchor.column) + 1,
});

export const contains = (range: Range, { row, column }: CellAt): boolean =>
  row >= range.fromRow && row < range.beforeRow && column >= range.fromColumn && column < range.beforeColumn;

interface Keys {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** Where a key leads from a cell, as in a spreadsheet; `null` for keys that do not move. */
const target = ({ row, column }: CellAt, { key, ctrlKey, metaKey }: Keys, extent: Extent): CellAt | null => {
  const isFar = ctrlKey || metaKey;
  const last = { row: extent.rows - 1, column: extent.columns - 1 };
  switch (key) {
    case "ArrowUp":
      return { row: isFar ? (row > 0 ? 0 : -1) : row - 1, column };
    case "ArrowDown":
      return { row: isFar ? last.row : row + 1, column };
    case "ArrowLeft":
      return { row, column: isFar ? 0 : column - 1 };
    case "ArrowRight":
      return { row, column: isFar ? last.column : column + 1 };
    case "PageUp":
      return { row: Math.max(Math.min(row, 0), row - extent.pageRows), column };
    case "PageDown":
      return { row: Math.max(0, row) + extent.pageRows, column };
    case "Home":
      return isFar ? { row: 0, column: 0 } : { row, column: 0 };
    case "End":
      return isFar ? last : { row, column: last.column };
    default:
      return null;
  }
};

const clamp = ({ row, column }: CellAt, { rows, columns }: Extent, lowest: number): CellAt => ({
  row: Math.max(lowest, Math.min(rows - 1, row)),
  column: Math.max(0, Math.min(columns - 1, column)),
});

/** The selection after a key; the same when the key does not move it. Shift extends it. */
export const moveSelection = (selection: Selection, keys: Keys, extent: Extent): Selection => {
  const moved = target(selection.active, keys, extent);
  if (moved === null) return selection;
  const active = clamp(moved, extent, keys.shiftKey ? 0 : -1);
  return { active, anchor: keys.shiftKey ? selection.anchor : active };
};

/** The selection within a table that may have become smaller. */
export const clampSelection = ({ active, anchor }: Selection, extent: Extent): Selection => ({
  active: clamp(active, extent, -1),
  anchor: clamp(anchor, extent, -1),
});

import { z } from "zod";

/** What a person did to the columns of a table, by name; what is not there is as the table has it. */
export const columnsLayoutSchema = z.object({
  order: z.array(z.string()).default([]),
  hidden: z.array(z.string()).default([]),
  frozen: z.array(z.string()).default([]),
  widths: z.record(z.string(), z.number()).default({}),
});
export type ColumnsLayout = z.output<typeof columnsLayoutSchema>;

export const plainLayout: ColumnsLayout = { order: [], hidden: [], frozen: [], widths: {} };

export interface TableColumn {
  readonly name: string;
  readonly type: string;
}

/** A column where it is shown. */
export interface PlacedColumn extends TableColumn {
  /** Its place in the table. */
  readonly place: number;
  /** Pixels from the left edge of all columns. */
  readonly left: number;
  readonly width: number;
  readonly isFrozen: boolean;
}

export interface PlacedColumns {
  readonly columns: readonly PlacedColumn[];
  /** Pixels of the frozen ones, which come first. */
  readonly frozenWidth: number;
  readonly width: number;
}

export const narrowest = 48;
export const widest = 1200;
const widestByItself = 340;
const characterWidth = 7.4;

/** A width that shows a column's name and values of so many characters. */
export const fittingWidth = ({ name, type }: TableColumn, longestText: number): number => {
  const header = (name.length + Math.min(type.length, 14)) * 6.6 + 58;
  const wanted = Math.max(header, longestText * characterWidth + 22, 84);
  return Math.round(Math.min(widestByItself, wanted));
};

/** Columns as they are shown: frozen ones first, then the others, each in the chosen order. */
export const placeColumns = (
  columns: readonly TableColumn[],
  { order, hidden, frozen, widths }: ColumnsLayout,
  ownWidth: (place: number) => number,
): PlacedColumns => {
  const rank = new Map(order.map((name, at) => [name, at]));
  const shown = columns
    .map((column, place) => ({ ...column, place, isFrozen: frozen.includes(column.name) }))
    .filter(({ name }) => !hidden.includes(name))
    .toSorted(
      (a, b) =>
        Number(b.isFrozen) - Number(a.isFrozen) ||
        (rank.get(a.name) ?? order.length + a.place) - (rank.get(b.name) ?? order.length + b.place),
    );
  let left = 0;
  let frozenWidth = 0;
  const placed = shown.map((column) => {
    const width = widths[column.name] ?? ownWidth(column.place);
    const at = { ...column, left, width };
    left += width;
    if (column.isFrozen) frozenWidth = left;
    return at;
  });
  return { columns: placed, frozenWidth, width: left };
};

/** The columns that are seen: every frozen one, and those of the others within the viewport. */
export const columnsAt = (
  { columns, frozenWidth }: PlacedColumns,
  scrollLeft: number,
  viewport: number,
): readonly PlacedColumn[] => {
  const from = frozenWidth + scrollLeft;
  const before = scrollLeft + viewport;
  return columns.filter(({ isFrozen, left, width }) => isFrozen || (left + width > from && left < before));
};

/** The layout with a column moved by one place among those shown. */
export const moveColumn = (
  layout: ColumnsLayout,
  { columns }: PlacedColumns,
  name: string,
  by: -1 | 1,
): ColumnsLayout => {
  const names = columns.map((column) => column.name);
  const at = names.indexOf(name);
  const other = columns[at + by];
  if (at < 0 || other === undefined || other.isFrozen !== columns[at]?.isFrozen) return layout;
  names[at] = other.name;
  names[at + by] = name;
  return { ...layout, order: names };
};

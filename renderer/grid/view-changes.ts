import type { Sort } from "../../shared/table/index.ts";
import { type ColumnsLayout, narrowest, type PlacedColumns, widest } from "./columns-layout.ts";

/** What a click on a column's head makes of its sort: up, down, none. */
export const turned = (sorts: readonly Sort[], column: string): Sort | null => {
  const present = sorts.find((sort) => sort.column === column);
  if (present === undefined) return { column, descending: false };
  return present.descending ? null : { column, descending: true };
};

/** The sorts with one column's changed: in place of all others, or beside them. */
export const nextSort = (sorts: readonly Sort[], sort: Sort | null, isAdded: boolean, column: string): Sort[] => {
  const others = sorts.filter((other) => other.column !== column);
  if (sort === null) return others;
  if (!isAdded) return [sort];
  const at = sorts.findIndex((other) => other.column === column);
  return at < 0 ? [...others, sort] : sorts.map((other, place) => (place === at ? sort : other));
};

export const resized = (layout: ColumnsLayout, name: string, width: number): ColumnsLayout => ({
  ...layout,
  widths: { ...layout.widths, [name]: Math.round(Math.max(narrowest, Math.min(widest, width))) },
});

/** The column as wide as its values need. */
export const fitted = (layout: ColumnsLayout, name: string): ColumnsLayout => {
  const { [name]: _forgotten, ...widths } = layout.widths;
  return { ...layout, widths };
};

export const toggled = (layout: ColumnsLayout, list: "frozen" | "hidden", name: string): ColumnsLayout => ({
  ...layout,
  [list]: layout[list].includes(name) ? layout[list].filter((other) => other !== name) : [...layout[list], name],
});

/** A column put where another one is. */
export const movedTo = (
  layout: ColumnsLayout,
  { columns }: PlacedColumns,
  name: string,
  target: string,
): ColumnsLayout => {
  const names = columns.map((column) => column.name);
  const [from, to] = [names.indexOf(name), names.indexOf(target)];
  if (from < 0 || to < 0) return layout;
  names.splice(to, 0, ...names.splice(from, 1));
  return { ...layout, order: names };
};

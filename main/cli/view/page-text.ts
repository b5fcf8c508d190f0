import type { Page } from "../../engine/index.ts";
import { formatCount, plural, visible } from "../text/format.ts";
import type { Style } from "../text/style.ts";
import { renderTable, type TableCell } from "../text/table.ts";
import { textWidth } from "../text/width.ts";

const numberTypes = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|REAL|DOUBLE|DECIMAL\b.*)$/i;
const safeTypes = /^(U?(TINY|SMALL)INT|U?INTEGER|FLOAT|REAL|DOUBLE)$/i;
const widestCell = 60;
const narrowestColumn = 8;

/** Text that would look like something else, or like nothing, is shown in quotes. */
function cell(value: string | null, style: Style, limit: number): TableCell {
  if (value === null) return { text: "NULL", paint: style.quiet };
  const ambiguous = value === "" || value === "NULL" || value !== value.trim() || /^'.*'$/s.test(value);
  const text = visible(ambiguous ? `'${value}'` : value);
  return { text: textWidth(text) > limit ? `${text.slice(0, limit)}…` : text };
}

/** How many of the columns fit side by side with a readable width each. */
function columnsThatFit(page: Page, width: number | null): number {
  if (width === null) return page.columns.length;
  let used = 0;
  for (const [at, { name }] of page.columns.entries()) {
    const widest = page.rows.reduce((most, row) => Math.max(most, textWidth(row[at] ?? "NULL")), textWidth(name));
    used += Math.min(widest, Math.max(narrowestColumn, Math.floor(width / 4))) + 2;
    if (used > width + 2) return Math.max(1, at);
  }
  return page.columns.length;
}

/** Rows as a table: numbers right-aligned, NULL told apart from an empty text, wide characters counted as two. */
export function pageTable(page: Page, options: { readonly style: Style; readonly width: number | null }): string[] {
  if (page.columns.length === 0) return ["(no columns)"];
  const fitting = columnsThatFit(page, options.width);
  const shown = page.columns.slice(0, fitting);
  const columns = shown.map(({ name, type }) => ({
    title: visible(name),
    align: numberTypes.test(type) ? ("right" as const) : ("left" as const),
  }));
  const limit = options.width === null ? Number.POSITIVE_INFINITY : widestCell;
  const rows = page.rows.map((row) => shown.map((_, at) => cell(row[at] ?? null, options.style, limit)));
  const left = page.columns.slice(fitting).map(({ name }) => visible(name));
  const more = left.length === 0 ? [] : [`… ${plural(left.length, "more column")}: ${left.join(", ")}`];
  return [...renderTable(columns, rows, options), ...more];
}

/** `rows 1–20 of 1,204,331`, so that a page is never taken for the whole. */
export function pageSentence(page: Page, offset: number): string {
  const { totalRows } = page;
  if (page.rows.length === 0)
    return totalRows === null || totalRows === 0 ? "0 rows" : `no rows here, of ${plural(totalRows, "row")}`;
  if (offset === 0 && totalRows === page.rows.length) return plural(totalRows, "row");
  const range = `rows ${formatCount(offset + 1)}–${formatCount(offset + page.rows.length)}`;
  return totalRows === null ? range : `${range} of ${formatCount(totalRows)}`;
}

/** One JSON object: integers that JavaScript holds exactly and floats are numbers, other numbers exact text. */
function jsonValue(value: string | null, type: string): unknown {
  if (value === null) return null;
  if (/^BOOLEAN$/i.test(type)) return value === "true";
  const number = Number(value);
  const exact = safeTypes.test(type) || (/INT/i.test(type) && Number.isSafeInteger(number));
  return numberTypes.test(type) && exact && Number.isFinite(number) ? number : value;
}

export const pageJson = (page: Page): string[] =>
  page.rows.map((row) =>
    JSON.stringify(
      Object.fromEntries(page.columns.map(({ name, type }, at) => [name, jsonValue(row[at] ?? null, type)])),
    ),
  );

const csvCell = (value: string | null): string => {
  if (value === null) return "";
  return value === "" || /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
};

export const pageCsv = (page: Page): string[] => [
  page.columns.map(({ name }) => csvCell(name)).join(","),
  ...page.rows.map((row) => page.columns.map((_, at) => csvCell(row[at] ?? null)).join(",")),
];

import type { Style } from "./style.ts";
import { padLeft, padRight, textWidth, truncate } from "./width.ts";

export interface TableColumn {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Cells of the column that is cut first when the terminal is narrow; the widest otherwise. */
  readonly shrink?: boolean;
}

export interface TableCell {
  /** Without colours or control characters. */
  readonly text: string;
  readonly paint?: ((text: string) => string) | undefined;
}

const gap = "  ";
const narrowest = 6;

/** Rows as aligned text, cut to `width` cells a line; `null` never cuts. No trailing spaces. */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly TableCell[])[],
  options: { readonly width: number | null; readonly style: Style },
): string[] {
  const widths = fitWidths(columns, rows, options.width);
  const line = (cells: readonly TableCell[]): string =>
    columns
      .map((column, at) => {
        const { text, paint } = cells[at] ?? { text: "" };
        const width = widths[at] ?? 0;
        const cut = truncate(text, width);
        const last = at === columns.length - 1;
        const padded = column.align === "right" ? padLeft(cut, width) : last ? cut : padRight(cut, width);
        return paint === undefined ? padded : padded.replace(cut, () => paint(cut));
      })
      .join(gap)
      .trimEnd();
  const header = columns.map(({ title }) => ({ text: title, paint: options.style.quiet }));
  return [line(header), ...rows.map(line)];
}

function fitWidths(
  columns: readonly TableColumn[],
  rows: readonly (readonly TableCell[])[],
  limit: number | null,
): number[] {
  const widths = columns.map(({ title }, at) =>
    rows.reduce((widest, row) => Math.max(widest, textWidth(row[at]?.text ?? "")), textWidth(title)),
  );
  if (limit === null) return widths;
  const room = limit - gap.length * (columns.length - 1);
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  while (excess > 0) {
    const at = widestColumn(columns, widths);
    if (at === null) break;
    widths[at] = (widths[at] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

function widestColumn(columns: readonly TableColumn[], widths: readonly number[]): number | null {
  const candidates = widths.map((width, at) => ({ at, width })).filter(({ width }) => width > narrowest);
  const preferred = candidates.filter(({ at, width }) => columns[at]?.shrink === true && width > narrowest * 2);
  const from = preferred.length > 0 ? preferred : candidates;
  return (
    from.reduce<{ at: number; width: number } | null>(
      (widest, next) => (widest === null || next.width > widest.width ? next : widest),
      null,
    )?.at ?? null
  );
}

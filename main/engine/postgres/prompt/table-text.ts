/** One result as text: names, rows of PostgreSQL's own text, and which columns are numbers (set right). */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rightAligned: readonly boolean[];
  readonly rows: readonly (readonly (string | null)[])[];
}

const wide =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
const narrow = /\p{Mark}|\p{Cf}/u;
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f]/g;

/** Columns of a terminal that the text takes. */
export const displayWidth = (text: string): number => {
  let width = 0;
  for (const sign of text) width += wide.test(sign) ? 2 : narrow.test(sign) ? 0 : 1;
  return width;
};

const escapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Data must not steer the terminal it is printed on. */
export const printable = (text: string): string =>
  text.replaceAll(controls, (sign) => escapes[sign] ?? `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);

const cellText = (cell: string | null): string => (cell === null ? "NULL" : printable(cell));
const pad = (text: string, width: number, right: boolean): string => {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return right ? space + text : text + space;
};

const countText = (count: number): string => (count === 1 ? "(1 row)" : `(${count} rows)`);

/** Columns side by side under their names. */
export const alignedText = (table: TextTable): string => {
  const header = table.columns.map(printable);
  const body = table.rows.map((row) => row.map(cellText));
  const widths = header.map((name, at) =>
    body.reduce((widest, row) => Math.max(widest, displayWidth(row[at] ?? "")), displayWidth(name)),
  );
  const line = (cells: readonly string[], right: (at: number) => boolean): string =>
    ` ${cells.map((cell, at) => pad(cell, widths[at] ?? 0, right(at))).join(" | ")}`.trimEnd();
  return [
    line(header, () => false),
    widths.map((width) => "-".repeat(width + 2)).join("+"),
    ...body.map((row) => line(row, (at) => table.rightAligned[at] ?? false)),
    countText(table.rows.length),
  ].join("\n");
};

/** One column a line, for wide rows (`\x`). */
export const expandedText = (table: TextTable): string => {
  const names = table.columns.map(printable);
  const width = Math.max(0, ...names.map(displayWidth));
  const records = table.rows.map((row, number) =>
    [
      `-[ RECORD ${number + 1} ]${"-".repeat(Math.max(0, width - 8))}`,
      ...row.map((cell, at) => `${pad(names[at] ?? "", width, false)} | ${cellText(cell)}`),
    ].join("\n"),
  );
  return [...records, countText(table.rows.length)].join("\n");
};

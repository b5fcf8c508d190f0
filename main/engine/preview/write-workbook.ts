import writeExcel, { type SheetData } from "write-excel-file/node";

import { ProjectError } from "../../../shared/errors/index.ts";
import type { Column } from "../../../shared/graph/index.ts";
import { typeClass } from "../../../shared/table/index.ts";
import type { TextRows } from "../duckdb/host/tables/read-rows.ts";

/** What a sheet of Excel holds, its header included. */
const sheetLimits = { rows: 1_048_576, columns: 16_384, characters: 32_767 } as const;
/** The whole sheet is built in memory. */
const mostCells = 2_000_000;
const pageRows = 5000;

interface Workbook {
  /** Absolute; is replaced. */
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly Column[];
  readonly read: (offset: number, limit: number) => Promise<TextRows>;
}

type Cell = SheetData[number][number];

const textCell = (value: string): Cell => ({ value: value.slice(0, sheetLimits.characters), type: String });

/** A number only where Excel's own are exact: it keeps 15 digits, and silently changes the others. */
const isExactNumber = (text: string): boolean => {
  const digits = text.replace(/^-/, "").replace(".", "").replace(/^0+/, "");
  return /^-?\d+(?:\.\d+)?$/.test(text) && digits.length <= 15;
};

const cellOf = (text: string | null, { type }: Column): Cell => {
  if (text === null) return null;
  const kind = typeClass(type);
  if (kind === "boolean") return { value: text === "true", type: Boolean };
  if (kind === "number" && isExactNumber(text)) return { value: Number(text), type: Number };
  return textCell(text);
};

const refuse = (limit: string, found: string): ProjectError =>
  new ProjectError("export_too_large", { params: { format: "xlsx", limit, found } });

const count = (n: number): string => n.toLocaleString("en-US");

/** Writes rows as a sheet of Excel. Throws `export_too_large`. */
export const writeWorkbook = async ({ file, rows, columns, read }: Workbook): Promise<void> => {
  if (rows + 1 > sheetLimits.rows) throw refuse(`${count(sheetLimits.rows)} rows`, `${count(rows)} and a header`);
  if (columns.length > sheetLimits.columns) {
    throw refuse(`${count(sheetLimits.columns)} columns`, count(columns.length));
  }
  const cells = rows * columns.length;
  if (cells > mostCells) throw refuse(`${count(mostCells)} cells as Headrace writes it`, count(cells));
  const sheet: SheetData = [columns.map(({ name }) => ({ value: name, type: String, fontWeight: "bold" }))];
  for (let offset = 0; offset < rows; offset += pageRows) {
    const page = await read(offset, pageRows);
    for (const row of page.rows) sheet.push(row.map((text, at) => cellOf(text, columns[at]!)));
  }
  await writeExcel(sheet, { stickyRowsCount: 1 }).toFile(file);
};

import type { CopyFormat } from "../../../shared/table/index.ts";
import { typeClass } from "../../../shared/table/index.ts";

interface Copied {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

type Row = readonly (string | null)[];

/** Quotes as spreadsheets read them: only where a separator, a quote or a line break stands. */
const separated = (separator: string) => {
  const special = new RegExp(`["\\r\\n${separator}]`);
  return (cell: string): string => (special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
};

const lines = ({ columns, rows }: Copied, separator: string, isNullTold: boolean): string => {
  const quote = separated(separator);
  // An empty text in quotes differs from NULL, which is nothing at all.
  const cellOf = (cell: string | null): string => {
    if (cell === null) return "";
    return cell === "" && isNullTold ? '""' : quote(cell);
  };
  const header = columns.map(({ name }) => quote(name)).join(separator);
  return [header, ...rows.map((row) => row.map(cellOf).join(separator))].join("\n");
};

const markdown = ({ columns, rows }: Copied): string => {
  const cellOf = (cell: string | null): string =>
    cell === null ? "NULL" : cell.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll(/\r?\n/g, "<br>");
  const line = (cells: Row): string => `| ${cells.map(cellOf).join(" | ")} |`;
  const rule = columns.map(({ type }) => (typeClass(type) === "number" ? "---:" : "---"));
  return [line(columns.map(({ name }) => name)), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
};

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const insert = ({ name, columns, rows }: Copied): string => {
  const valueOf = (cell: string | null, type: string): string => {
    if (cell === null) return "NULL";
    const isPlain = typeClass(type) === "number" && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(cell);
    if (isPlain || typeClass(type) === "boolean") return cell;
    return `'${cell.replaceAll("'", "''")}'`;
  };
  const table = name.split(".").map(quoted).join(".");
  const list = columns.map((column) => quoted(column.name)).join(", ");
  const values = rows.map((row) => `  (${row.map((cell, at) => valueOf(cell, columns[at]?.type ?? "")).join(", ")})`);
  return `INSERT INTO ${table} (${list}) VALUES\n${values.join(",\n")};`;
};

/** Rows as text for another program. */
export const copyText = (format: CopyFormat, copied: Copied): string => {
  switch (format) {
    case "tsv":
      return lines(copied, "\t", false);
    case "csv":
      return lines(copied, ",", true);
    case "markdown":
      return markdown(copied);
    default:
      return insert(copied);
  }
};

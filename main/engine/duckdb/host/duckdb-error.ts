import { CancelledError, HeadraceError } from "../../../../shared/errors/index.ts";
import { lineAndColumn } from "../sql/line-and-column.ts";
import { characterOffsets } from "../sql/syntax-tree.ts";

/** What DuckDB said of a failure. */
export interface DuckDBReport {
  readonly type: string;
  readonly message: string;
  /** Offset in bytes into the text that ran. */
  readonly position: number | null;
}

/** Reads an error of an instance with `errors_as_json`; `null` when DuckDB did not raise it. */
export const readReport = (thrown: unknown): DuckDBReport | null => {
  if (!(thrown instanceof Error)) return null;
  const start = thrown.message.indexOf('{"exception_type"');
  if (start === -1) return fromText(thrown.message);
  const report = parseJson(thrown.message.slice(start));
  if (typeof report !== "object" || report === null) return fromText(thrown.message);
  const { exception_type: type, exception_message: message, position } = report as Readonly<Record<string, unknown>>;
  if (typeof type !== "string" || typeof message !== "string") return fromText(thrown.message);
  return { type, message: tidy(message), position: typeof position === "string" ? Number(position) : null };
};

/** A JSON text's value; `null` when it is not one. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const fromText = (text: string): DuckDBReport | null => {
  const match = /^(\w[\w ]*?) Error: ([\s\S]*)$/.exec(text);
  return match
    ? { type: match[1]!, message: tidy(match[2]!.replace(/\n+LINE \d+:[\s\S]*$/, "")), position: null }
    : null;
};

// Settings that a person cannot change here.
const adviceForOwners = /\n+Possible solutions:/;

/** DuckDB lists every overload there is; more than a few help nobody. */
const tidy = (message: string): string => {
  const lines = message
    .split(adviceForOwners, 1)[0]!
    .trimEnd()
    .split("\n")
    .filter((line) => line.trim() !== "");
  const shown = lines.length > 9 ? [...lines.slice(0, 8), `… and ${lines.length - 8} more`] : lines;
  return shown.map((line) => line.replace(/^\t+/, "  ")).join("\n");
};

/** Where the text that ran came from. */
export interface RanText {
  readonly node: string;
  readonly original: string;
  readonly ran: string;
  /** From an offset in `ran` to one in `original`, `null` when it has no counterpart. */
  readonly originalOffset: (offset: number) => number | null;
}

/** `sql_failed` (or `cancelled`) for what DuckDB threw while it ran a person's SQL; anything else as it is. */
export const sqlFailed = (thrown: unknown, text: RanText, signal: AbortSignal): unknown => {
  if (thrown instanceof HeadraceError) return thrown;
  const report = readReport(thrown);
  if (signal.aborted) return new CancelledError({ cause: thrown });
  if (report === null) return thrown;
  const { node } = text;
  const offset = report.position === null ? null : characterOffsets(text.ran)(report.position);
  const place = lineAndColumn(text.original, offset === null ? null : text.originalOffset(offset));
  const detail = `${report.type} error: ${report.message}`;
  const code = report.type === "Out of Memory" ? "sql_out_of_memory" : "sql_failed";
  return new HeadraceError(code, { node, params: { node, detail, ...place } }, { cause: thrown });
};

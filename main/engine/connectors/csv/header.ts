import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import type { SourceFile } from "../files.ts";

const looksLikeData = (cell: string): boolean => /^\s*[+-]?[\d.,:/-]*\d[\d.,:/-]*\s*%?$/.test(cell);

/** Names for columns without a header, as DuckDB gives them. */
const numbered = (fields: number): readonly string[] => Array.from({ length: fields }, (_, i) => `column${i}`);

const checkTwice = (node: string, file: SourceFile, names: readonly string[]): void => {
  const seen = new Map<string, number>();
  for (const [i, name] of names.entries()) {
    const earlier = seen.get(name.toLowerCase());
    if (earlier !== undefined) {
      const params = { path: file.name, first: earlier + 1, second: i + 1, column: name };
      throw new ExecutorExecutionError("csv_header_twice", { node, params });
    }
    seen.set(name.toLowerCase(), i);
  }
};

export interface Header {
  readonly present: boolean;
  readonly names: readonly string[];
}

/**
 * Whether the first record is a header, and the columns' names; a nameless column is called by its position.
 * `pinned` is what the node says. Throws `csv_header_unclear`, `csv_header_twice`.
 */
export const readHeader = (
  node: string,
  file: SourceFile,
  first: readonly string[],
  pinned: boolean | null,
): Header => {
  if (pinned === false) return { present: false, names: numbered(first.length) };
  const nameless = first.filter((cell) => cell.trim() === "").length;
  const unclear = first.some(looksLikeData) || nameless > 1 || nameless === first.length;
  if (pinned === null && unclear) {
    const line = first.join(" | ").slice(0, 80);
    throw new ExecutorExecutionError("csv_header_unclear", { node, params: { path: file.name, line } });
  }
  const names = first.map((cell, i) => (cell.trim() === "" ? `column${i}` : cell.trim()));
  checkTwice(node, file, names);
  return { present: true, names };
};

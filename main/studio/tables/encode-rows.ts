import type { TablePageHead } from "../../../shared/api/index.ts";
import type { ViewRows } from "../../engine/index.ts";
import { arrowTexts } from "../pages/arrow-texts.ts";

/** Characters of a page: as much as crosses to a window and is drawn without a pause. */
const pageCharacters = 2_000_000;
const longestCell = 1000;
const shortestCut = 80;

/** How many characters a cell may have: all that fit, shared evenly where they do not. */
export const cellLimit = (rows: number, columns: number): number =>
  Math.max(shortestCut, Math.min(longestCell, Math.floor(pageCharacters / Math.max(1, rows * columns))));

/** Rows as the contract sends them: a text column each, then the whole lengths of cells that were cut. */
export const encodeRows = (
  { rows, lengths, places, version }: ViewRows,
  offset: number,
): { readonly head: TablePageHead; readonly bytes: Uint8Array } => {
  const cut = Object.keys(lengths).map(Number);
  const texts = places.map((_place, at) => rows.map((row) => row[at] ?? null));
  const bytes = arrowTexts(
    texts,
    cut.map((at) => lengths[at] ?? []),
    rows.length,
  );
  return { head: { version, offset, rows: rows.length, columns: [...places], cut }, bytes };
};

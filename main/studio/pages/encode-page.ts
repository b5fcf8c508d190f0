import type { PageHead } from "../../../shared/api/index.ts";
import type { Cells } from "../../../shared/table/column-bytes.ts";
import type { Page } from "../../engine/index.ts";
import { arrowTexts } from "./arrow-texts.ts";

/** Characters of a page: as much as crosses to a window and is drawn without a pause. */
const pageCharacters = 2_000_000;
const longestCell = 1000;
const shortestCut = 80;

/** The beginning of a text, never half of a character that takes two units. */
const beginning = (text: string, limit: number): string => {
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
};

/** How many characters a cell may have: all that fit, shared evenly where they do not. */
const cellLimit = (page: Page): number => {
  const cells = Math.max(1, page.rows.length * page.columns.length);
  return Math.max(shortestCut, Math.min(longestCell, Math.floor(pageCharacters / cells)));
};

/** A page as the contract sends it: what it is, and its cells as one Arrow stream. */
export const encodePage = (page: Page, offset: number): { readonly head: PageHead; readonly bytes: Uint8Array } => {
  const limit = cellLimit(page);
  const texts: Cells[] = [];
  const cuts: { readonly column: number; readonly lengths: readonly (number | null)[] }[] = [];
  for (const column of page.columns.keys()) {
    const cells = page.rows.map((row) => row[column] ?? null);
    const lengths = cells.map((cell) => (cell !== null && cell.length > limit ? cell.length : null));
    const isCut = lengths.some((length) => length !== null);
    texts.push(isCut ? cells.map((cell) => cell && beginning(cell, limit)) : cells);
    if (isCut) cuts.push({ column, lengths });
  }
  const bytes = arrowTexts(
    texts,
    cuts.map(({ lengths }) => lengths),
    page.rows.length,
  );
  const columns = page.columns.map(({ name, type }) => ({ name, type }));
  const cut = cuts.map(({ column }) => column);
  return { head: { columns, offset, rows: page.rows.length, totalRows: page.totalRows, cut }, bytes };
};

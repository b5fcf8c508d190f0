import type { Page } from "../engine/index.ts";
import type { ProjectOptions } from "./session.ts";
import { printLines, type Terminal } from "./terminal.ts";
import { pageCsv, pageJson, pageSentence, pageTable } from "./view/page-text.ts";

export interface PageOptions extends ProjectOptions {
  readonly limit: number;
  readonly offset: number;
  readonly csv?: boolean;
}

/** Prints rows in the format that was asked for. */
export function printPage(terminal: Terminal, page: Page, options: PageOptions): void {
  if (options.csv === true) return printLines(terminal, pageCsv(page));
  if (options.json === true) return printLines(terminal, pageJson(page));
  const { style } = terminal;
  printLines(terminal, [
    ...pageTable(page, { style, width: terminal.columns() }),
    "",
    style.quiet(pageSentence(page, options.offset)),
  ]);
}

import { findTable, openEngine } from "../open-project.ts";
import { type PageOptions, printPage } from "../print-page.ts";
import type { Execute } from "../session.ts";

/** `headrace preview NODE`: rows of a node's present output. */
export const execute: Execute<PageOptions> = async (session, options, [wanted = ""]) => {
  await using engine = await openEngine(session, options);
  const table = findTable(await engine.project(), wanted);
  const page = await engine.preview(table, { offset: options.offset, limit: options.limit }, session.signal);
  printPage(session.terminal, page, options);
  return 0;
};

import { text } from "node:stream/consumers";

import { openEngine } from "../open-project.ts";
import { type PageOptions, printPage } from "../print-page.ts";
import type { Execute } from "../session.ts";

/** `headrace query SQL`: one SELECT over the present outputs of all nodes; `-` reads it from standard input. */
export const execute: Execute<PageOptions> = async (session, options, [given = ""]) => {
  const sql = given === "-" ? await text(process.stdin) : given;
  await using engine = await openEngine(session, options);
  const page = await engine.query(sql, { offset: options.offset, limit: options.limit }, session.signal);
  printPage(session.terminal, page, options);
  return 0;
};

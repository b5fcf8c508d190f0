import { type TableView, wholeView } from "../../../shared/table/index.ts";
import type { Engine, Page } from "../../engine/index.ts";
import { findTable, openEngine } from "../open-project.ts";
import { type PageOptions, printPage } from "../print-page.ts";
import type { Execute } from "../session.ts";

interface PreviewOptions extends PageOptions {
  readonly sort?: readonly string[];
  readonly search?: string;
}

/** `amount` up, `-amount` down. */
const viewOf = ({ sort = [], search = "" }: PreviewOptions): TableView => ({
  ...wholeView,
  search,
  sort: sort.map((key) => ({ column: key.replace(/^-/, ""), descending: key.startsWith("-") })),
});

const viewedPage = async (
  engine: Engine,
  node: string,
  options: PreviewOptions,
  signal: AbortSignal,
): Promise<Page> => {
  const table = { type: "node", node } as const;
  const view = viewOf(options);
  const { offset, limit } = options;
  const { rows: totalRows } = await engine.tables.open(table, view, signal);
  const { columns, rows } = await engine.tables.rows(
    table,
    view,
    { offset, limit, columns: null, longest: null },
    signal,
  );
  return { columns, rows, totalRows };
};

/** `headrace preview NODE`: rows of a node's present output. */
export const execute: Execute<PreviewOptions> = async (session, options, [wanted = ""]) => {
  await using engine = await openEngine(session, options);
  const table = findTable(await engine.project(), wanted);
  const { offset, limit, sort, search } = options;
  const page =
    sort === undefined && search === undefined
      ? await engine.preview(table, { offset, limit }, session.signal)
      : await viewedPage(engine, table, options, session.signal);
  printPage(session.terminal, page, options);
  return 0;
};

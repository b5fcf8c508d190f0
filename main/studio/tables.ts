import type { StudioHandlers } from "../../shared/api/index.ts";
import { ProjectError } from "../../shared/errors/index.ts";
import { type CopyFormat, type TableRef, type TableView, viewSelect, wholeView } from "../../shared/table/index.ts";
import type { Tables } from "../engine/index.ts";
import type { StudioWindow } from "./studio.ts";
import { copyText } from "./tables/copy-text.ts";
import { cellLimit, encodeRows } from "./tables/encode-rows.ts";

const mostCopiedCells = 500_000;
const copiedAtOnce = 5000;

/** Tables as people look at them: pages of views, profiles, copies, exports, differences. */
export const tableHandlers = {
  "table.expect": async (_nothing, window) => {
    if (window.hasProject) await window.session.engine.tables.expect();
    return {};
  },
  "table.open": ({ table, view }, window, signal) => tablesOf(table, window).open(table, view, signal),
  "table.page": async ({ table, view, offset, limit, columns }, window, signal) => {
    const longest = cellLimit(limit, columns?.length ?? 50);
    return encodeRows(
      await tablesOf(table, window).rows(table, view, { offset, limit, columns, longest }, signal),
      offset,
    );
  },
  "table.cell": async ({ table, view, row, column }, window, signal) => {
    const wanted = { offset: row, limit: 1, columns: [column], longest: null };
    const { rows } = await tablesOf(table, window).rows(table, view, wanted, signal);
    return { text: rows[0]?.[0] ?? null };
  },
  "table.profile": async ({ table, columns, scope }, window, signal) => ({
    scope,
    ...(await tablesOf(table, window).profile(table, columns, scope, signal)),
  }),
  "table.copy": ({ table, view, offset, limit, columns, format }, window, signal) =>
    copyRows(tablesOf(table, window), { table, view, offset, limit, columns, format }, signal),
  "table.export": async ({ table, view, columns, format }, window, signal) => {
    const { file, rows } = await tablesOf(table, window).export(table, view, { columns, format }, signal);
    const { id, bytes } = await window.session.exports.add(file);
    return { export: id, name: `${nameOf(table)}.${format}`, rows, bytes };
  },
  "export.part": async ({ export: id, offset }, { session }) => {
    const bytes = await session.exports.read(id, offset);
    return { head: { bytes: bytes.byteLength }, bytes };
  },
  "export.close": async ({ export: id }, { session }) => {
    await session.exports.remove(id);
    return {};
  },
  "table.select": async ({ node, view }, { session }, signal) => {
    const { columns } = await session.engine.tables.open({ type: "node", node }, wholeView, signal);
    return { sql: viewSelect(node, columns, view) };
  },
  "table.difference": ({ node, keys }, { session }, signal) => session.engine.tables.difference(node, keys, signal),
  "preview.draft": async ({ node, sql, offset, limit }, { session }, signal) => {
    const table: TableRef = { type: "draft", node, sql };
    const { tables } = session.engine;
    const { rows: totalRows, columns, isCut, samples } = await tables.open(table, wholeView, signal);
    const longest = cellLimit(limit, columns.length);
    const found = await tables.rows(table, wholeView, { offset, limit, columns: null, longest }, signal);
    const { head, bytes } = encodeRows(found, offset);
    return {
      head: { columns, offset, rows: head.rows, cut: head.cut, totalRows: isCut ? null : totalRows, samples },
      bytes,
    };
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;

/** What a person asks in SQL, or a text of the project, and files from elsewhere need a project that is trusted. */
const tablesOf = (table: TableRef, window: StudioWindow): Tables => {
  if (["query", "draft", "arriving"].includes(table.type)) window.refuseUntrusted();
  return window.session.engine.tables;
};

interface Copy {
  readonly table: TableRef;
  readonly view: TableView;
  readonly offset: number;
  readonly limit: number;
  readonly columns: readonly number[];
  readonly format: CopyFormat;
}

const copyRows = async (
  tables: Tables,
  { table, view, offset, limit, columns, format }: Copy,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly rows: number }> => {
  const cells = limit * columns.length;
  if (cells > mostCopiedCells) {
    throw new ProjectError("copy_too_large", {
      params: { cells: cells.toLocaleString("en-US"), limit: mostCopiedCells.toLocaleString("en-US") },
    });
  }
  const rows: (readonly (string | null)[])[] = [];
  let named: Awaited<ReturnType<Tables["rows"]>>["columns"] = [];
  for (let at = 0; at < limit; at += copiedAtOnce) {
    const wanted = { offset: offset + at, limit: Math.min(copiedAtOnce, limit - at), columns, longest: null };
    const page = await tables.rows(table, view, wanted, signal);
    rows.push(...page.rows);
    named = page.columns;
  }
  return { text: copyText(format, { name: nameOf(table), columns: named, rows }), rows: rows.length };
};

/** What files and statements made from a table are called. */
const nameOf = (table: TableRef): string => {
  if (table.type === "query") return "query";
  if (table.type === "arriving") return "rows";
  return table.type === "difference" ? `${table.node}_difference` : table.node;
};

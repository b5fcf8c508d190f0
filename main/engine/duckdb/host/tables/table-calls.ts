import type { DuckDBConnection } from "@duckdb/node-api";
import { statSync } from "node:fs";

import { CancelledError, HeadraceError } from "../../../../../shared/errors/index.ts";
import type { ColumnProfile } from "../../../../../shared/table/index.ts";
import { readReport } from "../duckdb-error.ts";
import type { Workspace } from "../workspace.ts";
import { exportRows, type ExportRequest } from "./export-rows.ts";
import { firstText } from "./first-text.ts";
import { countSql } from "./numbered.ts";
import { orderRows, type OrderRequest } from "./order-rows.ts";
import { profileColumns, type ProfileRequest } from "./profile.ts";
import { readRows, type RowsRequest, type TextRows } from "./read-rows.ts";
import { spreadRows, type SpreadRequest } from "./spread-rows.ts";

/** What a SQL host does with a table that somebody looks at: what it is given. */
export interface TableRequests {
  readonly count: { readonly file: string };
  readonly order: OrderRequest;
  readonly spread: SpreadRequest;
  readonly rows: RowsRequest;
  readonly profile: ProfileRequest;
  readonly export: ExportRequest;
}

/** And what it answers. */
export interface TableAnswers {
  readonly count: number;
  readonly order: number;
  readonly spread: number;
  readonly rows: TextRows;
  readonly profile: readonly ColumnProfile[];
  readonly export: number;
}

/** One of them, as it reaches a host. */
export type TableCall = {
  [K in keyof TableRequests]: { readonly name: K; readonly request: TableRequests[K] };
}[keyof TableRequests];

const smallBytes = 256 * 1024;

/** Does one call on a connection of its own, and interrupts it when the signal says so. */
export const tableCall = async (
  call: TableCall,
  workspaceFor: (isOneThread: boolean) => Promise<Workspace>,
  signal: AbortSignal,
): Promise<unknown> => {
  const file = "relation" in call.request ? call.request.relation.file : call.request.file;
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  // Nobody waits for a copy: it leaves the other cores to those who look at the table meanwhile.
  const { instance } = await workspaceFor(size <= smallBytes || call.name === "spread");
  const connection = await instance.connect();
  const interrupt = (): void => connection.interrupt();
  signal.addEventListener("abort", interrupt);
  try {
    if (signal.aborted) throw new CancelledError();
    return await perform(connection, call);
  } catch (thrown) {
    throw signal.aborted ? new CancelledError() : failureOf(thrown, call);
  } finally {
    signal.removeEventListener("abort", interrupt);
    connection.closeSync();
  }
};

const perform = async (connection: DuckDBConnection, call: TableCall): Promise<unknown> => {
  switch (call.name) {
    case "count":
      return Number(await firstText(connection, countSql(call.request.file)));
    case "order":
      return await orderRows(connection, call.request);
    case "spread":
      return await spreadRows(connection, call.request);
    case "rows":
      return await readRows(connection, call.request);
    case "profile":
      return await profileColumns(connection, call.request);
    default:
      return await exportRows(connection, call.request);
  }
};

const failureOf = (thrown: unknown, call: TableCall): unknown => {
  const report = readReport(thrown);
  if (report === null) return thrown;
  const table = "relation" in call.request ? call.request.relation.id : "the table";
  const code = call.name === "order" && /conversion/i.test(report.type) ? "view_value_unfit" : "view_failed";
  return new HeadraceError(code, { params: { table, detail: report.message } }, { cause: thrown });
};

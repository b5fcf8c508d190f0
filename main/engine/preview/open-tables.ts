import type { TableRef } from "../../../shared/table/index.ts";
import type { SqlHosts, WrittenParquet } from "../duckdb/sql-host.ts";
import { differenceFacts } from "./difference.ts";
import type { Outputs } from "./outputs.ts";
import type { ResolvedTable } from "./answer.ts";
import { resolveTable } from "./resolve-table.ts";
import { ScratchTables, sweepScratch } from "./scratch-tables.ts";
import { SpreadCopies } from "./spread-copies.ts";
import type { Tables } from "./tables.ts";
import type { HeadFacts } from "./source-head.ts";
import { ViewOrders } from "./view-orders.ts";
import { writeWorkbook } from "./write-workbook.ts";

interface Places {
  readonly outputs: Outputs;
  readonly hosts: SqlHosts;
  /** A folder that the hosts may write to. */
  readonly scratch: string;
}

/** Prepares the tables of a project; nothing is read or written until one is opened. */
export const openTables = ({ outputs, hosts, scratch }: Places): Tables & Disposable => {
  const answers = new ScratchTables<WrittenParquet>(scratch);
  const heads = new ScratchTables<HeadFacts>(scratch);
  const copies = new SpreadCopies(scratch, hosts);
  const orders = new ViewOrders(scratch, hosts, () => copies.giveWay());
  const context = { outputs, hosts, answers, heads };
  let swept: Promise<void> | null = null;

  const resolve = async (table: TableRef, signal: AbortSignal): Promise<ResolvedTable> => {
    swept ??= sweepScratch(scratch);
    await swept;
    return await resolveTable(table, context, signal);
  };

  return {
    async expect() {
      // Any call starts a host; the connectors' code is what the first rows of a source take besides.
      await Promise.all([hosts.analyze(["select 1"]), import("../connectors/registry.ts")]);
    },
    async open(table, view, signal) {
      const resolved = await resolve(table, signal);
      const rows = await orders.count(resolved, view, signal);
      const { version, relation, rows: allRows, isCut, samples, head } = resolved;
      return { version, columns: relation.columns, rows, allRows, isCut, samples, head };
    },
    async rows(table, view, wanted, signal) {
      const resolved = await resolve(table, signal);
      const end = wanted.offset + wanted.limit;
      const { file: order, rows } = await orders.until(end, resolved, view, signal);
      const { version } = resolved;
      const relation = order === null ? resolved.relation : copies.of(resolved);
      const places = (wanted.columns ?? relation.columns.map((_column, at) => at)).filter(
        (at) => at < relation.columns.length,
      );
      const limit = Math.max(0, Math.min(wanted.limit, rows - wanted.offset));
      const found =
        limit === 0
          ? { rows: [], lengths: {} }
          : await hosts.table("rows", { relation, order, ...wanted, limit, columns: places }, signal);
      // A copy would be made beside the sorting, and whoever scrolls on would wait for both.
      if (order !== null && orders.served(resolved, view)) copies.served(resolved, wanted.offset);
      return { ...found, version, columns: places.map((at) => relation.columns[at]!), places };
    },
    async profile(table, columns, scope, signal) {
      const { relation, rows, version } = await resolve(table, signal);
      const places = columns.filter((at) => at < relation.columns.length);
      const profiles = await hosts.table("profile", { relation, rows, columns: places, scope }, signal);
      return { version, allRows: rows, columns: profiles };
    },
    async export(table, view, { columns, format }, signal) {
      const resolved = await resolve(table, signal);
      const { file: order, rows } = await orders.whole(resolved, view, signal);
      const { relation } = resolved;
      const places = columns ?? relation.columns.map((_column, at) => at);
      const file = orders.newFile(format);
      if (format === "xlsx") {
        const read = (offset: number, limit: number) =>
          hosts.table("rows", { relation, order, offset, limit, columns: places, longest: null }, signal);
        await writeWorkbook({ file, rows, columns: places.map((at) => relation.columns[at]!), read });
        return { file, rows };
      }
      const written = await hosts.table("export", { relation, order, columns: places, format, output: file }, signal);
      return { file, rows: written };
    },
    difference: (node, keys, signal) => differenceFacts({ node, keys }, context, signal),
    async settled() {
      await orders.settled();
      await copies.settled();
    },
    [Symbol.dispose]() {
      copies.close();
      answers.close();
      heads.close();
      orders.close();
    },
  };
};

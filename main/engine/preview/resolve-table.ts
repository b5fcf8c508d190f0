import type { TableRef } from "../../../shared/table/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import { HeadraceError } from "../../../shared/errors/index.ts";
import { asQuery } from "./as-query.ts";
import { answerOf, hashOf, type ResolveContext, type ResolvedTable, wholeFile } from "./answer.ts";
import { differenceTable } from "./difference.ts";
import { draftRows } from "./limits.ts";
import type { SourceHead } from "./source-head.ts";
import type { InputSample } from "./tables.ts";

/** The file behind a table, made first where there is none. */
export const resolveTable = async (
  table: TableRef,
  context: ResolveContext,
  signal: AbortSignal,
): Promise<ResolvedTable> => {
  switch (table.type) {
    case "node":
      return await nodeTable(table.node, context, signal);
    case "arriving":
      return await headTable(table.upload, await context.outputs.arriving(table.upload), context, signal);
    case "query":
      return await queryTable(table, context, signal);
    case "draft":
      return await draftTable(table, context, signal);
    default:
      return await differenceTable(table, context, signal);
  }
};

const nodeTable = async (node: string, context: ResolveContext, signal: AbortSignal): Promise<ResolvedTable> => {
  try {
    return await wholeFile(await context.outputs.present(node), context, signal);
  } catch (error) {
    if (!(error instanceof HeadraceError) || error.code !== "output_missing") throw error;
    const head = await context.outputs.head(node);
    if (head === null) throw error;
    return await headTable(node, head, context, signal);
  }
};

/** The first rows of what a source reads, written once as long as that is the same. */
const headTable = async (
  id: string,
  { of, key, read }: SourceHead,
  { heads }: ResolveContext,
  signal: AbortSignal,
): Promise<ResolvedTable> => {
  const version = hashOf(["head", id, key]);
  const { file, facts } = await heads.get(version, signal, read);
  const { rows, columns, isAll } = facts;
  return {
    relation: { id, file, columns, rows },
    rows,
    isCut: !isAll,
    samples: [],
    version,
    head: { of, isAll },
  };
};

/** `select * from one_table` is that table, whole and without a copy. */
const plainSelect = /^\s*(?:select\s+\*\s+)?from\s+(?:ref\(\s*'[\w.]+'\s*\)|[\w.]+)\s*;?\s*$/i;

const queryTable = async (
  { sql, turn = 0 }: TableRef & { readonly type: "query" },
  context: ResolveContext,
  signal: AbortSignal,
): Promise<ResolvedTable> => {
  const inputs = await context.outputs.referenced(sql);
  const [only] = inputs;
  if (only !== undefined && inputs.length === 1 && plainSelect.test(sql)) return await wholeFile(only, context, signal);
  try {
    const job = { node: "query", sql, inputs, params: {}, durable: false };
    return await answerOf(job, { samples: [], turn }, context, signal);
  } catch (thrown) {
    throw asQuery(thrown);
  }
};

const draftTable = async (
  { node, sql }: TableRef & { readonly type: "draft" },
  context: ResolveContext,
  signal: AbortSignal,
): Promise<ResolvedTable> => {
  const { job, inputs } = await context.outputs.draft(node, sql);
  const samples: InputSample[] = [];
  const sampled: Relation[] = [];
  const tables = await Promise.all(inputs.map((input) => nodeTable(input, context, signal)));
  for (const { relation, rows, head } of tables) {
    const input = relation.id;
    sampled.push(rows > draftRows ? { ...relation, firstRows: draftRows } : relation);
    if (rows > draftRows) samples.push({ input, rows: draftRows, of: rows });
    else if (head?.isAll === false) samples.push({ input, rows, of: null });
  }
  return await answerOf({ ...job, inputs: sampled, durable: false }, { samples, turn: 0 }, context, signal);
};

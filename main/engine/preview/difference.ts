import { ProjectError } from "../../../shared/errors/index.ts";
import type { Column } from "../../../shared/graph/index.ts";
import { typeClass, type TableRef } from "../../../shared/table/index.ts";
import type { QueryJob } from "../duckdb/sql-host.ts";
import {
  type Comparison,
  keyedCounts,
  keyedRows,
  repeatedKeys,
  summaries,
  wholeRowCounts,
  wholeRows,
} from "./difference-sql.ts";
import type { OutputAt } from "./outputs.ts";
import { answerOf, type ResolveContext, type ResolvedTable } from "./answer.ts";

/** A column of one output, in five figures. */
export interface ColumnSummary {
  readonly nulls: number;
  readonly distinct: number;
  readonly min: string | null;
  readonly max: string | null;
  readonly mean: string | null;
}

/** What became of a column between two outputs. */
export interface ColumnChange {
  readonly name: string;
  readonly state: "same" | "added" | "removed" | "type";
  readonly typeBefore: string | null;
  readonly typeAfter: string | null;
  /** Rows of the same key with another value; `null` where values cannot be compared. */
  readonly changed: number | null;
  readonly before: ColumnSummary | null;
  readonly after: ColumnSummary | null;
}

interface OutputFacts {
  readonly runId: string;
  readonly time: string;
  readonly rows: number;
}

/** How an output differs from the last different one. */
export interface DifferenceFacts {
  readonly before: OutputFacts;
  readonly after: OutputFacts;
  readonly keys: readonly string[];
  readonly keysFrom: "asked" | "target" | "found" | "none";
  readonly added: number;
  readonly removed: number;
  readonly changed: number | null;
  readonly columns: readonly ColumnChange[];
}

interface Pair {
  readonly before: OutputAt;
  readonly after: OutputAt;
}

/** Columns that are tried as keys: more would cost more than choosing one by hand. */
const triedKeys = 8;

const pairOf = async (node: string, { outputs }: ResolveContext): Promise<Pair> => {
  const pair = await outputs.lastDifferent(node);
  if (pair === null) throw new ProjectError("difference_none", { node, params: { node } });
  return pair;
};

const common = ({ before, after }: Pair): readonly Column[] =>
  after.relation.columns.filter(({ name, type }) =>
    before.relation.columns.some((column) => column.name === name && column.type === type),
  );

const jobOf = (node: string, { before, after }: Pair, sql: string): QueryJob => ({
  node,
  sql,
  inputs: [
    { ...before.relation, id: "before.output" },
    { ...after.relation, id: "after.output" },
  ],
  params: {},
  durable: false,
});

type FirstRow = (sql: string) => Promise<readonly (string | null)[]>;

const firstRowOf =
  (node: string, pair: Pair, { hosts }: ResolveContext, signal: AbortSignal): FirstRow =>
  async (sql) =>
    (await hosts.page(jobOf(node, pair, sql), { offset: 0, limit: 1 }, signal)).rows[0] ?? [];

/** The comparison by given keys; names that are not in both outputs are refused. */
const comparisonBy = async (
  node: string,
  keys: readonly string[],
  pair: Pair,
  firstRow: FirstRow,
): Promise<Comparison> => {
  const columns = common(pair).map(({ name }) => name);
  for (const key of keys) {
    if (!columns.includes(key)) throw new ProjectError("view_column_missing", { params: { table: node, column: key } });
  }
  const values = columns.filter((name) => !keys.includes(name));
  const isRepeated = keys.length > 0 && Number((await firstRow(repeatedKeys(keys)))[0]) > 0;
  return { keys, values, isRepeated };
};

/** The first column that alone tells the rows of both outputs apart; names that look like keys are tried first. */
const findKey = async (pair: Pair, firstRow: FirstRow): Promise<readonly string[]> => {
  const candidates = common(pair)
    .filter(({ type }) => !["nested", "binary", "boolean"].includes(typeClass(type)))
    .map(({ name }, at) => ({ name, rank: /(?:^|_)(?:id|key|code|uuid)$/i.test(name) ? at - 1000 : at }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, triedKeys);
  for (const { name } of candidates) {
    if (Number((await firstRow(repeatedKeys([name])))[0]) === 0) return [name];
  }
  return [];
};

interface Chosen {
  readonly keys: readonly string[];
  readonly keysFrom: DifferenceFacts["keysFrom"];
}

const chooseKeys = async (
  node: string,
  asked: readonly string[] | null,
  pair: Pair,
  context: ResolveContext,
  firstRow: FirstRow,
): Promise<Chosen> => {
  if (asked !== null) return { keys: asked, keysFrom: asked.length === 0 ? "none" : "asked" };
  const names = common(pair).map(({ name }) => name);
  const ofTarget = await context.outputs.targetKeys(node);
  if (ofTarget.length > 0 && ofTarget.every((key) => names.includes(key)))
    return { keys: ofTarget, keysFrom: "target" };
  const found = await findKey(pair, firstRow);
  return { keys: found, keysFrom: found.length === 0 ? "none" : "found" };
};

interface Counts extends Pick<DifferenceFacts, "added" | "removed" | "changed"> {
  readonly byColumn: ReadonlyMap<string, number>;
}

const countsOf = async (comparison: Comparison, firstRow: FirstRow): Promise<Counts> => {
  const { keys, values } = comparison;
  if (keys.length + values.length === 0) return { added: 0, removed: 0, changed: null, byColumn: new Map() };
  const row = (await firstRow(keys.length > 0 ? keyedCounts(comparison) : wholeRowCounts(values))).map(Number);
  const [added = 0, removed = 0, changed = null, ...rest] = row;
  return { added, removed, changed, byColumn: new Map(rest.map((count, at) => [values[at] ?? "", count])) };
};

/** Counts what differs between a node's newest output and the last different one. */
export const differenceFacts = async (
  { node, keys: asked }: { readonly node: string; readonly keys: readonly string[] | null },
  context: ResolveContext,
  signal: AbortSignal,
): Promise<DifferenceFacts> => {
  const pair = await pairOf(node, context);
  const firstRow = firstRowOf(node, pair, context, signal);
  const { keys, keysFrom } = await chooseKeys(node, asked, pair, context, firstRow);
  const comparison = await comparisonBy(node, keys, pair, firstRow);
  const { added, removed, changed, byColumn } = await countsOf(comparison, firstRow);
  const before = await summariesOf(pair.before.relation.columns, "input_0", firstRow);
  const after = await summariesOf(pair.after.relation.columns, "input_1", firstRow);
  const facts = ({ runId, time, output }: OutputAt): OutputFacts => ({ runId, time, rows: output.rows });
  const names = new Set([...after.keys(), ...before.keys()]);
  const columns = [...names].map((name): ColumnChange => {
    const typeOf = (side: OutputAt) => side.relation.columns.find((column) => column.name === name)?.type ?? null;
    const [typeBefore, typeAfter] = [typeOf(pair.before), typeOf(pair.after)];
    return {
      name,
      state: stateOf(typeBefore, typeAfter),
      typeBefore,
      typeAfter,
      changed: keys.includes(name) ? 0 : (byColumn.get(name) ?? null),
      before: before.get(name) ?? null,
      after: after.get(name) ?? null,
    };
  });
  return { before: facts(pair.before), after: facts(pair.after), keys, keysFrom, added, removed, changed, columns };
};

const stateOf = (before: string | null, after: string | null): ColumnChange["state"] => {
  if (before === null) return "added";
  if (after === null) return "removed";
  return before === after ? "same" : "type";
};

const summariesOf = async (
  columns: readonly Column[],
  input: string,
  firstRow: FirstRow,
): Promise<ReadonlyMap<string, ColumnSummary>> => {
  if (columns.length === 0) return new Map();
  const row = await firstRow(summaries(columns, input));
  return new Map(
    columns.map(({ name }, at) => {
      const [nulls = null, distinct = null, min = null, max = null, mean = null] = row.slice(at * 5, at * 5 + 5);
      return [name, { nulls: Number(nulls), distinct: Number(distinct), min, max, mean }];
    }),
  );
};

/** The rows that differ, as a table. */
export const differenceTable = async (
  { node, keys }: TableRef & { readonly type: "difference" },
  context: ResolveContext,
  signal: AbortSignal,
): Promise<ResolvedTable> => {
  const pair = await pairOf(node, context);
  const firstRow = firstRowOf(node, pair, context, signal);
  const comparison = await comparisonBy(node, keys, pair, firstRow);
  const { byColumn } = await countsOf(comparison, firstRow);
  const moved = new Set([...byColumn].filter(([, count]) => count > 0).map(([name]) => name));
  const sql = keys.length > 0 ? keyedRows(comparison, moved) : wholeRows(comparison.values);
  return await answerOf(jobOf(node, pair, sql), { samples: [], turn: 0 }, context, signal);
};

import type { Column } from "../../../shared/graph/index.ts";
import type { Relation, SqlHosts } from "../duckdb/sql-host.ts";
import type { CachedOutput, OutputCache } from "../state/index.ts";

/** What became of the rows between two outputs of one node. */
export interface RowDifference {
  readonly added: number;
  readonly removed: number;
  /** Rows with the same key and other values; `null` when there is no key to tell rows by. */
  readonly changed: number | null;
}

/** Above this many rows on both sides together a comparison is no longer cheap. */
const mostRows = 5_000_000;

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Rows are matched by key; columns that only one side has, or that changed their type, are not compared. */
const keyedSql = (keys: readonly string[], values: readonly string[]): string => {
  const columns = [
    ...keys.map((name, at) => `${quote(name)} AS k${at}`),
    ...values.map((name, at) => `${quote(name)} AS v${at}`),
    "true AS here",
  ].join(", ");
  const matched = keys.map((_, at) => `a.k${at} IS NOT DISTINCT FROM b.k${at}`).join(" AND ");
  const differs = values.map((_, at) => `a.v${at} IS DISTINCT FROM b.v${at}`).join(" OR ") || "false";
  return `SELECT count(*) FILTER (b.here IS NULL) AS added, count(*) FILTER (a.here IS NULL) AS removed,
    count(*) FILTER (a.here AND b.here AND (${differs})) AS changed
    FROM (SELECT ${columns} FROM input_0) b FULL JOIN (SELECT ${columns} FROM input_1) a ON ${matched}`;
};

/** Without a key only whole rows can be told apart, each as often as it is there. */
const wholeRowsSql = (values: readonly string[]): string => {
  const columns = values.map(quote).join(", ");
  const missing = (from: string, without: string): string =>
    `(SELECT count(*) FROM (SELECT ${columns} FROM ${from} EXCEPT ALL SELECT ${columns} FROM ${without}))`;
  return `SELECT ${missing("input_1", "input_0")} AS added, ${missing("input_0", "input_1")} AS removed, NULL AS changed`;
};

const sameColumns = (before: readonly Column[], after: readonly Column[]): readonly string[] =>
  after
    .filter(({ name, type }) => before.some((column) => column.name === name && column.type === type))
    .map(({ name }) => name);

const relationOf = (cache: OutputCache, id: string, { output, columns }: CachedOutput): Relation => ({
  id,
  file: cache.absolute(output),
  columns,
});

/**
 * Counts the rows that differ between two outputs, found in the cache by their hashes. `null` when one of them is no
 * longer there, when they have no column in common, or when they are too large for a quick answer.
 */
export const compareOutputs = async (
  hosts: SqlHosts,
  cache: OutputCache,
  request: { readonly before: string; readonly after: string; readonly keys: readonly string[] },
  signal: AbortSignal,
): Promise<RowDifference | null> => {
  const [before, after] = await Promise.all([cache.findByHash(request.before), cache.findByHash(request.after)]);
  if (before === null || after === null || before.rows + after.rows > mostRows) return null;
  const common = sameColumns(before.columns, after.columns);
  const isKeyed = request.keys.length > 0 && request.keys.every((key) => common.includes(key));
  const sql = isKeyed
    ? keyedSql(
        request.keys,
        common.filter((name) => !request.keys.includes(name)),
      )
    : wholeRowsSql(common);
  if (common.length === 0) return null;
  const inputs = [relationOf(cache, "before.output", before), relationOf(cache, "after.output", after)];
  const page = await hosts.page({ node: "diff", sql, inputs, params: {} }, { offset: 0, limit: 1 }, signal);
  const [added, removed, changed] = page.rows[0] ?? [];
  return { added: Number(added), removed: Number(removed), changed: changed === null ? null : Number(changed) };
};

// The SQL that turns an existing table into its next state, from a stage. Names are quoted, values stay in the stage.

import { quoteIdentifier } from "../../postgres/index.ts";
import type { WriteJob } from "./job.ts";
import type { TimeInterval } from "./ledger.ts";
import type { ColumnPair } from "./match-columns.ts";

/** Everything that one publication's statements are made of. */
export interface Change {
  readonly job: WriteJob;
  /** The stage in quotes. */
  readonly stage: string;
  readonly pairs: readonly ColumnPair[];
  /** Columns that identify a row on both sides; empty compares nothing. */
  readonly key: readonly ColumnPair[];
  /** Only the target's rows in this stretch are replaced; `null` means all. */
  readonly within: { readonly pair: ColumnPair; readonly interval: TimeInterval } | null;
}

const noEquality = new Set(["json", "xml", "point", "polygon", "box", "circle", "line", "path", "lseg"]);

const staged = (pair: ColumnPair): string => {
  const column = `s.${quoteIdentifier(pair.stage.name)}`;
  return pair.cast === null ? column : `${column}::text::${pair.cast}`;
};
const existing = (pair: ColumnPair): string => `t.${quoteIdentifier(pair.name)}`;
const comparable = (pair: ColumnPair, side: string): string =>
  noEquality.has(pair.target?.type ?? "") ? `(${side})::text` : side;

const sameKey = ({ key }: Change): string => key.map((pair) => `${existing(pair)} = ${staged(pair)}`).join(" AND ");

const others = ({ pairs, key }: Change): readonly ColumnPair[] => pairs.filter((pair) => !key.includes(pair));

/** True for rows that have the same key and other values; `added` columns are still missing in a preview. */
const differs = (change: Change, options: { readonly added: boolean }): string => {
  const rest = others(change);
  if (rest.length === 0) return "false";
  const before = rest.map((pair) =>
    options.added || pair.target !== null ? comparable(pair, existing(pair)) : `null::${pair.stage.type}`,
  );
  return `ROW(${before.join(", ")}) IS DISTINCT FROM ROW(${rest.map((pair) => comparable(pair, staged(pair))).join(", ")})`;
};

const nameList = (pairs: readonly ColumnPair[]): string => pairs.map((pair) => quoteIdentifier(pair.name)).join(", ");

/** A condition on the target's rows `t`. */
const timeCondition = ({ within }: Change): string | null => {
  if (within === null) return null;
  const { pair, interval } = within;
  const zoned = pair.target?.type === "timestamp with time zone";
  const bound = (text: string): string => {
    const time = `timestamp '${text.replaceAll("'", "''")}'`;
    return zoned ? `(${time} at time zone 'UTC')` : time;
  };
  return `${existing(pair)} >= ${bound(interval.from)} AND ${existing(pair)} ${interval.toIncluded ? "<=" : "<"} ${bound(interval.to)}`;
};

/** A condition on the target's rows `t` that are not in the stage any more. */
export const vanished = (change: Change): string => {
  const scope = timeCondition(change);
  const gone = change.key.length === 0 ? null : `NOT EXISTS (SELECT FROM ${change.stage} s WHERE ${sameKey(change)})`;
  const conditions = [scope, gone].filter((each) => each !== null);
  return conditions.length === 0 ? "true" : conditions.join(" AND ");
};

export const deleteVanished = (change: Change): string => `DELETE FROM ${change.job.table} t WHERE ${vanished(change)}`;

/** `null` when every column is part of the key. */
export const updateChanged = (change: Change): string | null => {
  const rest = others(change);
  if (rest.length === 0) return null;
  const set = rest.map((pair) => `${quoteIdentifier(pair.name)} = ${staged(pair)}`).join(", ");
  const where = `${sameKey(change)} AND ${differs(change, { added: true })}`;
  return `UPDATE ${change.job.table} t SET ${set} FROM ${change.stage} s WHERE ${where}`;
};

const writesIdentity = ({ pairs }: Change): boolean => pairs.some((pair) => pair.target?.identity === "a");

const insertHead = (change: Change): string =>
  `INSERT INTO ${change.job.table} AS t (${nameList(change.pairs)})${writesIdentity(change) ? " OVERRIDING SYSTEM VALUE" : ""}`;

const isNewKey = (change: Change): string => `NOT EXISTS (SELECT FROM ${change.job.table} t WHERE ${sameKey(change)})`;

/** Inserts the stage's rows; with a key only those whose key is not there. */
export const insertNew = (change: Change): string => {
  const head = `${insertHead(change)} SELECT ${change.pairs.map(staged).join(", ")} FROM ${change.stage} s`;
  return change.key.length === 0 ? head : `${head} WHERE ${isNewKey(change)}`;
};

/** The whole difference in one pass and its counts, for PostgreSQL 17 and later. */
export const mergeDifference = (change: Change): string => {
  const { job, pairs, stage } = change;
  const rest = others(change);
  const set = rest.map((pair) => `${quoteIdentifier(pair.name)} = ${staged(pair)}`).join(", ");
  const update =
    rest.length === 0 ? "" : `WHEN MATCHED AND ${differs(change, { added: true })} THEN UPDATE SET ${set} `;
  const scope = timeCondition(change);
  const gone = `WHEN NOT MATCHED BY SOURCE${scope === null ? "" : ` AND ${scope}`} THEN DELETE`;
  const overriding = writesIdentity(change) ? " OVERRIDING SYSTEM VALUE" : "";
  const insert = `WHEN NOT MATCHED THEN INSERT (${nameList(pairs)})${overriding} VALUES (${pairs.map(staged).join(", ")})`;
  return (
    `WITH written AS (MERGE INTO ${job.table} t USING ${stage} s ON ${sameKey(change)} ${update}${gone} ${insert} ` +
    `RETURNING merge_action() AS action) SELECT ` +
    `count(*) FILTER (WHERE action = 'INSERT')::float8 AS inserted, ` +
    `count(*) FILTER (WHERE action = 'UPDATE')::float8 AS updated, ` +
    `count(*) FILTER (WHERE action = 'DELETE')::float8 AS deleted FROM written`
  );
};

/** Inserts and updates by key; equal rows are left as they are. */
export const upsert = (change: Change): string => {
  const rest = others(change);
  const set = rest.map((pair) => `${quoteIdentifier(pair.name)} = excluded.${quoteIdentifier(pair.name)}`).join(", ");
  const before = rest.map((pair) => comparable(pair, existing(pair))).join(", ");
  const after = rest.map((pair) => comparable(pair, `excluded.${quoteIdentifier(pair.name)}`)).join(", ");
  const action =
    rest.length === 0 ? "DO NOTHING" : `DO UPDATE SET ${set} WHERE ROW(${before}) IS DISTINCT FROM ROW(${after})`;
  const head = `${insertHead(change)} SELECT ${change.pairs.map(staged).join(", ")} FROM ${change.stage} s`;
  return `${head} ON CONFLICT (${nameList(change.key)}) ${action}`;
};

/** The same, answering with both counts. Partitioned tables have no `xmax` to tell an insert by. */
export const countedUpsert = (change: Change): string =>
  `WITH written AS (${upsert(change)} RETURNING t.xmax = 0 AS added) ` +
  `SELECT count(*) FILTER (WHERE added)::float8 AS inserted, count(*) FILTER (WHERE NOT added)::float8 AS updated FROM written`;

/** Counts for a preview, by SELECTs alone: what the statements above would do. */
export const countInserts = (change: Change): string =>
  `SELECT count(*)::float8 AS n FROM ${change.stage} s${change.key.length === 0 ? "" : ` WHERE ${isNewKey(change)}`}`;

export const countUpdates = (change: Change): string =>
  `SELECT count(*)::float8 AS n FROM ${change.stage} s JOIN ${change.job.table} t ON ${sameKey(change)} WHERE ${differs(change, { added: false })}`;

export const countVanished = (change: Change): string =>
  `SELECT count(*)::float8 AS n FROM ${change.job.table} t WHERE ${vanished(change)}`;

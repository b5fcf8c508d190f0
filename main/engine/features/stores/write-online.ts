import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DatabaseSync } from "node:sqlite";

import { quoted } from "../../duckdb/sql/identifiers.ts";
import { momentOf } from "../dtype.ts";
import type { FeatureGroup } from "../group.ts";
import { onlineTable, openOnline } from "./online-file.ts";
import type { StoredTable } from "./stored-table.ts";

const rowsAtATime = 20_000;

/**
 * Brings the online table up to a group's table, in one transaction: each key's newest row is taken unless a newer one
 * is there, and keys that are gone from the table are removed.
 */
export const writeOnline = async (group: FeatureGroup, table: StoredTable, file: string): Promise<number> => {
  const newest = join(table.scratch, "newest.parquet");
  const job = { node: group.id, inputs: [table.relation], params: {} };
  const written = await table.duckdb.writeParquet({ ...job, sql: newestSql(group, table) }, newest, table.signal);
  await mkdir(dirname(file), { recursive: true });
  using database = openOnline(file, false);
  database.exec("begin immediate");
  try {
    const name = onlineTable(group.id, table.version);
    prepareTable(database, name);
    const upsert = database.prepare(upsertSql(name));
    const seen = database.prepare("insert or ignore into temp.seen values (?)");
    const relation = { id: group.id, file: newest, columns: written.columns };
    const keys = group.joinKeys.length;
    for (let offset = 0; offset < written.rows; offset += rowsAtATime) {
      const page = await table.duckdb.page(
        { node: group.id, sql: "from input_0", inputs: [relation], params: {} },
        { offset, limit: rowsAtATime },
        table.signal,
      );
      for (const row of page.rows) {
        const key = JSON.stringify(row.slice(0, keys));
        const [event, created] = [row[keys], row[keys + 1]].map((time) => (time == null ? null : BigInt(time)));
        upsert.run(key, event ?? null, created ?? null, JSON.stringify(row.slice(keys + 2)));
        seen.run(key);
      }
    }
    database.exec(`delete from ${quoted(name)} where key not in (select key from temp.seen)`);
    const columns = written.columns.slice(keys + 2);
    database.prepare("insert or replace into groups values (?, ?, ?)").run(name, JSON.stringify(columns), table.hash);
    database.exec("commit");
    return written.rows;
  } catch (error) {
    database.exec("rollback");
    throw error;
  }
};

/** One row a key: keys as text, event and created time in microseconds, then the features. Null keys match nothing. */
const newestSql = (group: FeatureGroup, { relation }: StoredTable): string => {
  const typeOf = (name: string): string => relation.columns.find((column) => column.name === name)?.type ?? "TIMESTAMP";
  const time = (name: string | null): string =>
    name === null ? "null::bigint" : `epoch_us(${momentOf(quoted(name), typeOf(name))})`;
  const taken = new Set([...group.joinKeys, group.eventTime, group.createdTime]);
  const features = relation.columns.filter(({ name }) => !taken.has(name));
  const fields = [
    `e := ${time(group.eventTime)}`,
    `n := ${time(group.createdTime)} is not null`,
    `c := ${time(group.createdTime)}`,
    ...features.map(({ name }, at) => `f${at} := ${quoted(name)}`),
  ];
  const keys = group.joinKeys.map((name, at) => `${quoted(name)}::varchar as k${at}`);
  const present = [...group.joinKeys, ...(group.eventTime === null ? [] : [group.eventTime])];
  const values = ["best.e as event_us", "best.c as created_us"].concat(
    features.map(({ name }, at) => `best.f${at} as ${quoted(name)}`),
  );
  const where = present.map((name) => `${quoted(name)} is not null`).join(" and ");
  const best = `max(struct_pack(${fields.join(", ")})) as best`;
  return `select * exclude (best), ${values.join(", ")} from (select ${[...keys, best].join(", ")} from input_0 where ${where} group by all)`;
};

const prepareTable = (database: DatabaseSync, name: string): void => {
  database.exec(
    `create table if not exists groups (name text primary key, columns text not null, table_hash text not null) strict;
     create table if not exists ${quoted(name)}
       (key text primary key, event_us integer, created_us integer, payload text not null) strict, without rowid;
     create temp table seen (key text primary key) strict, without rowid;`,
  );
};

/** The same times again replace: a corrected value has the times of the wrong one. */
const upsertSql = (name: string): string => {
  const rank = (table: string): string =>
    `(ifnull(${table}.event_us, -9223372036854775807), ifnull(${table}.created_us, -9223372036854775807))`;
  return `insert into ${quoted(name)} as kept values (?, ?, ?, ?) on conflict (key) do update
    set event_us = excluded.event_us, created_us = excluded.created_us, payload = excluded.payload
    where ${rank("excluded")} >= ${rank("kept")}`;
};

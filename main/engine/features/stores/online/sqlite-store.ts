// The store that needs nothing: one file, where readers see the state before or after a write and wait for no writer.

import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { z } from "zod";

import { quoted } from "../../../duckdb/sql/identifiers.ts";
import { headSchema, keptText, parsedHead } from "./head.ts";
import type { OnlineHead, OnlineRow, OnlineStore, OpenOnlineStore } from "./online-store.ts";

export const sqliteFile = (targetPath: string): string => join(targetPath, "online", "features.sqlite");

const openFile = (file: string, readOnly: boolean): DatabaseSync => {
  const database = new DatabaseSync(file, { readOnly });
  database.exec(readOnly ? "pragma busy_timeout = 5000" : "pragma busy_timeout = 5000; pragma journal_mode = wal");
  return database;
};

/** `target/online/features.sqlite`. */
export const openSqliteStore: OpenOnlineStore = async ({ targetPath }, use) => {
  const file = sqliteFile(targetPath);
  if (use === "read" && !existsSync(file)) return null;
  await mkdir(dirname(file), { recursive: true });
  return new SqliteStore(openFile(file, use === "read"));
};

class SqliteStore implements OnlineStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  async bringUp(name: string, head: OnlineHead, rows: AsyncIterable<readonly OnlineRow[]>): Promise<void> {
    const database = this.#database;
    database.exec("begin immediate");
    try {
      database.exec(tablesSql(name));
      const upsert = database.prepare(upsertSql(name));
      const seen = database.prepare("insert or ignore into temp.seen values (?)");
      for await (const batch of rows) {
        for (const { key, event, created, payload } of batch) {
          upsert.run(key, event, created, payload);
          seen.run(key);
        }
      }
      database.exec(`delete from ${quoted(name)} where key not in (select key from temp.seen); drop table temp.seen`);
      database.prepare("insert or replace into groups values (?, ?, ?)").run(name, keptText(head), head.table);
      database.exec("commit");
    } catch (error) {
      database.exec("rollback");
      throw error;
    }
  }

  head(name: string) {
    const tables = this.#database.prepare("select name from sqlite_schema where name in ('groups', ?)").all(name);
    // A table that somebody dropped was never written.
    const known =
      tables.length < 2
        ? undefined
        : this.#database.prepare("select columns, table_hash from groups where name = ?").get(name);
    if (known === undefined) return Promise.resolve(null);
    const counted = this.#database.prepare(`select count(*) as keys from ${quoted(name)}`).get();
    return Promise.resolve({
      ...parsedHead(headSchema.parse(known)),
      ...z.object({ keys: z.number() }).parse(counted),
    });
  }

  read(name: string, key: string) {
    const statement = this.#database.prepare(`select event_us as event, payload from ${quoted(name)} where key = ?`);
    statement.setReadBigInts(true);
    const found = statement.get(key);
    const row = z.object({ event: z.bigint().nullable(), payload: z.string() });
    return Promise.resolve(found === undefined ? null : row.parse(found));
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#database.close();
    return Promise.resolve();
  }
}

const tablesSql = (name: string): string =>
  `create table if not exists groups (name text primary key, columns text not null, table_hash text not null) strict;
   create table if not exists ${quoted(name)}
     (key text primary key, event_us integer, created_us integer, payload text not null) strict, without rowid;
   create temp table seen (key text primary key) strict, without rowid;`;

const upsertSql = (name: string): string => {
  const rank = (table: string): string =>
    `(ifnull(${table}.event_us, -9223372036854775807), ifnull(${table}.created_us, -9223372036854775807))`;
  return `insert into ${quoted(name)} as kept values (?, ?, ?, ?) on conflict (key) do update
    set event_us = excluded.event_us, created_us = excluded.created_us, payload = excluded.payload
    where ${rank("excluded")} >= ${rank("kept")}`;
};

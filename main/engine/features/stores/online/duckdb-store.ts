// One DuckDB file, for those who read features with SQL. DuckDB lets one process write or several read, so every
// opening is short, and in this process one at a time.

import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { z } from "zod";

import { ExecutorExecutionError } from "../../../../../shared/errors/index.ts";
import { quoted } from "../../../duckdb/sql/identifiers.ts";
import { headSchema, keptText, parsedHead } from "./head.ts";
import type { OnlineHead, OnlinePlace, OnlineRow, OnlineStore, OpenOnlineStore } from "./online-store.ts";

/** How long another process may hold the file, in milliseconds. */
const patience = 10_000;

const duckdbFile = (targetPath: string): string => join(targetPath, "online", "features.duckdb");

/** A second instance on a file in one process would go unnoticed: openings wait for each other. */
let last: Promise<unknown> = Promise.resolve();
const myTurn = async (): Promise<() => void> => {
  const before = last;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  last = promise;
  await before;
  return () => resolve(undefined);
};

/** `target/online/features.duckdb`. */
export const openDuckdbStore: OpenOnlineStore = async (place, use) => {
  const file = duckdbFile(place.targetPath);
  if (use === "read" && !existsSync(file)) return null;
  await mkdir(dirname(file), { recursive: true });
  const done = await myTurn();
  try {
    const instance = await openPatiently(file, use, place);
    return new DuckdbStore(instance, await instance.connect(), done);
  } catch (error) {
    done();
    throw error;
  }
};

const openPatiently = async (file: string, use: "read" | "write", place: OnlinePlace): Promise<DuckDBInstance> => {
  const mode = { access_mode: use === "read" ? "READ_ONLY" : "READ_WRITE", threads: "1" };
  for (const began = Date.now(); ;) {
    try {
      return await DuckDBInstance.create(file, mode);
    } catch (cause) {
      const isHeld = cause instanceof Error && /lock/i.test(cause.message);
      if (!isHeld || Date.now() - began > patience) {
        const detail = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
        const params = { node: place.node, file, detail };
        throw new ExecutorExecutionError("feature_store_unopened", { node: place.node, params }, { cause });
      }
      await sleep(50, undefined, { signal: place.signal });
    }
  }
};

class DuckdbStore implements OnlineStore {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #done: () => void;

  constructor(instance: DuckDBInstance, connection: DuckDBConnection, done: () => void) {
    this.#instance = instance;
    this.#connection = connection;
    this.#done = done;
  }

  async bringUp(name: string, head: OnlineHead, rows: AsyncIterable<readonly OnlineRow[]>): Promise<void> {
    const connection = this.#connection;
    await connection.run(tablesSql(name));
    await this.#arrive(rows);
    await connection.run("begin transaction");
    try {
      await connection.run(`delete from ${quoted(name)} where key not in (select key from arriving)`);
      await connection.run(upsertSql(name));
      await connection.run("insert or replace into groups values ($1, $2, $3)", [name, keptText(head), head.table]);
      await connection.run("commit");
    } catch (error) {
      await connection.run("rollback");
      throw error;
    }
  }

  async #arrive(rows: AsyncIterable<readonly OnlineRow[]>): Promise<void> {
    const appender = await this.#connection.createAppender("arriving", null, "temp");
    for await (const batch of rows) {
      for (const { key, event, created, payload } of batch) {
        appender.appendVarchar(key);
        for (const time of [event, created]) {
          if (time === null) appender.appendNull();
          else appender.appendBigInt(time);
        }
        appender.appendVarchar(payload);
        appender.endRow();
      }
      appender.flushSync();
    }
    appender.closeSync();
  }

  async #rows(sql: string, values: DuckDBValue[] = []) {
    return (await this.#connection.runAndReadAll(sql, values)).getRowObjects();
  }

  async head(name: string) {
    const tables = await this.#rows("select 1 from duckdb_tables() where table_name in ('groups', $1)", [name]);
    // A table that somebody dropped was never written.
    const [known] = tables.length < 2 ? [] : await this.#rows("from groups where name = $1", [name]);
    if (known === undefined) return null;
    const [counted] = await this.#rows(`select count(*)::integer as keys from ${quoted(name)}`);
    return { ...parsedHead(headSchema.parse(known)), ...z.object({ keys: z.number() }).parse(counted) };
  }

  async read(name: string, key: string) {
    const sql = `select event_us as event, payload from ${quoted(name)} where key = $1`;
    const [found] = await this.#rows(sql, [key]);
    const row = z.object({ event: z.bigint().nullable(), payload: z.string() });
    return found === undefined ? null : row.parse(found);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#connection.closeSync();
    this.#instance.closeSync();
    this.#done();
    return Promise.resolve();
  }
}

const tablesSql = (name: string): string =>
  `create table if not exists groups (name varchar primary key, columns varchar not null, table_hash varchar not null);
   create table if not exists ${quoted(name)}
     (key varchar primary key, event_us bigint, created_us bigint, payload varchar not null);
   create temp table arriving (key varchar, event_us bigint, created_us bigint, payload varchar);`;

const upsertSql = (name: string): string => {
  const lowest = "-9223372036854775808";
  const rank = (table: string): string =>
    `row(coalesce(${table}.event_us, ${lowest}), coalesce(${table}.created_us, ${lowest}))`;
  const joined = `arriving left join ${quoted(name)} as kept on kept.key = arriving.key`;
  return `insert or replace into ${quoted(name)} select arriving.* from ${joined}
    where kept.key is null or ${rank("arriving")} >= ${rank("kept")}`;
};

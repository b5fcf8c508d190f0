// A server that many services read: schema `headrace_online`, one table a version, changed in one transaction.

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { from as copyFrom } from "pg-copy-streams";
import { z } from "zod";

import { ExecutorValidationError } from "../../../../../shared/errors/index.ts";
import {
  parseTableName,
  type PostgresClient,
  postgresClient,
  quoteIdentifier,
  quoteTable,
  withTransaction,
} from "../../../postgres/index.ts";
import { headSchema, keptText, parsedHead } from "./head.ts";
import type { OnlineHead, OnlinePlace, OnlineRow, OnlineStore, OpenOnlineStore } from "./online-store.ts";

const schema = "headrace_online";
const columns = "key, event_us, created_us, payload";

const connectionOf = async ({ project, connection, node }: OnlinePlace) => {
  const found = await project.connection(connection);
  if (found.type === "postgresql") return found;
  const params = { connection: found.name, type: found.type, wanted: "postgresql" };
  throw new ExecutorValidationError("connection_wrong_type", { node, params });
};

/** The server of `online.connection`. */
export const openPostgresqlStore: OpenOnlineStore = async (place) => {
  const { applicationName, signal } = place;
  const client = await postgresClient(await connectionOf(place), { applicationName, signal });
  return new PostgresqlStore(client);
};

class PostgresqlStore implements OnlineStore {
  readonly #client: PostgresClient;

  constructor(client: PostgresClient) {
    this.#client = client;
  }

  async bringUp(name: string, head: OnlineHead, rows: AsyncIterable<readonly OnlineRow[]>): Promise<void> {
    const client = this.#client;
    const table = tableOf(name);
    await client.query(tablesSql(table));
    await withTransaction(client, async () => {
      // Two runs on one server take turns; readers see the state before or after.
      await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`${schema}.${name}`]);
      await client.query(`create temp table arriving (like ${table} including indexes) on commit drop`);
      const copy = client.query(copyFrom(`copy arriving (${columns}) from stdin`));
      await pipeline(Readable.from(lines(rows)), copy);
      await client.query(`delete from ${table} where key not in (select key from arriving)`);
      await client.query(upsertSql(table));
      await client.query(
        `insert into ${schema}.groups values ($1, $2, $3)
         on conflict (name) do update set columns = excluded.columns, table_hash = excluded.table_hash`,
        [name, keptText(head), head.table],
      );
    });
  }

  async head(name: string) {
    const { rows: tables } = await this.#client.query<{ found: boolean }>(
      `select to_regclass('${schema}.groups') is not null and to_regclass($1) is not null as found`,
      // A table that somebody dropped was never written.
      [tableOf(name)],
    );
    if (tables[0]?.found !== true) return null;
    const known = await this.#client.query(`select columns, table_hash from ${schema}.groups where name = $1`, [name]);
    if (known.rows.length === 0) return null;
    const counted = await this.#client.query(`select count(*)::int as keys from ${tableOf(name)}`);
    const { keys } = z.object({ keys: z.number() }).parse(counted.rows[0]);
    return { ...parsedHead(headSchema.parse(known.rows[0])), keys };
  }

  async read(name: string, key: string) {
    const { rows } = await this.#client.query(
      `select event_us as event, payload from ${tableOf(name)} where key = $1`,
      [key],
    );
    if (rows.length === 0) return null;
    const { event, payload } = z.object({ event: z.string().nullable(), payload: z.string() }).parse(rows[0]);
    return { event: event === null ? null : BigInt(event), payload };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client[Symbol.asyncDispose]();
  }
}

const tableOf = (name: string): string => quoteTable(parseTableName(`${schema}.${quoteIdentifier(name)}`));

const tablesSql = (table: string): string =>
  `create schema if not exists ${schema};
   create table if not exists ${schema}.groups (name text primary key, columns text not null, table_hash text not null);
   create table if not exists ${table}
     (key text primary key, event_us bigint, created_us bigint, payload text not null);`;

const upsertSql = (table: string): string => {
  const lowest = "-9223372036854775808";
  const rank = (from: string): string =>
    `(coalesce(${from}.event_us, ${lowest}), coalesce(${from}.created_us, ${lowest}))`;
  return `insert into ${table} as kept (${columns}) select ${columns} from arriving on conflict (key) do update
    set event_us = excluded.event_us, created_us = excluded.created_us, payload = excluded.payload
    where ${rank("excluded")} >= ${rank("kept")} and (kept.*) is distinct from (excluded.*)`;
};

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const escaped = (text: string): string => text.replaceAll(/[\\\n\r\t]/g, (character) => escapes[character] ?? "");

/** COPY's text form, a batch at a time. */
async function* lines(rows: AsyncIterable<readonly OnlineRow[]>): AsyncGenerator<string> {
  for await (const batch of rows) {
    yield batch
      .map(({ key, event, created, payload }) =>
        [escaped(key), event ?? "\\N", created ?? "\\N", escaped(payload)].join("\t"),
      )
      .map((line) => `${line}\n`)
      .join("");
  }
}

import { createReadStream, existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";

import { from as copyFrom } from "pg-copy-streams";
import { parse } from "yaml";
import { z } from "zod";

import { ProjectError } from "../../../shared/errors/index.ts";
import { isInside } from "../files/index.ts";
import type { PostgresConnection } from "../project/project.ts";
import { type PostgresClient, postgresClient } from "./client.ts";
import { parseTableName, quoteIdentifier, quoteTable } from "./identifiers.ts";
import { withTransaction } from "./transaction.ts";

const seedSchema = z.object({
  tables: z.record(
    z.string(),
    z.object({
      file: z.string(),
      columns: z.record(z.string(), z.string().regex(/^[a-z][a-z0-9 ]*(\(\d+(, ?\d+)?\))?$/)),
      primary_key: z.array(z.string()).default([]),
    }),
  ),
});
type SeedTable = z.output<typeof seedSchema>["tables"][string];

/** A table of the list, and whether its rows were written now. */
export interface SeededTable {
  readonly table: string;
  readonly changed: boolean;
}

interface SeedOptions {
  readonly signal?: AbortSignal;
  /** Whether a table that is there gets the file's rows when it differs; else it is left as it is. */
  readonly replaces: boolean;
}

/** Where a project lists the tables that its own server begins with. */
const seedFile = (root: string): string => join(root, "seed", "seed.yml");

/**
 * Creates the tables that a project's `seed/seed.yml` lists, with the rows of their CSV files. One transaction a table;
 * nothing without the file. Throws `seed_failed`.
 */
export const seedTables = async (
  root: string,
  connection: PostgresConnection,
  { signal, replaces }: SeedOptions,
): Promise<readonly SeededTable[]> => {
  const description = seedFile(root);
  if (!existsSync(description)) return [];
  try {
    const { tables } = seedSchema.parse(parse(await readFile(description, "utf8")));
    await using client = await postgresClient(connection, { applicationName: "headrace:seed", signal });
    const seeded: SeededTable[] = [];
    for (const [table, seed] of Object.entries(tables)) {
      const file = join(dirname(description), seed.file);
      if (!isInside(root, file)) throw new Error(`${seed.file} is not in the project`);
      seeded.push(await withTransaction(client, () => seedTable(client, table, { ...seed, file }, replaces)));
    }
    return seeded;
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ProjectError("seed_failed", { params: { file: "seed/seed.yml", detail } }, { cause });
  }
};

const seedTable = async (
  client: PostgresClient,
  table: string,
  seed: SeedTable,
  replaces: boolean,
): Promise<SeededTable> => {
  // After another process that seeds the same server.
  await client.query("select pg_advisory_xact_lock(hashtext('headrace seed'))");
  const name = parseTableName(table);
  const target = quoteTable(name);
  const isThere = await answer(client, "select to_regclass($1) is not null as answer", [target]);
  if (isThere && !replaces) return { table, changed: false };
  const keys = seed.primary_key.map(quoteIdentifier).join(", ");
  const columns = Object.entries(seed.columns).map(([column, type]) => `${quoteIdentifier(column)} ${type}`);
  const key = keys === "" ? [] : [`primary key (${keys})`];
  await client.query(`create schema if not exists ${quoteIdentifier(name.schema)}`);
  await client.query(`create table if not exists ${target} (${[...columns, ...key].join(", ")})`);
  await client.query(`create temp table seed on commit drop as select * from ${target} limit 0`);
  await pipeline(createReadStream(seed.file), client.query(copyFrom("copy seed from stdin (format csv, header true)")));
  const differs = await answer(
    client,
    `select exists ((table seed except all table ${target}) union all (table ${target} except all table seed)) as answer`,
  );
  if (differs) await client.query(`delete from ${target}`);
  if (differs) await client.query(`insert into ${target} table seed`);
  return { table, changed: differs };
};

const answer = async (client: PostgresClient, sql: string, values: readonly string[] = []): Promise<boolean> =>
  (await client.query<{ answer: boolean }>(sql, [...values])).rows[0]?.answer === true;

import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";

import { from as copyFrom } from "pg-copy-streams";
import { parse } from "yaml";
import { z } from "zod";

import { type PostgresConnection, postgresRoom } from "../../engine/index.ts";

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

export interface SeededTable {
  readonly table: string;
  readonly rows: number;
  readonly changed: boolean;
}

/**
 * Makes the tables that a description lists equal to their CSV files: creates what is absent, replaces the rows of what
 * differs, leaves the rest untouched. One transaction a table.
 */
export async function seedTables(
  description: string,
  connection: PostgresConnection,
  signal: AbortSignal,
): Promise<readonly SeededTable[]> {
  const { postgresClient } = await postgresRoom();
  const { tables } = seedSchema.parse(parse(await readFile(description, "utf8")));
  await using client = await postgresClient(connection, { applicationName: "headrace:demo/seed", signal });
  const seeded: SeededTable[] = [];
  for (const [table, seed] of Object.entries(tables)) {
    await client.query("begin");
    try {
      seeded.push(await seedTable(client, table, seed, dirname(description)));
      await client.query("commit");
    } catch (thrown) {
      await client.query("rollback");
      throw thrown;
    }
  }
  return seeded;
}

type Client = Awaited<ReturnType<Awaited<ReturnType<typeof postgresRoom>>["postgresClient"]>>;

async function seedTable(client: Client, table: string, seed: SeedTable, folder: string): Promise<SeededTable> {
  const { parseTableName, quoteIdentifier, quoteTable } = await postgresRoom();
  const name = parseTableName(table);
  const target = quoteTable(name);
  const keys = seed.primary_key.map(quoteIdentifier).join(", ");
  const columns = Object.entries(seed.columns).map(([column, type]) => `${quoteIdentifier(column)} ${type}`);
  const key = keys === "" ? [] : [`primary key (${keys})`];
  await client.query(`create schema if not exists ${quoteIdentifier(name.schema)}`);
  await client.query(`create table if not exists ${target} (${[...columns, ...key].join(", ")})`);
  await client.query(`create temp table seed on commit drop as select * from ${target} limit 0`);
  const copy = client.query(copyFrom("copy seed from stdin (format csv, header true)"));
  await pipeline(createReadStream(join(folder, seed.file)), copy);
  const { rows } = await client.query<{ differs: boolean; count: string }>(
    `select exists ((table seed except all table ${target}) union all (table ${target} except all table seed)) as differs,
       (select count(*) from seed) as count`,
  );
  const [found] = rows;
  const differs = found?.differs === true;
  if (differs) await client.query(`delete from ${target}`);
  if (differs) await client.query(`insert into ${target} table seed`);
  return { table, rows: Number(found?.count ?? 0), changed: differs };
}

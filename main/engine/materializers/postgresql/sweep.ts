import { z } from "zod";

import { type PostgresClient, quoteIdentifier, sqlstateOf } from "../../postgres/index.ts";
import { dropStage, isAbandoned, stagePattern } from "./stage.ts";

const ownerSchema = z.object({ run: z.string(), node: z.string(), target: z.string() });

const ownerOf = (comment: string | null): z.infer<typeof ownerSchema> | null => {
  try {
    return ownerSchema.parse(JSON.parse(comment ?? ""));
  } catch {
    return null;
  }
};

/**
 * Drops stages that no session writes through and whose run is not alive, as far as they are ours to drop; returns their
 * names. Others' tables are never touched.
 */
export const sweepStages = async (
  client: PostgresClient,
  isRunAlive: (runId: string) => boolean | Promise<boolean>,
): Promise<readonly string[]> => {
  const { rows } = await client.query<{ schema: string; name: string; comment: string | null }>(
    `select n.nspname as schema, c.relname as name, obj_description(c.oid, 'pg_class') as comment
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relpersistence <> 't' and c.relname ~ $1 and pg_has_role(c.relowner, 'usage')
     order by 1, 2`,
    [stagePattern],
  );
  const swept: string[] = [];
  for (const { schema, name, comment } of rows) {
    const owner = ownerOf(comment);
    if (owner === null || (await isRunAlive(owner.run)) || !(await isAbandoned(client, name))) continue;
    try {
      await dropStage(client, { table: `${quoteIdentifier(schema)}.${quoteIdentifier(name)}` });
      swept.push(`${schema}.${name}`);
    } catch (error) {
      // Still in use by somebody: the next sweep finds it again.
      if (sqlstateOf(error) !== "55P03") throw error;
    }
  }
  return swept;
};

// How connectors ask a host to run what they generated: with the node's own limits.

import { z } from "zod";

import type { Page, QueryLimits, WrittenParquet } from "../duckdb/sql-host.ts";
import type { LookContext } from "./connector.ts";

const resourcesSchema = z.object({ memory: z.number().optional(), threads: z.number().optional() });

/** `resources:` of the node; `undefined` shares the host's instance. */
const limitsOf = (context: LookContext): QueryLimits | undefined => {
  const parsed = resourcesSchema.safeParse(context.config["resources"]);
  if (!parsed.success || (parsed.data.memory ?? parsed.data.threads) === undefined) return undefined;
  return parsed.data;
};

/** A query's rows. */
export const queryRows = async (node: string, sql: string, context: LookContext): Promise<Page["rows"]> => {
  const job = { node, steps: [{ sql }], limits: limitsOf(context) };
  return (await context.connectors.run(job, context.signal)).page.rows;
};

/** Writes what a SELECT gives as parquet. */
export const writeRows = async (
  node: string,
  select: string,
  output: string,
  context: LookContext,
): Promise<WrittenParquet> => {
  const job = { node, steps: [{ sql: select }], output, limits: limitsOf(context) };
  const { written } = await context.connectors.run(job, context.signal);
  if (written === null) throw new TypeError("a connector host wrote nothing");
  return written;
};

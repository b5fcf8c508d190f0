import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { to as copyTo } from "pg-copy-streams";

import type { PostgresConnection } from "../../project/project.ts";
import { type PostgresClient, postgresError } from "../../postgres/index.ts";
import { CancelledError } from "../../../../shared/errors/index.ts";

/** Streams a SELECT into a rows file by COPY; returns the server's count of rows. */
export const copyOut = async (
  client: PostgresClient,
  connection: PostgresConnection,
  select: string,
  file: string,
  signal: AbortSignal,
): Promise<number> => {
  const stream = client.query(copyTo(`copy (${select}) to stdout (format csv, force_quote *, encoding 'UTF8')`));
  try {
    await pipeline(stream, createWriteStream(file));
    return stream.rowCount;
  } catch (error) {
    throw signal.aborted ? new CancelledError({ cause: error }) : postgresError(error, connection);
  }
};

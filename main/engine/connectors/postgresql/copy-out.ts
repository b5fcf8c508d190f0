import { createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { to as copyTo } from "pg-copy-streams";

import type { PostgresConnection } from "../../project/project.ts";
import { LongestRecord } from "../rows-file.ts";
import { type PostgresClient, postgresError } from "../../postgres/index.ts";
import { CancelledError } from "../../../../shared/errors/index.ts";

export interface CopiedOut {
  /** The server's count. */
  readonly rows: number;
  /** Bytes of the longest record. */
  readonly longest: number;
}

/** Streams a SELECT into a rows file by COPY. */
export const copyOut = async (
  client: PostgresClient,
  connection: PostgresConnection,
  select: string,
  file: string,
  signal: AbortSignal,
): Promise<CopiedOut> => {
  const stream = client.query(copyTo(`copy (${select}) to stdout (format csv, force_quote *, encoding 'UTF8')`));
  const longest = new LongestRecord();
  const measure = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      longest.pass(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(stream, measure, createWriteStream(file));
    return { rows: stream.rowCount, longest: longest.bytes };
  } catch (error) {
    throw signal.aborted ? new CancelledError({ cause: error }) : postgresError(error, connection);
  }
};

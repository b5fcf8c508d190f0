// The types of source: one file and one line each.

import type { Connector, SourceType } from "./connector.ts";
import { csvConnector } from "./csv.ts";
import { jsonConnector, jsonLinesConnector } from "./json.ts";
import { parquetConnector } from "./parquet.ts";
import { postgresqlConnector } from "./postgresql.ts";
import { sqliteConnector } from "./sqlite.ts";
import { icebergConnector, hiveConnector } from "./unavailable.ts";

export const connectors = {
  csv: csvConnector,
  parquet: parquetConnector,
  json: jsonConnector,
  jsonl: jsonLinesConnector,
  sqlite: sqliteConnector,
  postgresql: postgresqlConnector,
  hive: hiveConnector,
  iceberg: icebergConnector,
} as const satisfies Record<Exclude<SourceType, "database">, Connector>;

// The types of target: one line each.

import type { Materialization } from "../../../shared/graph/index.ts";
import { fileMaterializer } from "./files.ts";
import type { Materializer } from "./materializer.ts";
import { notAvailable } from "./not-available.ts";
import { postgresqlMaterializer } from "./postgresql.ts";

export const materializers: { readonly [T in Materialization["type"]]: Materializer } = {
  postgresql: postgresqlMaterializer,
  parquet: fileMaterializer("parquet"),
  csv: fileMaterializer("csv"),
  json: fileMaterializer("json"),
  duckdb: notAvailable("duckdb", "writing into DuckDB database files is not built yet"),
  sqlite: notAvailable("sqlite", "writing into SQLite files is not built yet"),
  iceberg: notAvailable("iceberg", "Iceberg tables need the Spark engine"),
};

// Rows of a result file as another program would read them.

import { stat } from "node:fs/promises";
import { isAbsolute, resolve } from "node:path";

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import type { Materialization } from "../../../shared/graph/index.ts";
import type { Page } from "../duckdb/sql-host.ts";
import { literal } from "../duckdb/sql/identifiers.ts";
import type { Materializer } from "./materializer.ts";
import { parquetScan } from "./parquet-scan.ts";
import { normalPath } from "./target-name.ts";

const exact = (path: string): string => literal(path.replaceAll(/[*?[]/g, "[$&]"));

const scans: Readonly<Record<"parquet" | "csv" | "json", (path: string) => string>> = {
  parquet: parquetScan,
  // As text: types are the reader's guess, and the file is to be seen as it is.
  csv: (path) => `read_csv(${exact(path)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`,
  json: (path) => `read_json(${exact(path)})`,
};

/** A page of a file target. Throws `target_not_there` when it was never written. */
export const filePage = async (
  type: "parquet" | "csv" | "json",
  options: Materialization,
  { offset, limit }: Parameters<Materializer["page"]>[1],
  { project, connectors, signal }: Parameters<Materializer["page"]>[2],
): Promise<Page> => {
  const shown = normalPath(options.path ?? options.table ?? "");
  const path = isAbsolute(shown) ? shown : resolve(project.root, shown);
  if ((await stat(path).catch(() => null))?.isFile() !== true) {
    throw new ExecutorExecutionError("target_not_there", { params: { target: shown } });
  }
  const scan = scans[type](path);
  const ask = async (sql: string): Promise<Page> =>
    (await connectors.run({ node: "target", steps: [{ sql: "SET TimeZone = 'UTC'" }, { sql }] }, signal)).page;
  const page = await ask(`SELECT * FROM ${scan} LIMIT ${Math.trunc(limit)} OFFSET ${Math.trunc(offset)}`);
  const counted = await ask(`SELECT count(*) FROM ${scan}`);
  return { ...page, totalRows: Number(counted.rows[0]?.[0] ?? 0) };
};

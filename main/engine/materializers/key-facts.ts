import type { ConnectorHosts } from "../duckdb/sql-host.ts";
import { quoted } from "../duckdb/sql/identifiers.ts";
import type { KeyFacts } from "../engine.ts";
import type { MaterializationSource } from "./materializer.ts";
import { parquetScan } from "./parquet-scan.ts";

const shownExamples = 5;

/** Counts rows whose key has no value and values that several rows have, over the whole table. */
export const keyFacts = async (
  source: MaterializationSource,
  keys: readonly string[],
  connectors: ConnectorHosts,
  signal: AbortSignal,
): Promise<KeyFacts> => {
  if (keys.length === 0) return { rows: source.rows, nulls: 0, repeated: 0, examples: [] };
  const scan = parquetScan(source.file);
  const columns = keys.map(quoted);
  const missing = columns.map((column) => `${column} IS NULL`).join(" OR ");
  const groups = `SELECT ${columns.join(", ")}, count(*) AS n FROM ${scan} WHERE NOT (${missing}) GROUP BY ALL HAVING count(*) > 1`;
  const ask = async (sql: string) => (await connectors.run({ node: source.node, steps: [{ sql }] }, signal)).page.rows;
  const [counts] = await ask(
    `SELECT (SELECT count(*) FROM ${scan} WHERE ${missing}), (SELECT count(*) FROM (${groups}))`,
  );
  const repeated = Number(counts?.[1] ?? 0);
  const rows =
    repeated === 0 ? [] : await ask(`${groups} ORDER BY n DESC, ${columns.join(", ")} LIMIT ${shownExamples}`);
  const examples = rows.map((row) => {
    const values = keys.map((key, at) => `${key}=${row[at] ?? "NULL"}`);
    return `${values.join(", ")} (${row[keys.length] ?? ""} rows)`;
  });
  return { rows: source.rows, nulls: Number(counts?.[0] ?? 0), repeated, examples };
};

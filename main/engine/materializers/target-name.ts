import type { Materialization } from "../../../shared/graph/index.ts";
import { parseTableName } from "../postgres/identifiers.ts";

/** A name part is quoted only where `schema.table` could be read another way. */
const plain = (name: string): string => (/[\s".]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);

const tableText = (text: string): string => {
  try {
    const { schema, table } = parseTableName(text);
    return `${plain(schema)}.${plain(table)}`;
  } catch {
    return text;
  }
};

/** `./exports/orders.csv` and `exports\orders.csv` are the same file. */
export const normalPath = (path: string): string => path.replaceAll("\\", "/").replace(/^(\.\/)+/, "");

/**
 * The stable name of one target, for results, plans and retries: `postgresql:warehouse:analytics.orders`,
 * `parquet:exports/orders.parquet`. Pure, and never throws.
 */
export const targetName = (options: Materialization, node: string): string => {
  if (options.type === "parquet" || options.type === "csv" || options.type === "json") {
    return `${options.type}:${normalPath(options.path ?? options.table ?? node)}`;
  }
  const table = options.table === undefined ? node : tableText(options.table);
  return `${options.type}:${options.connection ?? "default"}:${table}`;
};

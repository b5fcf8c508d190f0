import type { DuckDBConnection } from "@duckdb/node-api";

import { HeadraceError } from "../../../../shared/errors/index.ts";
import { bindParameters } from "./bind.ts";
import { readReport } from "./duckdb-error.ts";
import { distinctNames } from "./result-columns.ts";
import type { WriteRequest } from "./write-parquet.ts";

/**
 * A 128-bit integer that has more than 38 digits cannot be stored; DuckDB's message names neither column nor row,
 * so look for them. Any other error comes back as it is.
 */
export const explainOverflow = async (
  connection: DuckDBConnection,
  thrown: unknown,
  request: OverflowRequest,
): Promise<unknown> => {
  const mayBe = thrown instanceof HeadraceError ? thrown.code === "sql_failed" : readReport(thrown) !== null;
  if (!mayBe) return thrown;
  try {
    return (await findTooLarge(connection, thrown, request)) ?? thrown;
  } catch {
    // The SELECT itself fails: what it said first is the answer.
    return thrown;
  }
};

type OverflowRequest = WriteRequest & { readonly node: string };

const findTooLarge = async (
  connection: DuckDBConnection,
  cause: unknown,
  { sql, columns, params, node }: OverflowRequest,
): Promise<HeadraceError | null> => {
  const names = columns.map((_, index) => `c${index}`).join(", ");
  for (const [index, { name, type }] of distinctNames(columns).entries()) {
    if (type !== "HUGEINT" && type !== "UHUGEINT") continue;
    const statement = await connection.prepare(
      `select row, cast(c${index} as varchar) from (select row_number() over () as row, c${index} from (\n${sql}\n) as q(${names})) ` +
        `where c${index} is not null and try_cast(c${index} as decimal(38,0)) is null limit 1`,
    );
    try {
      bindParameters(statement, params);
      const [found] = await (await statement.run()).getRows();
      if (found === undefined) continue;
      const [row, value] = [String(found[0]), String(found[1])];
      const details = { node, params: { node, column: name, row, value, type } };
      return new HeadraceError("sql_value_too_large", details, { cause });
    } finally {
      statement.destroySync();
    }
  }
  return null;
};

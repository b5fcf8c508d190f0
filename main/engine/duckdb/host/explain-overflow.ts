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
  { sql, columns, params, node }: WriteRequest & { readonly node: string },
): Promise<unknown> => {
  const mayBe = thrown instanceof HeadraceError ? thrown.code === "sql_failed" : readReport(thrown) !== null;
  if (!mayBe) return thrown;
  for (const [i, { name, type }] of distinctNames(columns).entries()) {
    if (type !== "HUGEINT" && type !== "UHUGEINT") continue;
    const names = columns.map((_, j) => `c${j}`).join(", ");
    const statement = await connection.prepare(
      `select row, cast(c${i} as varchar) from (select row_number() over () as row, c${i} from (\n${sql}\n) as q(${names})) ` +
        `where c${i} is not null and try_cast(c${i} as decimal(38,0)) is null limit 1`,
    );
    try {
      bindParameters(statement, params);
      const [found] = await (await statement.run()).getRows();
      if (found === undefined) continue;
      const [row, value] = [String(found[0]), String(found[1])];
      return new HeadraceError(
        "sql_value_too_large",
        { node, params: { node, column: name, row, value, type } },
        { cause: thrown },
      );
    } finally {
      statement.destroySync();
    }
  }
  return thrown;
};

import type { DuckDBConnection } from "@duckdb/node-api";

import type { SqlFunction } from "../sql-host.ts";
import { refusedFunctions, tableFunctions } from "../sql/functions.ts";

// Operators and internal names are no words that anybody types.
const statement = `
  select function_name, any_value(function_type), any_value(array_to_string(parameters, ', ')), any_value(description)
  from duckdb_functions()
  where function_name similar to '[a-z][a-z0-9_]*'
    and function_name not like 'duckdb\\_%' escape '\\'
    and function_name not like 'pg\\_%' escape '\\'
    and function_name not like 'pragma\\_%' escape '\\'
    and function_name not like '\\_\\_%' escape '\\'
    and function_type in ('scalar', 'aggregate', 'macro', 'table', 'window')
  group by function_name
  order by function_name`;

/** Every function that a SELECT may call; those that read files or catalogues are refused, so they are not offered. */
export const listFunctions = async (connection: DuckDBConnection): Promise<readonly SqlFunction[]> => {
  const rows = await (await connection.run(statement)).getRows();
  const functions = rows.map(([name, type, parameters, description]) => ({
    name: String(name),
    type: String(type) as SqlFunction["type"],
    parameters: parameters === null ? "()" : `(${String(parameters)})`,
    description: description === null ? "" : String(description),
  }));
  return functions.filter(({ name, type }) =>
    type === "table" ? tableFunctions.has(name) : !refusedFunctions.has(name),
  );
};

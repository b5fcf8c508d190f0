import { type DuckDBConnection, type DuckDBPreparedStatement, LIST, listValue, VARCHAR } from "@duckdb/node-api";

/** Prepares the query that gives texts' syntax trees; it is bound to the texts, which are never part of it. */
export const prepareSerializer = (connection: DuckDBConnection): Promise<DuckDBPreparedStatement> =>
  connection.prepare("select json_serialize_sql(text) from (select unnest($1::varchar[]) as text)");

/** The syntax trees of texts as JSON, in order. */
export const serializeWith = async (
  serializer: DuckDBPreparedStatement,
  texts: readonly string[],
): Promise<readonly string[]> => {
  serializer.bindList(1, listValue(texts), LIST(VARCHAR));
  const rows = await (await serializer.run()).getRows();
  return rows.map(([json]) => String(json));
};

/** The same on a connection that does it once. */
export const serializeStatements = async (
  connection: DuckDBConnection,
  texts: readonly string[],
): Promise<readonly string[]> => {
  const serializer = await prepareSerializer(connection);
  try {
    return await serializeWith(serializer, texts);
  } finally {
    serializer.destroySync();
  }
};

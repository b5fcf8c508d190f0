import { DuckDBInstance } from "@duckdb/node-api";

/** Writes a query's rows as parquet, with two threads. */
export const makeTable = async (sql: string, file: string): Promise<void> => {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  await connection.run(`copy (${sql}) to '${file}'`);
  connection.closeSync();
  instance.closeSync();
};

/** Cells of a query's rows as text. */
export const askRows = async (sql: string): Promise<readonly (readonly unknown[])[]> => {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

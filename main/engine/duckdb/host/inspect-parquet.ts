import type { DuckDBConnection } from "@duckdb/node-api";

import { HeadraceError } from "../../../../shared/errors/index.ts";
import type { Column } from "../../../../shared/graph/index.ts";
import type { WrittenParquet } from "../sql-host.ts";
import { literal } from "../sql/identifiers.ts";
import { storedForm } from "../types/stored-form.ts";
import { typeText } from "../types/type-tree.ts";
import { parseJson, readReport } from "./duckdb-error.ts";
import { hashFile } from "./finish-file.ts";
import { resultColumns } from "./result-columns.ts";
import { columnsKey } from "./write-parquet.ts";

// By hand: loading a schema library takes a host longer than opening DuckDB.
const isColumn = (value: unknown): value is Column =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as Partial<Column>).name === "string" &&
  typeof (value as Partial<Column>).type === "string";

/** Row count, own column types and hash of a parquet file. Throws `parquet_damaged`. */
export const inspectParquet = async (
  connection: DuckDBConnection,
  file: string,
): Promise<Omit<WrittenParquet, "memoryMb" | "cpuSeconds">> => {
  try {
    const source = `read_parquet(${literal(file)}, hive_partitioning = false)`;
    const inFile = await resultColumns(connection, `select * from ${source}`, {});
    const recorded = await recordedColumns(connection, file);
    const rows = await (
      await connection.run(`select sum(num_rows)::varchar from parquet_file_metadata(${literal(file)})`)
    ).getRows();
    const columns = recorded !== null && agrees(recorded, inFile) ? recorded : inFile;
    return { rows: Number(rows[0]?.[0] ?? 0), columns, ...(await hashFile(file)) };
  } catch (thrown) {
    throw damaged(file, thrown);
  }
};

const recordedColumns = async (connection: DuckDBConnection, file: string): Promise<readonly Column[] | null> => {
  const result = await connection.run(
    `select decode(value) from parquet_kv_metadata(${literal(file)}) where decode(key) = ${literal(columnsKey)}`,
  );
  const text = (await result.getRows())[0]?.[0];
  if (typeof text !== "string") return null;
  const value = parseJson(text);
  return Array.isArray(value) && value.every(isColumn) ? value.map(({ name, type }) => ({ name, type })) : null;
};

/** Whether the file's columns are the stored form of the recorded ones (others may have rewritten the file). */
const agrees = (recorded: readonly Column[], inFile: readonly Column[]): boolean =>
  recorded.length === inFile.length &&
  recorded.every(({ name, type }, i) => {
    const form = storedForm(type);
    const stored = inFile[i]!;
    const same = form.same ? type === stored.type : typeText(form.type) === stored.type;
    return name === stored.name && (same || stored.type.startsWith("GEOMETRY"));
  });

const damaged = (file: string, thrown: unknown): unknown => {
  const missing = (thrown as NodeJS.ErrnoException | null)?.code === "ENOENT";
  const report = readReport(thrown);
  if (report === null && !missing) return thrown;
  const detail = missing ? "there is no such file" : (report?.message ?? "");
  return new HeadraceError("parquet_damaged", { params: { file, detail } }, { cause: thrown });
};

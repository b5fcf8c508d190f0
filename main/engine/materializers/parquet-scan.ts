import { literal } from "../duckdb/sql/identifiers.ts";

/** `*`, `?` and `[` in a folder's name are part of the name here, not a pattern. */
const exactPath = (file: string): string => literal(file.replaceAll(/[*?[]/g, "[$&]"));

/** A DuckDB table function that reads one parquet file. */
export const parquetScan = (file: string): string => `read_parquet(${exactPath(file)})`;

/** The same with a column `file_row_number` that counts from 0. */
export const numberedScan = (file: string): string => `read_parquet(${exactPath(file)}, file_row_number = true)`;

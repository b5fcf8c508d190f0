import { literal, quoted } from "../duckdb/sql/identifiers.ts";
import { fileSelect } from "../materializers/files.ts";
import type { Handed } from "./deliver.ts";
import type { FileSpec } from "./spec.ts";

const text = "DATEFORMAT '%Y-%m-%d', TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%f'";
const formats: Readonly<Record<"csv" | "parquet" | "json" | "jsonl", string>> = {
  csv: `FORMAT csv, HEADER true, ${text}`,
  parquet: "FORMAT parquet",
  json: "FORMAT json, ARRAY true",
  jsonl: "FORMAT json, ARRAY false",
};

/** The COPY that writes a table as a file, or as a folder of partitions. */
export const copySql = (
  { format, compression, partitionBy }: FileSpec,
  { file, columns }: Handed,
  target: string,
): string => {
  if (format === "xlsx" || format === "arrow") throw new TypeError(`${format} is not written by COPY`);
  const type = format === "jsonl" ? "json" : format;
  const usual = format === "parquet" ? "zstd" : null;
  const chosen = compression ?? usual;
  const options = [
    formats[format],
    ...(chosen === null ? [] : [`COMPRESSION ${chosen === "none" ? "uncompressed" : chosen}`]),
    ...(partitionBy.length === 0
      ? []
      : [`PARTITION_BY (${partitionBy.map(quoted).join(", ")})`, "WRITE_PARTITION_COLUMNS false"]),
  ];
  return `COPY (${fileSelect(type, { file, columns })}) TO ${literal(target)} (${options.join(", ")})`;
};

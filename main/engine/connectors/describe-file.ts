import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { extname, join } from "node:path";

import { ExecutorExecutionError, type HeadraceError, ProjectError } from "../../../shared/errors/index.ts";
import type { ConnectorHosts } from "../duckdb/sql-host.ts";
import { describeCsv } from "./csv.ts";
import { findFiles } from "./files.ts";

/** How a file of the project would be read: the keys of a source node that pin its format, dialect and types. */
export interface FileDescription {
  readonly source: "csv" | "parquet" | "json" | "jsonl";
  readonly params: Readonly<Record<string, string | number | boolean>>;
  readonly schema: readonly { readonly name: string; readonly data_type: string }[];
  /** Why nothing can be pinned: what is wrong with the file. A source of it fails with this until it is mended. */
  readonly problem: HeadraceError | null;
}

const formats: Readonly<Record<string, FileDescription["source"]>> = {
  ".csv": "csv",
  ".tsv": "csv",
  ".tab": "csv",
  ".txt": "csv",
  ".parquet": "parquet",
  ".pq": "parquet",
  ".json": "json",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
};

/** The format that a file's name tells, `null` for none: `orders.csv.gz` is CSV too. */
export const formatOf = (file: string): FileDescription["source"] | null => {
  const plain = file.replace(/\.(gz|zst)$/i, "");
  return formats[extname(plain).toLowerCase()] ?? null;
};

/** Looks at a file (relative to the project). Throws `source_format_unknown`. */
export const describeFile = async (
  file: string,
  place: { readonly root: string; readonly targetPath: string; readonly connectors: ConnectorHosts },
  signal: AbortSignal,
): Promise<FileDescription> => {
  const source = formatOf(file);
  if (source === null) throw new ProjectError("source_format_unknown", { params: { file } });
  const unpinned = { source, params: {}, schema: [], problem: null };
  if (source !== "csv") return unpinned;
  const [found] = await findFiles(file, place.root, file);
  if (found === undefined) throw new TypeError("no files");
  await mkdir(join(place.targetPath, "scratch"), { recursive: true });
  const scratch = await mkdtemp(join(place.targetPath, "scratch", "describe-"));
  try {
    const context = { connectors: place.connectors, signal, scratch, config: {} };
    return { source, ...(await describeCsv(found, context)), problem: null };
  } catch (error) {
    if (error instanceof ExecutorExecutionError) return { ...unpinned, problem: error };
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

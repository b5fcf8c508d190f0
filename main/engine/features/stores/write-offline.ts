import { mkdir, readdir, rename, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import { literal, quoted } from "../../duckdb/sql/identifiers.ts";
import { hashText, replaceFile } from "../../files/index.ts";
import { momentOf } from "../dtype.ts";
import type { FeatureGroup } from "../group.ts";
import { type OfflineManifest, readManifest } from "./manifest.ts";
import type { StoredTable } from "./stored-table.ts";

const mostPartitions = 10_000;

/** A part of the folder's name: a column, or the month of the event time. */
interface PartitionColumn {
  readonly name: string;
  /** Text of the value, or null. */
  readonly sql: string;
  /** The column that the files leave out; `null` where it is computed. */
  readonly column: string | null;
}

interface Partition {
  readonly values: readonly (string | null)[];
  readonly rows: number;
  readonly content: string;
}

/** Writes the partitions whose rows changed, then the manifest, then removes what it no longer names. */
export const writeOffline = async (
  group: FeatureGroup,
  partitionBy: readonly string[] | null,
  table: StoredTable,
  folder: string,
): Promise<{ readonly written: number; readonly partitions: number }> => {
  const columns = partitionColumns(group, partitionBy, table);
  const before = new Map((await readManifest(folder))?.partitions.map((entry) => [entry.file, entry]));
  const partitions = await partitionsOf(group, columns, table);
  const kept: OfflineManifest["partitions"] = [];
  let written = 0;
  for (const [at, partition] of partitions.entries()) {
    const file = fileOf(columns, partition);
    kept.push({ file, rows: partition.rows, content: partition.content });
    if (before.has(file) && (await isFile(join(folder, file)))) continue;
    await writePartition(columns, partition, table, join(folder, file), join(table.scratch, `partition-${at}.parquet`));
    written += 1;
  }
  await mkdir(folder, { recursive: true });
  const manifest: OfflineManifest = {
    schema_version: 1,
    feature_group: group.id,
    version: table.version,
    join_keys: [...group.joinKeys],
    event_time: group.eventTime,
    created_time: group.createdTime,
    columns: [...table.relation.columns],
    partition_by: columns.map(({ name }) => name),
    rows: table.rows,
    table: table.hash,
    run_id: table.runId,
    partitions: kept,
  };
  await replaceFile(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await removeOthers(folder, new Set(kept.map(({ file }) => file)));
  return { written, partitions: kept.length };
};

const partitionColumns = (
  group: FeatureGroup,
  partitionBy: readonly string[] | null,
  { relation }: StoredTable,
): readonly PartitionColumn[] => {
  if (partitionBy === null) {
    const event = relation.columns.find(({ name }) => name === group.eventTime);
    if (event === undefined) return [];
    const month = `strftime(${momentOf(quoted(event.name), event.type)}, '%Y-%m')`;
    return [{ name: "event_month", sql: month, column: null }];
  }
  return partitionBy.map((name) => {
    const column = relation.columns.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
    if (column !== undefined) {
      return { name: column.name, sql: `${quoted(column.name)}::varchar`, column: column.name };
    }
    throw new ExecutorExecutionError("feature_column_missing", {
      node: group.id,
      params: {
        node: group.id,
        column: name,
        role: "a column of partition_by",
        source: "its table",
        remedy: `Add ${name} to \`features\`, or name one of: ${relation.columns.map((entry) => entry.name).join(", ")}.`,
      },
    });
  });
};

const partitionsOf = async (
  group: FeatureGroup,
  columns: readonly PartitionColumn[],
  table: StoredTable,
): Promise<readonly Partition[]> => {
  const all = table.relation.columns.map(({ name }) => quoted(name)).join(", ");
  const values = columns.map(({ sql }, at) => `${sql} as v${at}`);
  const totals = ["count(*)::varchar as n", `sum(hash(${all})::hugeint)::varchar as h`];
  const by = columns.length === 0 ? "" : ` group by all order by all`;
  const sql = `select ${[...values, ...totals].join(", ")} from input_0${by}`;
  const page = await table.duckdb.page(
    { node: group.id, sql, inputs: [table.relation], params: {} },
    { offset: 0, limit: mostPartitions + 1 },
    table.signal,
  );
  if (page.rows.length > mostPartitions) {
    throw new ExecutorExecutionError("feature_partitions_many", {
      node: group.id,
      params: { node: group.id, columns: columns.map(({ name }) => name), most: mostPartitions },
    });
  }
  const types = JSON.stringify(table.relation.columns);
  return page.rows
    .map((row): Partition => {
      const rows = Number(row[columns.length]);
      return {
        values: row.slice(0, columns.length),
        rows,
        content: hashText(`${types}\n${rows}\n${row[columns.length + 1] ?? ""}\n${JSON.stringify(row)}`).slice(0, 32),
      };
    })
    .filter(({ rows }) => rows > 0);
};

/** Hive's folders, with every character that a file system could take for something else in percent form. */
const fileOf = (columns: readonly PartitionColumn[], { values, content }: Partition): string => {
  const folders = columns.map(({ name }, at) => {
    const value = values[at] ?? null;
    return `${escaped(name)}=${value === null ? "__HIVE_DEFAULT_PARTITION__" : escaped(value)}`;
  });
  return [...folders, `${content}.parquet`].join("/");
};

const escaped = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const writePartition = async (
  columns: readonly PartitionColumn[],
  { values }: Partition,
  table: StoredTable,
  file: string,
  temporary: string,
): Promise<void> => {
  const out = columns.flatMap(({ column }) => (column === null ? [] : [quoted(column)]));
  const chosen = out.length === 0 ? "*" : `* exclude (${out.join(", ")})`;
  const where = columns.map(({ sql }, at) => {
    const value = values[at] ?? null;
    return value === null ? `${sql} is null` : `${sql} = ${literal(value)}`;
  });
  const filter = where.length === 0 ? "" : ` where ${where.join(" and ")}`;
  const sql = `select ${chosen} from input_0${filter}`;
  const job = { node: table.relation.id, sql, inputs: [table.relation], params: {} };
  await table.duckdb.writeParquet(job, temporary, table.signal);
  await mkdir(dirname(file), { recursive: true });
  await rename(temporary, file);
};

const isFile = async (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/** Removes partitions' files that the manifest does not name, and the folders that this leaves empty. */
const removeOthers = async (folder: string, named: ReadonlySet<string>): Promise<void> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !entry.name.endsWith(".parquet")) continue;
    if (named.has(relative(folder, path).split(sep).join("/"))) continue;
    await rm(path, { force: true });
    await rmdir(entry.parentPath).catch(() => undefined);
  }
};

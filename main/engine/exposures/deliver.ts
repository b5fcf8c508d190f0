// Writes an exposure's file or folder: beside it first, then in its place, so that readers see the old one or the new.

import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import type { Column } from "../../../shared/graph/index.ts";
import type { ConnectorHosts, SqlHosts } from "../duckdb/sql-host.ts";
import { syncFolder } from "../files/replace-file.ts";
import { copySql } from "./copy-sql.ts";
import { exposureError, type ExposureNode } from "./problem.ts";
import { placeToWrite } from "./safe-path.ts";
import type { FileSpec } from "./spec.ts";
import { writeArrow } from "./arrow/write-arrow.ts";
import { writeSheet } from "./write-sheet.ts";

/** The table that is handed out. */
export interface Handed {
  /** Absolute path of its parquet file. */
  readonly file: string;
  readonly columns: readonly Column[];
  readonly rows: number;
}

export interface DeliveryContext {
  readonly root: string;
  readonly duckdb: SqlHosts;
  readonly connectors: ConnectorHosts;
  readonly signal: AbortSignal;
}

/** Says that a folder is an exposure's: no other folder is ever replaced. */
const marker = ".headrace-exposure";

/** Where a file goes. Throws `exposure_path_refused`. */
export const deliveryPath = async (node: ExposureNode, file: FileSpec, root: string): Promise<string> => {
  const { path, problem } = await placeToWrite(root, file.path);
  if (problem !== null) throw exposureError(node, "exposure_path_refused", { path: file.path, why: problem });
  const found = await stat(path).catch(() => null);
  const refuse = (why: string): Error => exposureError(node, "exposure_path_refused", { path: file.path, why });
  if (file.partitionBy.length === 0 && found?.isDirectory() === true) throw refuse("it is a folder");
  if (file.partitionBy.length > 0 && found !== null) {
    if (!found.isDirectory()) throw refuse("it is a file, and partitions need a folder");
    const entries = await readdir(path);
    if (entries.length > 0 && !entries.includes(marker)) throw refuse("it is a folder with other things in it");
  }
  return path;
};

/** Writes the table there; returns the bytes written. */
export const deliver = async (
  node: ExposureNode,
  file: FileSpec,
  handed: Handed,
  context: DeliveryContext,
): Promise<number> => {
  const path = await deliveryPath(node, file, context.root);
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await sweep(path);
    const isFolder = file.partitionBy.length > 0;
    if (isFolder) await writePartitions(node, file, handed, temporary, context);
    else await writeOne(node, file, handed, temporary, context);
    context.signal.throwIfAborted();
    const bytes = await sizeOf(temporary);
    if (isFolder) await swapFolders(temporary, path);
    else await rename(temporary, path);
    await syncFolder(dirname(path));
    return bytes;
  } catch (thrown) {
    await rm(temporary, { recursive: true, force: true });
    throw asWriteFailure(node, file, thrown);
  }
};

const systemErrors = new Set(["EACCES", "EPERM", "ENOSPC", "EROFS", "ENOTDIR", "EDQUOT", "EISDIR", "ENAMETOOLONG"]);

const asWriteFailure = (node: ExposureNode, file: FileSpec, thrown: unknown): unknown => {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  if (!systemErrors.has(code) || !(thrown instanceof Error)) return thrown;
  const params = { node: node.id, path: file.path, detail: thrown.message };
  return new ExecutorExecutionError(
    "exposure_write_failed",
    { node: node.id, location: node.location, params },
    { cause: thrown },
  );
};

/** What a killed run left behind; a folder that was about to be replaced comes back. */
const sweep = async (path: string): Promise<void> => {
  const folder = dirname(path);
  const own = `.${basename(path)}.`;
  const left = (await readdir(folder)).filter(
    (name) => name.startsWith(own) && /\.\d+\.[0-9a-f]{8}\.(?:tmp|old)$/.test(name),
  );
  const isThere = (await stat(path).catch(() => null)) !== null;
  const former = isThere ? undefined : left.find((name) => name.endsWith(".old"));
  if (former !== undefined) await rename(join(folder, former), path);
  for (const name of left) if (name !== former) await rm(join(folder, name), { recursive: true, force: true });
};

const writeOne = async (
  node: ExposureNode,
  file: FileSpec,
  handed: Handed,
  target: string,
  context: DeliveryContext,
): Promise<void> => {
  if (file.format === "xlsx") await writeSheet(node, handed, target, context);
  else if (file.format === "arrow") await writeArrow(node, handed, target, context);
  else await copy(node, file, handed, target, context);
  await syncFile(target);
};

const copy = async (
  node: ExposureNode,
  file: FileSpec,
  handed: Handed,
  target: string,
  { connectors, signal }: DeliveryContext,
): Promise<void> => {
  const steps = [{ sql: "SET TimeZone = 'UTC'" }, { sql: copySql(file, handed, target) }];
  await connectors.run({ node: node.id, steps }, signal);
};

const writePartitions = async (
  node: ExposureNode,
  file: FileSpec,
  handed: Handed,
  folder: string,
  context: DeliveryContext,
): Promise<void> => {
  await mkdir(folder);
  if (handed.rows > 0) await copy(node, file, handed, folder, context);
  await writeFile(join(folder, marker), `${node.id}\n`);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await syncFile(join(entry.parentPath, entry.name));
  }
};

/** Two renames: for a moment between them there is no folder, and never a half-written one. */
const swapFolders = async (made: string, path: string): Promise<void> => {
  const old = made.replace(/\.tmp$/, ".old");
  const isThere = (await stat(path).catch(() => null)) !== null;
  if (isThere) await rename(path, old);
  await rename(made, path);
  await rm(old, { recursive: true, force: true });
};

const syncFile = async (path: string): Promise<void> => {
  await using handle = await open(path, "r+");
  await handle.sync();
};

const sizeOf = async (path: string): Promise<number> => {
  const found = await stat(path);
  if (!found.isDirectory()) return found.size;
  let bytes = 0;
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return bytes;
};

import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
} from "node:fs";
import { isAbsolute, join, normalize } from "node:path";

import type { Column } from "../../../shared/graph/index.ts";
import { decodeLines, encodeLine, hashFile, linkFile, stampOf } from "../files/index.ts";
import { extraName, type NodeTables } from "./extra-tables.ts";
import type { ExtraRecord, OutputRecord } from "./node-record.ts";

/** An output that some run made: found again by fingerprint after a branch switch or an undone edit. */
export interface CachedOutput {
  readonly fingerprint: string;
  readonly output: OutputRecord;
  readonly extra?: readonly ExtraRecord[] | undefined;
  readonly rows: number;
  readonly columns: readonly Column[];
  readonly seconds: number;
  readonly envHash: string | null;
  readonly artifactHash: string | null;
}

/** A further table that is about to be taken over. */
export interface FinishedTable {
  readonly name: string;
  readonly file: string;
  readonly hash: string;
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** A finished output that is about to be taken over. */
export interface FinishedOutput extends Omit<CachedOutput, "output" | "extra"> {
  readonly hash: string;
  readonly extra: readonly FinishedTable[];
}

interface NodeName {
  readonly kind: string;
  readonly name: string;
}

/** `target/cache`: outputs named by what made them, never changed once written. */
export interface OutputCache {
  /** The output of a fingerprint, if its file is still the one that was written. */
  find(fingerprint: string): Promise<CachedOutput | null>;
  /** The newest output with these bytes, whatever made it. */
  findByHash(hash: string): Promise<CachedOutput | null>;
  /** Takes a finished file over: read-only, named by its fingerprint, and linked as the node's output. */
  adopt(file: string, node: NodeName, finished: FinishedOutput): CachedOutput;
  /** Forgets an output that failed its checks: no later run may take it for good. */
  reject(fingerprint: string): void;
  /** Whether a recorded output is still on disk; compares bytes when only the stamp differs. */
  verify(output: OutputRecord): Promise<OutputRecord | null>;
  /** `verify` of the main table and all others: `null` when one is gone. */
  verifyAll(tables: NodeTables): Promise<NodeTables | null>;
  /** Makes `target/intermediate/<kind>_<name>.parquet` another name of an output, unless it already is. */
  link(output: OutputRecord, node: NodeName): OutputRecord;
  /** `link` of the main table and all others, as `<kind>_<name>__<table>.parquet`. */
  linkAll(tables: NodeTables, node: NodeName): NodeTables;
  absolute(output: OutputRecord): string;
}

/** A state file may come from anywhere: an output lies in the cache, and is never a link to something else. */
const isOwnFile = (file: string, path: string): boolean =>
  !isAbsolute(file) &&
  !normalize(file).startsWith("..") &&
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== true;

const isCachedOutput = (value: unknown): value is CachedOutput =>
  typeof value === "object" && value !== null && "fingerprint" in value && "output" in value && "columns" in value;

const isRejection = (value: unknown): value is { readonly rejected: string } =>
  typeof value === "object" && value !== null && "rejected" in value;

const readIndex = (path: string): Map<string, CachedOutput> => {
  const index = new Map<string, CachedOutput>();
  if (!existsSync(path)) return index;
  for (const value of decodeLines(readFileSync(path)).values) {
    if (isCachedOutput(value)) index.set(value.fingerprint, value);
    else if (isRejection(value)) index.delete(value.rejected);
  }
  return index;
};

const extraNode = ({ kind, name }: NodeName, table: string): NodeName => ({ kind, name: extraName(name, table) });

/** Opens the cache below `targetPath`; the index is read only when a fingerprint is looked for. */
export const openOutputCache = (targetPath: string): OutputCache => {
  const folder = join(targetPath, "cache");
  const intermediate = join(targetPath, "intermediate");
  mkdirSync(folder, { recursive: true });
  mkdirSync(intermediate, { recursive: true });
  const indexPath = join(folder, "index.jsonl");
  let index: Map<string, CachedOutput> | null = null;
  const intermediatePath = (node: NodeName): string => join(intermediate, `${node.kind}_${node.name}.parquet`);

  const absolute = (output: OutputRecord): string => join(targetPath, output.file);

  const verify = async (output: OutputRecord): Promise<OutputRecord | null> => {
    const path = absolute(output);
    const stamp = isOwnFile(output.file, path) ? stampOf(path) : null;
    if (stamp === null) return null;
    if (stamp === output.stamp) return output;
    // A link made or removed elsewhere changes the stamp and not the bytes.
    return (await hashFile(path)) === output.hash ? { ...output, stamp } : null;
  };

  const verifyAll = async (tables: NodeTables): Promise<NodeTables | null> => {
    const output = await verify(tables.output);
    if (output === null || tables.extra === undefined) return output === null ? null : { output };
    const extra: ExtraRecord[] = [];
    for (const table of tables.extra) {
      const found = await verify(table.output);
      if (found === null) return null;
      extra.push({ ...table, output: found });
    }
    return { output, extra };
  };

  const link = (output: OutputRecord, node: NodeName): OutputRecord => {
    const path = intermediatePath(node);
    if (stampOf(path) === output.stamp) return output;
    linkFile(absolute(output), path);
    return { ...output, stamp: stampOf(absolute(output)) ?? output.stamp };
  };

  const linkAll = ({ output, extra }: NodeTables, node: NodeName): NodeTables => {
    const main = link(output, node);
    if (extra === undefined) return { output: main };
    const others = extra.map((table) => ({ ...table, output: link(table.output, extraNode(node, table.name)) }));
    return { output: main, extra: others };
  };

  /**
   * Moves a file into the cache under `name` and links it; the stamp is taken last: a link changes the ctime.
   * The same bytes under the same name (`known`) are left as they are.
   */
  const take = (file: string, name: string, hash: string, node: NodeName, known?: OutputRecord): OutputRecord => {
    const path = join(folder, name);
    if (known?.hash === hash && stampOf(path) === known.stamp) {
      unlinkSync(file);
      return link(known, node);
    }
    if (process.platform !== "win32") chmodSync(file, 0o444);
    renameSync(file, path);
    linkFile(path, intermediatePath(node));
    const stamp = stampOf(path) ?? "";
    return { file: `cache/${name}`, hash, stamp, bytes: Number(stamp.split(":")[0]) };
  };

  return {
    absolute,
    verify,
    verifyAll,
    link,
    linkAll,
    async find(fingerprint) {
      index ??= readIndex(indexPath);
      const entry = index.get(fingerprint);
      if (entry === undefined) return null;
      const tables = await verifyAll(entry);
      return tables === null ? null : { ...entry, ...tables };
    },
    async findByHash(hash) {
      index ??= readIndex(indexPath);
      const entry = [...index.values()].findLast(({ output }) => output.hash === hash);
      return entry !== undefined && (await verify(entry.output)) !== null ? entry : null;
    },
    reject(fingerprint) {
      appendFileSync(indexPath, encodeLine({ rejected: fingerprint }));
      index?.delete(fingerprint);
    },
    adopt(file, node, { hash, extra, ...entry }) {
      const others = extra.map(({ file: from, hash: itsHash, ...table }): ExtraRecord => {
        const name = `${entry.fingerprint}.${table.name}.parquet`;
        return { ...table, output: take(from, name, itsHash, extraNode(node, table.name)) };
      });
      index ??= readIndex(indexPath);
      const known = index.get(entry.fingerprint);
      const output = take(file, `${entry.fingerprint}.parquet`, hash, node, known?.output);
      const cached: CachedOutput = { ...entry, output, ...(others.length === 0 ? {} : { extra: others }) };
      appendFileSync(indexPath, encodeLine(cached));
      index.set(entry.fingerprint, cached);
      return cached;
    },
  };
};

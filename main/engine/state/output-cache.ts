import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";

import type { Column } from "../../../shared/graph/index.ts";
import { decodeLines, encodeLine, hashFile, linkFile, stampOf } from "../files/index.ts";
import type { OutputRecord } from "./node-record.ts";

/** An output that some run made: found again by fingerprint after a branch switch or an undone edit. */
export interface CachedOutput {
  readonly fingerprint: string;
  readonly output: OutputRecord;
  readonly rows: number;
  readonly columns: readonly Column[];
  readonly seconds: number;
  readonly envHash: string | null;
  readonly artifactHash: string | null;
}

interface NodeName {
  readonly kind: string;
  readonly name: string;
}

/** `target/cache`: outputs named by what made them, never changed once written. */
export interface OutputCache {
  /** The output of a fingerprint, if its file is still the one that was written. */
  find(fingerprint: string): Promise<CachedOutput | null>;
  /** Takes a finished file over: read-only, named by its fingerprint, and linked as the node's output. */
  adopt(file: string, node: NodeName, entry: Omit<CachedOutput, "output"> & { readonly hash: string }): CachedOutput;
  /** Whether a recorded output is still on disk; compares bytes when only the stamp differs. */
  verify(output: OutputRecord): Promise<OutputRecord | null>;
  /** Makes `target/intermediate/<kind>_<name>.parquet` another name of an output, unless it already is. */
  link(output: OutputRecord, node: NodeName): OutputRecord;
  absolute(output: OutputRecord): string;
}

const isCachedOutput = (value: unknown): value is CachedOutput =>
  typeof value === "object" && value !== null && "fingerprint" in value && "output" in value && "columns" in value;

const readIndex = (path: string): Map<string, CachedOutput> => {
  if (!existsSync(path)) return new Map();
  const entries = decodeLines(readFileSync(path)).values.filter(isCachedOutput);
  return new Map(entries.map((entry) => [entry.fingerprint, entry]));
};

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
    const stamp = stampOf(path);
    if (stamp === null) return null;
    if (stamp === output.stamp) return output;
    // A link made or removed elsewhere changes the stamp and not the bytes.
    return (await hashFile(path)) === output.hash ? { ...output, stamp } : null;
  };

  return {
    absolute,
    verify,
    async find(fingerprint) {
      index ??= readIndex(indexPath);
      const entry = index.get(fingerprint);
      if (entry === undefined) return null;
      const output = await verify(entry.output);
      return output === null ? null : { ...entry, output };
    },
    adopt(file, node, { hash, ...entry }) {
      const name = `${entry.fingerprint}.parquet`;
      const path = join(folder, name);
      if (process.platform !== "win32") chmodSync(file, 0o444);
      renameSync(file, path);
      linkFile(path, intermediatePath(node));
      // The stamp is taken last: a new link changes the inode's ctime.
      const stamp = stampOf(path) ?? "";
      const cached = { ...entry, output: { file: `cache/${name}`, hash, stamp, bytes: Number(stamp.split(":")[0]) } };
      appendFileSync(indexPath, encodeLine(cached));
      index?.set(entry.fingerprint, cached);
      return cached;
    },
    link(output, node) {
      const path = intermediatePath(node);
      if (stampOf(path) === output.stamp) return output;
      linkFile(absolute(output), path);
      return { ...output, stamp: stampOf(absolute(output)) ?? output.stamp };
    },
  };
};

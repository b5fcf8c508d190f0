// What was delivered last, beside the state: an unchanged table is not written again.

import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { replaceFile, stableHash } from "../files/index.ts";
import { mkdir } from "node:fs/promises";
import type { ExposureNode } from "./problem.ts";
import type { FileSpec } from "./spec.ts";

const recordSchema = z.object({
  /** The table and how it was written. */
  key: z.string(),
  path: z.string(),
  size: z.number(),
  mtimeMs: z.number(),
  ino: z.number(),
  bytes: z.number(),
});

const recordPath = (stateDir: string, node: ExposureNode): string => join(stateDir, "exposures", `${node.name}.json`);

const keyOf = (file: FileSpec, hash: string): string => stableHash([hash, file]);

/** Bytes of the last delivery, if what stands there is that delivery still; `null` when it has to be written. */
export const lastDelivery = async (
  stateDir: string,
  node: ExposureNode,
  file: FileSpec,
  path: string,
  hash: string,
): Promise<number | null> => {
  try {
    const record = recordSchema.parse(JSON.parse(await readFile(recordPath(stateDir, node), "utf8")));
    const { size, mtimeMs, ino } = await stat(path);
    const isSame = record.size === size && record.mtimeMs === mtimeMs && record.ino === ino && record.path === path;
    return isSame && record.key === keyOf(file, hash) ? record.bytes : null;
  } catch {
    // No record, or one that is damaged: it is written again.
    return null;
  }
};

/** Remembers a delivery. */
export const rememberDelivery = async (
  stateDir: string,
  node: ExposureNode,
  file: FileSpec,
  delivery: { readonly path: string; readonly hash: string; readonly bytes: number },
): Promise<void> => {
  const { size, mtimeMs, ino } = await stat(delivery.path);
  const record = { key: keyOf(file, delivery.hash), path: delivery.path, size, mtimeMs, ino, bytes: delivery.bytes };
  await mkdir(join(stateDir, "exposures"), { recursive: true });
  await replaceFile(recordPath(stateDir, node), JSON.stringify(record));
};

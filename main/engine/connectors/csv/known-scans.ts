// A file that was looked at and is then run is walked through once, as long as nothing touched it in between.

import { statSync } from "node:fs";

import { stampOf } from "../../files/index.ts";
import type { Dialect } from "./dialect.ts";
import type { ScannedRecords } from "./scan-records.ts";

const mostKept = 50;
/** A file that was written within the clock's step may change again under the same stamp. */
const settledMilliseconds = 20;

const known = new Map<string, { readonly stamp: string; readonly scanned: ScannedRecords }>();

/** What a scan of this file found, now or when it had the same stamp. */
export const scanOnce = async (
  path: string,
  { delimiter, quote, escape }: Dialect,
  skip: number,
  scan: () => Promise<ScannedRecords>,
): Promise<ScannedRecords> => {
  const key = JSON.stringify([path, delimiter, quote, escape, skip]);
  const stamp = stampOf(path);
  const before = known.get(key);
  if (before !== undefined && before.stamp === stamp) return before.scanned;
  const scanned = await scan();
  const isSettled = stamp !== null && Date.now() - statSync(path).mtimeMs > settledMilliseconds;
  if (!isSettled || stampOf(path) !== stamp) return scanned;
  known.delete(key);
  known.set(key, { stamp, scanned });
  const [oldest] = known.keys();
  if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
  return scanned;
};

import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

import type { z } from "zod";

/** A small file that the shell keeps; a damaged or missing one is `fallback`, never an error. */
export const readJson = <T>(path: string, schema: z.ZodType<T>, fallback: T): T => {
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return fallback;
  }
};

/** Replaces the file whole, readable for this person alone. Blocks for about a millisecond. */
export const writeJson = (path: string, value: unknown): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, "w", 0o600);
  try {
    writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
};

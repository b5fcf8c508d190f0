import { createHash } from "node:crypto";
import {
  closeSync,
  createReadStream,
  fdatasyncSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";

/** Files below this are handled without going through the thread pool, which would cost more than the work. */
const smallBytes = 1024 * 1024;

/** SHA-256 and size of a file. */
export const hashFile = async (file: string): Promise<HashedFile> => {
  const small = readSmall(file, "r");
  if (small !== null) return small;
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: smallBytes }), hash);
  return { hash: hash.digest("hex"), bytes: statSync(file).size };
};

/** Makes a finished temporary file durable where asked to, renames it to `output` and returns its hash. */
export const finishFile = async (temporary: string, output: string, durable: boolean): Promise<HashedFile> => {
  let hashed = durable ? readSmall(temporary, "r+", fdatasyncSync) : readSmall(temporary, "r");
  if (hashed === null) {
    if (durable) {
      await using handle = await open(temporary, "r+");
      await handle.sync();
    }
    hashed = await hashFile(temporary);
  }
  renameSync(temporary, output);
  return hashed;
};

export interface HashedFile {
  readonly hash: string;
  readonly bytes: number;
}

/** Hashes a small file and then does `also` with it; `null` for a larger one. */
const readSmall = (file: string, flags: string, also?: (descriptor: number) => void): HashedFile | null => {
  const descriptor = openSync(file, flags);
  try {
    if (fstatSync(descriptor).size > smallBytes) return null;
    const content = readFileSync(descriptor);
    also?.(descriptor);
    return { hash: createHash("sha256").update(content).digest("hex"), bytes: content.length };
  } finally {
    closeSync(descriptor);
  }
};

import { createHash } from "node:crypto";
import { closeSync, createReadStream, fsyncSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";

/** Files below this are handled without going through the thread pool, which would cost more than the work. */
const smallBytes = 1024 * 1024;

/** SHA-256 and size of a file. */
export const hashFile = async (file: string): Promise<{ readonly hash: string; readonly bytes: number }> => {
  const { size } = await stat(file);
  const hash = createHash("sha256");
  if (size <= smallBytes) return { hash: hash.update(readFileSync(file)).digest("hex"), bytes: size };
  await pipeline(createReadStream(file, { highWaterMark: smallBytes }), hash);
  return { hash: hash.digest("hex"), bytes: size };
};

/** Makes a finished temporary file durable, renames it to `output` and returns its hash. */
export const finishFile = async (
  temporary: string,
  output: string,
): Promise<{ readonly hash: string; readonly bytes: number }> => {
  const hashed = await hashFile(temporary);
  if (hashed.bytes <= smallBytes) {
    const descriptor = openSync(temporary, "r+");
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } else {
    await using handle = await open(temporary, "r+");
    await handle.sync();
  }
  renameSync(temporary, output);
  // Renaming a link onto its own file leaves both names.
  rmSync(temporary, { force: true });
  return hashed;
};

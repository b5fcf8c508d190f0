import { randomBytes } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const modeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).mode & 0o7777;
  } catch {
    return 0o666;
  }
};

/** A folder's entry is only durable once the folder itself is synced; Windows has no such call. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/**
 * Replaces a file in one step: readers, and a machine that loses power, see the old bytes or the new ones.
 * A symbolic link keeps pointing where it did; the mode is kept.
 */
export const replaceFile = async (path: string, data: string | Uint8Array): Promise<void> => {
  const target = await realpath(path).catch(() => path);
  const folder = dirname(target);
  const temporary = join(folder, `.${basename(target)}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`);
  const handle = await open(temporary, "wx", await modeOf(target));
  try {
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
};

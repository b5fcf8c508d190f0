import { statSync } from "node:fs";

/** `size:mtime:ctime:inode` in nanoseconds: while it is equal, the bytes are taken to be equal. */
export type FileStamp = string;

/** The file's stamp, or `null` when there is no such file (or it cannot be reached). */
export const stampOf = (path: string): FileStamp | null => {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stats?.isFile()) return null;
  return `${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}:${stats.ino}`;
};

import { randomBytes } from "node:crypto";
import { constants, copyFileSync, linkSync, renameSync, rmSync } from "node:fs";

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

/** Hard link, else a reflink or a copy: another file system, or one without hard links. Throws EEXIST. */
const linkOrCopy = (from: string, to: string): void => {
  try {
    linkSync(from, to);
  } catch (error) {
    if (isCode(error, "EEXIST")) throw error;
    copyFileSync(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  }
};

const replace = (from: string, to: string): void => {
  const temporary = `${to}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    linkOrCopy(from, temporary);
    renameSync(temporary, to);
  } finally {
    // Renaming a link onto its own inode does nothing and leaves it behind.
    rmSync(temporary, { force: true });
  }
};

/** Makes `to` another name of `from`, replacing what was there in one step. */
export const linkFile = (from: string, to: string): void => {
  try {
    linkOrCopy(from, to);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
    replace(from, to);
  }
};

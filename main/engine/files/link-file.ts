import { randomBytes } from "node:crypto";
import { constants, copyFileSync, linkSync, renameSync, rmSync } from "node:fs";

const linkOrCopy = (from: string, to: string): void => {
  try {
    linkSync(from, to);
  } catch {
    // Another file system, or one without hard links: a reflink where there is one, else a copy.
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  }
};

/**
 * Makes `to` another name of `from`, replacing what was there in one step.
 * The temporary name is removed in any case: renaming a link onto its own inode does nothing and leaves it behind.
 */
export const linkFile = (from: string, to: string): void => {
  const temporary = `${to}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    linkOrCopy(from, temporary);
    renameSync(temporary, to);
  } finally {
    rmSync(temporary, { force: true });
  }
};

import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { HeadraceError } from "../../../shared/errors/index.ts";
import { exclusively } from "./exclusive.ts";

const waitSeconds = 900;

/**
 * Makes `folder` by filling a temporary folder beside it and renaming: whole or not at all, and by one process while
 * others wait for it. What a killed process left half-made is removed.
 */
export const installOnce = async (
  folder: string,
  signal: AbortSignal | undefined,
  fill: (temporary: string) => Promise<void>,
): Promise<void> => {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  const prefix = `.${basename(folder)}.new-`;
  try {
    await mkdir(parent, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new HeadraceError("data_folder_unusable", { params: { detail } }, { cause });
  }
  const lock = join(parent, `.${basename(folder)}.lock`);
  await exclusively({ lock, timeoutSeconds: waitSeconds, signal }, async () => {
    if (existsSync(folder)) return;
    for (const name of await readdir(parent)) {
      if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
    }
    const temporary = join(parent, `${prefix}${randomBytes(4).toString("hex")}`);
    try {
      await mkdir(temporary, { mode: 0o700 });
      await fill(temporary);
      await rename(temporary, folder);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  });
};

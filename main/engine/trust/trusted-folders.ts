import { mkdirSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { ProjectError } from "../../../shared/errors/index.ts";
import { hashText, replaceFile } from "../files/index.ts";

const folderSchema = z.object({ folder: z.string(), time: z.string() });
/** A folder by its real path, and when it was trusted (ISO 8601). */
export type TrustedFolder = z.output<typeof folderSchema>;

/** One file a folder: programs that trust folders at the same moment do not undo each other. */
const listFolder = (dataDir: string): string => join(dataDir, "trust");
const fileOf = (dataDir: string, real: string): string =>
  join(listFolder(dataDir), `${hashText(real).slice(0, 32)}.json`);

/** What links lead to: another folder that takes a trusted one's name is another folder. */
const realOf = (folder: string): string => {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
};

/** An entry; one that is missing or damaged trusts nothing. */
const read = (path: string): TrustedFolder | null => {
  try {
    return folderSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return null;
  }
};

/** The trusted folders, newest first. */
export const listTrusted = (dataDir: string): readonly TrustedFolder[] => {
  let names: readonly string[];
  try {
    names = readdirSync(listFolder(dataDir));
  } catch {
    return [];
  }
  return names
    .flatMap((name) => read(join(listFolder(dataDir), name)) ?? [])
    .toSorted((a, b) => (a.time < b.time ? 1 : -1));
};

/** Whether a project's folder is one of them: itself, not one above it. */
export const isTrusted = (dataDir: string, folder: string): boolean => {
  const real = realOf(folder);
  return read(fileOf(dataDir, real))?.folder === real;
};

/** Trusts a project's folder from now on. Throws `trust_not_written`. */
export const trustFolder = (dataDir: string, folder: string): Promise<void> =>
  writing(dataDir, async () => {
    const real = realOf(folder);
    mkdirSync(listFolder(dataDir), { recursive: true, mode: 0o700 });
    await replaceFile(
      fileOf(dataDir, real),
      `${JSON.stringify({ folder: real, time: new Date().toISOString() } satisfies TrustedFolder)}\n`,
    );
  });

/** Takes trust back, also of a folder that is gone. Throws `trust_not_written`. */
export const refuseTrust = (dataDir: string, folder: string): Promise<void> =>
  writing(dataDir, () => rm(fileOf(dataDir, realOf(folder)), { force: true }));

const writing = async (dataDir: string, write: () => Promise<void>): Promise<void> => {
  try {
    await write();
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ProjectError("trust_not_written", { params: { path: listFolder(dataDir), detail } }, { cause });
  }
};

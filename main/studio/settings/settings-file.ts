import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";

import { z } from "zod";

import { replaceFile } from "../../engine/index.ts";

const settingsSchema = z.record(z.string(), z.json());
export type Settings = z.output<typeof settingsSchema>;
export type SettingValue = Settings[string];

const writing = new Map<string, Promise<unknown>>();

/** What a window remembered; a file that is damaged or missing is no settings, never an error. */
export const readSettings = async (path: string): Promise<Settings> => {
  try {
    return settingsSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return {};
  }
};

const write = async (path: string, key: string, value: SettingValue): Promise<void> => {
  const settings = await readSettings(path);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await replaceFile(path, `${JSON.stringify({ ...settings, [key]: value }, null, 2)}\n`);
};

/** Remembers one value; writes of several windows come one after another. */
export const writeSetting = async (path: string, key: string, value: SettingValue): Promise<void> => {
  const before = writing.get(path) ?? Promise.resolve();
  const turn = before.then(
    () => write(path, key, value),
    () => write(path, key, value),
  );
  writing.set(path, turn);
  await turn;
};

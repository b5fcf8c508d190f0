// Figures of earlier runs, one small file a node: what `drift` compares with.

import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

import type { Finding } from "./findings.ts";

const kept = 100;
const historySchema = z.record(z.string(), z.array(z.object({ run: z.string(), value: z.number() })));
type History = z.output<typeof historySchema>;

const fileOf = (stateDir: string, node: string): string => join(stateDir, "rules", `${node}.json`);

/** A file that cannot be read is no history. */
const readHistory = async (stateDir: string, node: string): Promise<History> => {
  try {
    return historySchema.parse(JSON.parse(await readFile(fileOf(stateDir, node), "utf8")));
  } catch {
    return {};
  }
};

/** Values by check id, newest last; a run that is tried again does not see itself. */
export const earlierFigures = async (
  stateDir: string,
  node: string,
  runId: string,
): Promise<Readonly<Record<string, readonly number[]>>> => {
  const history = await readHistory(stateDir, node);
  return Object.fromEntries(
    Object.entries(history).map(([id, entries]) => [
      id,
      entries.filter(({ run }) => run !== runId).map(({ value }) => value),
    ]),
  );
};

/** Adds this run's figures; the file is replaced whole. */
export const keepFigures = async (
  stateDir: string,
  node: string,
  runId: string,
  findings: readonly Finding[],
): Promise<void> => {
  const drifting = findings.filter(({ type, value }) => type === "drift" && value !== null);
  if (drifting.length === 0) return;
  const history = await readHistory(stateDir, node);
  for (const { id, value } of drifting) {
    const before = (history[id] ?? []).filter(({ run }) => run !== runId);
    history[id] = [...before, { run: runId, value: value ?? 0 }].slice(-kept);
  }
  const file = fileOf(stateDir, node);
  await mkdir(join(stateDir, "rules"), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(history));
  await rename(`${file}.new`, file);
};

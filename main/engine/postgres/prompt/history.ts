import { appendFile, readFile, writeFile } from "node:fs/promises";

const mostLines = 1000;
/** Such a line may well hold a secret in clear. */
const isSecret = (line: string): boolean => /password|identified\s+by/i.test(line);

/** The lines kept from former sessions, newest first, as readline wants them. */
export const readHistory = async (path: string): Promise<readonly string[]> => {
  const text = await readFile(path, "utf8").catch(() => "");
  const lines = text.split("\n").filter((line) => line !== "");
  const kept = lines.slice(-mostLines);
  if (lines.length > mostLines * 2)
    await writeFile(path, `${kept.join("\n")}\n`, { mode: 0o600 }).catch(() => undefined);
  return kept.toReversed();
};

/** Keeps a line for next time, readable by its owner alone. A history that cannot be written is no reason to fail. */
export const appendHistory = async (path: string, line: string): Promise<void> => {
  if (line.trim() === "" || isSecret(line)) return;
  await appendFile(path, `${line}\n`, { mode: 0o600 }).catch(() => undefined);
};

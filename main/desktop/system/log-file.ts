import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

const largest = 1024 * 1024;

/** Where the shell writes what went wrong. */
export interface Log {
  readonly path: string;
  write(what: string, text: string): void;
}

/** Opens the log; one that has grown large becomes `….old` in place of the one before it. */
export const openLog = (path: string): Log => {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largest) renameSync(path, `${path}.old`);
  } catch {
    // Nothing is logged then; that is no reason not to start.
  }
  return {
    path,
    write(what, text) {
      try {
        appendFileSync(path, `${new Date().toISOString()} ${what}: ${text.trimEnd()}\n`, { mode: 0o600 });
      } catch {
        // A full disk is not to take the window with it.
      }
    },
  };
};

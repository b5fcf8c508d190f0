import { type FSWatcher, readdirSync, watch } from "node:fs";
import { join, relative, sep } from "node:path";

/** What is made by us, by git or by package managers: changes there are not edits. */
const ignored = new Set(["target", ".git", "node_modules", ".venv", "__pycache__", ".headrace"]);
const settleMilliseconds = 60;
const pollMilliseconds = 1000;

export interface FileWatch extends Disposable {
  /** Waits until what happened so far has been reported; for tests. */
  readonly watching: number;
}

/**
 * Calls `changed` with the files (relative, `/`) that changed below `root`, soon after the last of a burst. The
 * folder `target/` itself is watched for `run_state.json`, which a run in a terminal writes. Where the system cannot
 * watch, `changed` is called with no file once a second instead.
 */
export const watchFiles = (root: string, changed: (files: readonly string[]) => void): FileWatch => {
  const watchers = new Map<string, FSWatcher>();
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let poll: NodeJS.Timeout | null = null;

  const report = (): void => {
    timer = null;
    const files = [...pending].toSorted();
    pending.clear();
    watchFolders(root);
    changed(files);
  };
  const note = (path: string): void => {
    const file = relative(root, path).split(sep).join("/");
    if (file.split("/").some((part) => part.endsWith(".tmp"))) return;
    pending.add(file);
    timer ??= setTimeout(report, settleMilliseconds);
  };
  const startPolling = (): void => {
    poll ??= setInterval(() => changed([]), pollMilliseconds);
  };

  const watchOne = (folder: string, wanted: (name: string) => boolean): void => {
    if (watchers.has(folder)) return;
    try {
      const watcher = watch(folder, (_event, name) => {
        if (name !== null && wanted(name)) note(join(folder, name));
      });
      watcher.on("error", () => {
        watcher.close();
        watchers.delete(folder);
      });
      watchers.set(folder, watcher);
    } catch (error) {
      // The system's limit of watches is reached, or this is a file system that has none.
      if (isGone(error)) return;
      startPolling();
    }
  };
  const watchFolders = (folder: string): void => {
    watchOne(folder, (name) => !ignored.has(name));
    for (const entry of foldersIn(folder)) {
      if (!ignored.has(entry)) watchFolders(join(folder, entry));
      else if (entry === "target" && folder === root)
        watchOne(join(root, "target"), (name) => name === "run_state.json");
    }
  };

  watchFolders(root);
  return {
    get watching() {
      return watchers.size;
    },
    [Symbol.dispose]() {
      if (timer !== null) clearTimeout(timer);
      if (poll !== null) clearInterval(poll);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
};

const isGone = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");

const foldersIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
};

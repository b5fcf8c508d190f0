import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder of a test's own, removed when the test ends. */
export interface TemporaryFolder extends AsyncDisposable {
  /** Absolute. */
  readonly root: string;
  path(...parts: readonly string[]): string;
  /** Writes files by their path below the folder; folders are made as needed. */
  write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>;
  read(file: string): Promise<string>;
  remove(file: string): Promise<void>;
}

export async function temporaryFolder(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<TemporaryFolder> {
  const root = await mkdtemp(join(tmpdir(), "headrace-test-"));
  const path = (...parts: readonly string[]): string => join(root, ...parts);

  const folder: TemporaryFolder = {
    root,
    path,
    async write(contents) {
      for (const [file, content] of Object.entries(contents)) {
        await mkdir(dirname(path(file)), { recursive: true });
        await writeFile(path(file), content);
      }
    },
    read: (file) => readFile(path(file), "utf8"),
    remove: (file) => rm(path(file), { recursive: true, force: true }),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
  await folder.write(files);
  return folder;
}

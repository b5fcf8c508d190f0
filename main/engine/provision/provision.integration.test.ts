import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { duckdbExtension, duckdbPlatform, duckdbVersion, pythonInterpreter, uvExecutable } from "./index.ts";
import type { Environment } from "./index.ts";

const run = promisify(execFile);
const moduleUrl = new URL("./index.ts", import.meta.url).href;

let folder: string;
let dataDir: string;
let progress: string[];
const log = (_: string, text: string): void => void progress.push(text);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "headrace-test-provision-"));
  dataDir = join(folder, "data");
  progress = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The environment with a PATH of these programs alone, and a home without anything of DuckDB's. */
const only = async (programs: Readonly<Record<string, string>>): Promise<Environment> => {
  const bin = await mkdtemp(join(folder, "bin-"));
  for (const [name, target] of Object.entries(programs)) await symlink(target, join(bin, name));
  return { ...process.env, PATH: bin, HOME: folder };
};

const script = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
  return path;
};

const realPython = (): Promise<string> => pythonInterpreter({ environment: process.env });

/** As a machine without network looks to pip: an index that refuses, and no other place to look. */
const withoutNetwork = (environment: Environment): Environment => ({
  ...Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("PIP_"))),
  PIP_INDEX_URL: "http://127.0.0.1:9/simple",
  PIP_CONFIG_FILE: "/dev/null",
  PIP_NO_CACHE_DIR: "1",
  PIP_RETRIES: "0",
});

const options = (environment: Environment) => ({ dataDir, environment, log });

describe("pythonInterpreter", () => {
  it("finds the interpreter behind a virtual environment and behind a shim", async () => {
    const real = await realPython();
    await run(real, ["-m", "venv", "--without-pip", join(folder, "venv")]);
    const inside = join(folder, "venv", "bin", "python3");
    const base = await pythonInterpreter({ environment: process.env, wanted: inside });
    expect(base).not.toContain(folder);
    const shim = await script("shim", `exec "${inside}" "$@"`);
    expect(await pythonInterpreter({ environment: await only({ python3: shim }) })).toBe(base);
  });

  it("passes over one that is too old or does not run", async () => {
    const old = await script("old", `echo '{"executable": "/old/python", "version": [3, 9, 1]}'`);
    const broken = await script("broken", "echo 'pyenv: python3: command not found' >&2; exit 127");
    const environment = await only({ python3: old, python: broken, "python3.11": await realPython() });
    expect(await pythonInterpreter({ environment })).toMatch(/python3\.11$/);
    const without = await only({ python3: old, python: broken });
    await expect(pythonInterpreter({ environment: without })).rejects.toMatchObject({
      code: "python_not_found",
      message: expect.stringMatching(/is 3\.9\.1.*does not run/),
    });
  });

  it.each([["/no/such/python"], ["3.99"], ["no-such-command"]])("says that there is no %s", async (wanted) => {
    await expect(pythonInterpreter({ environment: process.env, wanted })).rejects.toMatchObject({
      code: "python_not_found",
      message: expect.stringContaining(wanted),
    });
  });

  it("answers to a version", async () => {
    const { stdout } = await run(await realPython(), ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]);
    expect(await pythonInterpreter({ environment: process.env, wanted: stdout.trim() })).toMatch(/python/);
  });
});

describe("uvExecutable", () => {
  it("takes a new enough uv from the PATH and installs nothing", async () => {
    const uv = await script("uv", "echo 'uv 0.13.2 (abc 2026-01-01)'");
    expect(await uvExecutable(options(await only({ uv })))).toMatch(/bin-\w+\/uv$/);
    expect(progress).toEqual([]);
  });

  it("installs its own once for several processes, passing over an old uv, and then needs no network", async () => {
    const uv = await script("uv", "echo 'uv 0.2.1 (abc 2024-01-01)'");
    const environment = await only({ python3: await realPython(), uv });
    const program = `
      import { uvExecutable } from ${JSON.stringify(moduleUrl)};
      const log = (level, text) => console.log("log " + text);
      console.log(await uvExecutable({ dataDir: process.argv[1], environment: process.env, log }));`;
    const args = ["--input-type=module-typescript", "-e", program, dataDir];
    const outputs = await Promise.all(
      [1, 2].map(async () =>
        (await run(process.execPath, args, { env: { ...environment } })).stdout.trim().split("\n"),
      ),
    );
    const own = join(dataDir, "tools", "uv-0.13.9", "bin", "uv");
    expect(outputs.map((lines) => lines.at(-1))).toEqual([own, own]);
    expect(outputs.flat().filter((line) => line.startsWith("log"))).toHaveLength(1);
    expect((await run(own, ["--version"])).stdout).toContain("uv 0.13.9");
    expect(await uvExecutable(options(withoutNetwork(await only({}))))).toBe(own);
    expect(await readdir(join(dataDir, "tools"))).not.toContainEqual(expect.stringContaining(".new-"));
  });

  it.each<[string, string, string, () => Promise<Environment>]>([
    ["no Python", "python_not_found", "Install Python", () => only({})],
    [
      "no network",
      "package_index_unreachable",
      "network",
      async () => withoutNetwork(await only({ python3: await realPython() })),
    ],
  ])("says what to do with %s, and leaves nothing half-made", async (_, code, next, environment) => {
    await expect(uvExecutable(options(await environment()))).rejects.toMatchObject({
      code,
      message: expect.stringContaining("uv 0.13.9"),
      next: expect.stringContaining(next),
    });
    expect((await readdir(join(dataDir, "tools"))).filter((name) => !name.endsWith(".lock"))).toEqual([]);
  });

  it("says what to do with a Python without pip", async () => {
    await run(await realPython(), ["-m", "venv", "--without-pip", join(folder, "bare")]);
    const bare = await script("python", `exec "${join(folder, "bare", "bin", "python3")}" "$@"`);
    await expect(uvExecutable(options(await only({ python3: bare })))).rejects.toMatchObject({
      code: "pip_not_found",
      next: expect.stringContaining("ensurepip"),
    });
  });

  it("stops when cancelled", async () => {
    const slow = await script("slow", 'case "$*" in *--version*) exit 0;; *) exec sleep 60;; esac');
    const started = performance.now();
    const installing = uvExecutable({
      ...options(await only({ python3: slow, sleep: "/bin/sleep" })),
      signal: AbortSignal.timeout(300),
    });
    await expect(installing).rejects.toMatchObject({ code: "cancelled" });
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

const loads = async (file: string): Promise<string> => {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`load '${file}'`);
  const reader = await connection.runAndReadAll("select version(), (select platform from pragma_platform())");
  connection.closeSync();
  return reader.getRows().flat().join(" ");
};

describe("duckdbExtension", () => {
  it.each(["postgres", "sqlite"] as const)("gets %s signed for this very DuckDB, once", async (name) => {
    const environment = await only({ python3: await realPython() });
    const file = await duckdbExtension(name, options(environment));
    expect(await loads(file)).toBe(`v${duckdbVersion} ${duckdbPlatform()}`);
    expect(progress).toHaveLength(1);
    expect(await duckdbExtension(name, options(withoutNetwork(await only({}))))).toBe(file);
    expect(await readdir(join(file, ".."))).toEqual([`${name}_scanner.duckdb_extension`]);
  });

  it("takes the one that DuckDB itself has installed", async () => {
    const environment = await only({});
    const place = join(folder, ".duckdb", "extensions", `v${duckdbVersion}`, duckdbPlatform());
    await mkdir(place, { recursive: true });
    const file = join(place, "sqlite_scanner.duckdb_extension");
    await writeFile(file, "as DuckDB left it");
    expect(await duckdbExtension("sqlite", options(environment))).toBe(file);
  });

  it("is the version that package.json pins", async () => {
    const manifest = await readFile(new URL("../../../package.json", import.meta.url), "utf8");
    expect(manifest).toContain(`"@duckdb/node-api": "${duckdbVersion}-`);
  });
});

import { existsSync, readdirSync } from "node:fs";
import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { execa } from "execa";
import { expect, it } from "vitest";

import { pythonFolder } from "../../../test-support/python.ts";
import { temporaryFolder } from "../../../test-support/temporary-folder.ts";
import { buildEnvironments, createPythonRunner } from "./index.ts";

const code = `
def run(ctx):
    return [{"a": 1}]
`;
const never = new AbortController().signal;
const refused = (what: string) => () => Promise.reject(new Error(`${what} must not be asked for`));

/** A folder with a data folder of its own, in which uv's calls are counted. */
const freshFolder = async (changes: Parameters<typeof pythonFolder>[1] = {}) => {
  const data = await temporaryFolder();
  const folder = await pythonFolder(code, { dataDir: data.root, ...changes });
  const real = await folder.options.uv();
  const counting = data.path("uv");
  await writeFile(counting, `#!/bin/sh\necho "$1 $2" >> ${data.path("calls")}\nexec ${real} "$@"\n`);
  await chmod(counting, 0o755);
  const options = { ...folder.options, uv: () => Promise.resolve(counting) };
  return {
    folder,
    data,
    options,
    calls: async () =>
      existsSync(data.path("calls")) ? (await readFile(data.path("calls"), "utf8")).trim().split("\n") : [],
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]();
      await data[Symbol.asyncDispose]();
    },
  };
};

it("builds an environment once for concurrent callers and uses it without uv or a search for Python", async () => {
  await using fresh = await freshFolder();
  const { folder, options, calls } = fresh;
  const body = folder.body();
  await using first = createPythonRunner(options);
  await using second = createPythonRunner(options);
  const built = await Promise.all([
    first.ensure(body, never, folder.log),
    first.ensure(body, never, folder.log),
    second.ensure(body, never, folder.log),
  ]);
  expect(new Set(built.map(({ interpreter }) => interpreter)).size).toBe(1);
  expect((await calls()).filter((call) => call.startsWith("venv"))).toHaveLength(1);
  expect(folder.lines.map(({ text }) => text)).toContainEqual(expect.stringMatching(/Building the Python environment/));
  expect(built[0]?.packages).toMatchObject({ duckdb: "1.5.5", pyarrow: expect.any(String) });

  await using later = createPythonRunner({ ...options, uv: refused("uv"), interpreter: refused("Python") });
  const environment = await later.ensure(body, never, folder.log);
  expect(environment).toEqual(built[0]);
  expect((await later.run(folder.job(), environment, never, folder.log)).rows).toBe(1);

  const before = process.cpuUsage();
  for (let i = 0; i < 1000; i += 1) await later.resolve(body, never);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(0.15);
});

it("builds a half-built environment anew", async () => {
  await using fresh = await freshFolder();
  const { folder, options, data } = fresh;
  await using runner = createPythonRunner(options);
  const { envHash } = await runner.resolve(folder.body(), never);
  await data.write({ [`envs/${envHash}/bin/python`]: "not a program", [`envs/${envHash}.building`]: "" });
  const environment = await runner.ensure(folder.body(), never, folder.log);
  expect((await runner.run(folder.job(), environment, never, folder.log)).rows).toBe(1);
  expect(readdirSync(data.path("envs")).filter((name) => name.endsWith(".building"))).toEqual([]);
});

it("gives up a build when its callers cancel, and the next one succeeds", async () => {
  await using fresh = await freshFolder();
  const { folder, options } = fresh;
  await using runner = createPythonRunner(options);
  const body = folder.body();
  await runner.resolve(body, never);
  const cancel = new AbortController();
  const building = runner.ensure(body, cancel.signal, (_, text) => {
    if (text.startsWith("Building")) setTimeout(() => cancel.abort(), 300);
  });
  await expect(building).rejects.toMatchObject({ code: "cancelled" });
  await runner.ensure(body, never, folder.log);
});

it("keeps one caller's build when another cancels", async () => {
  await using fresh = await freshFolder();
  const { folder, options, calls } = fresh;
  await using runner = createPythonRunner(options);
  const cancel = new AbortController();
  const leaving = runner.ensure(folder.body(), cancel.signal, folder.log);
  const staying = runner.ensure(folder.body(), never, folder.log);
  setTimeout(() => cancel.abort(), 200);
  await expect(leaving).rejects.toMatchObject({ code: "cancelled" });
  await staying;
  expect((await calls()).filter((call) => call.startsWith("venv"))).toHaveLength(1);
});

it("writes a lock of exact versions and hashes without an address, and uses an existing one as it is", async () => {
  await using fresh = await freshFolder();
  const { folder, options, calls } = fresh;
  const own = { ...options, locksDir: undefined };
  await using runner = createPythonRunner(own);
  const body = folder.body({ dependencies: ["pandas>=2"] });
  const made = await runner.resolve(body, never);
  const [name = ""] = readdirSync(folder.path("locks"));
  expect(name).toMatch(/^pandas\.[0-9a-f]{8}\.lock\.txt$/);
  const lock = await folder.read(`locks/${name}`);
  expect(lock).toContain("# requires pandas>=2");
  expect(lock).toMatch(/^pandas==[\d.]+ \\\n {4}--hash=sha256:[0-9a-f]{64}/m);
  expect(lock).not.toMatch(/:\/\/|index-url|find-links/);
  const locked = await calls();

  await folder.write({ [`locks/${name}`]: lock.replace(/^pandas==[\d.]+/m, "pandas==2.2.3") });
  const edited = await runner.resolve(body, never);
  expect(edited.packages["pandas"]).toBe("2.2.3");
  expect(edited.envHash).not.toBe(made.envHash);
  expect(await calls()).toEqual(locked);

  const other = await runner.resolve(folder.body({ dependencies: ["pandas>=2.1"] }), never);
  expect(other.envHash).not.toBe(made.envHash);
  expect(readdirSync(folder.path("locks"))).toHaveLength(2);
});

it("gives another environment to another lock and the same to the same", async () => {
  await using folder = await pythonFolder(code);
  const one = await folder.runner.resolve(folder.body(), never);
  const same = await folder.runner.resolve(folder.body({ file: "other.py" }), never);
  const other = await folder.runner.resolve(folder.body({ dependencies: ["pandas"] }), never);
  expect(same.envHash).toBe(one.envHash);
  expect(other.envHash).not.toBe(one.envHash);
});

it("builds from uv's cache without network", async () => {
  await using warm = await pythonFolder(code);
  await warm.runner.ensure(warm.body(), never, warm.log);
  await using fresh = await freshFolder({ environment: { ...process.env, UV_OFFLINE: "1" } });
  const { folder, options } = fresh;
  await using runner = createPythonRunner(options);
  const environment = await runner.ensure(folder.body(), never, folder.log);
  expect((await runner.run(folder.job(), environment, never, folder.log)).rows).toBe(1);
});

it.each([
  [["no-such-package-of-headrace-tests==1"], "python_lock_failed", /no-such-package/],
  [["pandas==3.1.1", "numpy<1.20"], "python_lock_failed", /pandas==3\.1\.1/],
  [["pandas @ file:///tmp/pandas"], "python_requirement_invalid", /file:\/\/\/tmp/],
  [["-r other.txt"], "python_requirement_invalid", /-r other/],
  [["pandas --index-url x"], "python_requirement_invalid", /--index-url/],
] as const)("answers the requirements %j with %s", async (dependencies, expected, message) => {
  await using folder = await pythonFolder(code, { locksDir: undefined });
  const locking = folder.runner.resolve(folder.body({ dependencies }), never);
  await expect(locking).rejects.toMatchObject({ code: expected, message: expect.stringMatching(message) });
  expect(existsSync(folder.path("locks"))).toBe(false);
});

it("tells that the registry cannot be reached", async () => {
  await using cache = await temporaryFolder();
  const environment = {
    ...process.env,
    UV_CACHE_DIR: cache.root,
    UV_DEFAULT_INDEX: "http://127.0.0.1:9/simple",
    UV_HTTP_RETRIES: "0",
  };
  await using folder = await pythonFolder(code, { locksDir: undefined, environment });
  await expect(folder.runner.resolve(folder.body(), never)).rejects.toMatchObject({
    code: "python_packages_unreachable",
  });
});

it("refuses a damaged lock", async () => {
  await using folder = await pythonFolder(code, { locksDir: undefined });
  await folder.runner.resolve(folder.body(), never);
  const [name = ""] = readdirSync(folder.path("locks"));
  await folder.write({ [`locks/${name}`]: "<<<<<<< HEAD\n" });
  await expect(folder.runner.resolve(folder.body(), never)).rejects.toMatchObject({ code: "python_lock_damaged" });
});

it("never builds or locks in provisioned mode, and names the hash that is missing", async () => {
  await using fresh = await freshFolder();
  const { folder, options, calls, data } = fresh;
  const settings = { mode: "provisioned", interpreter: null, dependencies: [] } as const;
  await using unlocked = createPythonRunner({ ...options, settings, locksDir: undefined });
  await expect(unlocked.resolve(folder.body(), never)).rejects.toMatchObject({ code: "python_lock_missing" });

  await using runner = createPythonRunner({ ...options, settings });
  await using managed = createPythonRunner(options);
  const { envHash } = await managed.resolve(folder.body(), never);
  const before = await calls();
  const missing = {
    code: "environment_missing",
    message: expect.stringContaining(envHash),
    next: expect.stringContaining("headrace env build"),
  };
  await expect(runner.ensure(folder.body(), never, folder.log)).rejects.toMatchObject(missing);
  expect(await calls()).toEqual(before);

  const [built] = await buildEnvironments({ ...options, settings }, [folder.body(), folder.body()], never, folder.log);
  expect(built?.envHash).toBe(envHash);
  const environment = await runner.ensure(folder.body(), never, folder.log);
  expect((await runner.run(folder.job(), environment, never, folder.log)).rows).toBe(1);

  // Made by other means, it has no mark of ours.
  await rm(data.path("envs", envHash, "headrace-complete.json"));
  expect((await runner.resolve(folder.body(), never)).envHash).toBe(envHash);
});

it("runs nodes in an interpreter of the person's own", async () => {
  await using prepared = await pythonFolder(code);
  const { interpreter } = await prepared.runner.ensure(prepared.body(), never, prepared.log);
  const settings = { mode: "managed", interpreter, dependencies: [] } as const;
  await using folder = await pythonFolder(code, { settings, uv: refused("uv"), interpreter: refused("Python") });
  const { envHash, packages } = await folder.runner.resolve(folder.body(), never);
  expect(packages).toMatchObject({ duckdb: "1.5.5" });
  expect(envHash).toMatch(/^[0-9a-f]{64}$/);
  expect((await folder.run()).rows).toBe(1);
});

it("names what a person's own interpreter lacks", async () => {
  await using base = await pythonFolder(code);
  const interpreter = await base.options.interpreter();
  await using data = await temporaryFolder();
  await execa(await base.options.uv(), ["venv", "--quiet", "--no-project", "--python", interpreter, data.path("bare")]);
  const settings = { mode: "managed", interpreter: data.path("bare/bin/python"), dependencies: [] } as const;
  await using folder = await pythonFolder(code, { settings });
  const missing = { code: "python_runtime_missing", message: expect.stringContaining("duckdb, pytz, pyarrow") };
  await expect(folder.runner.resolve(folder.body(), never)).rejects.toMatchObject(missing);
  await using nowhere = await pythonFolder(code, { settings: { ...settings, interpreter: "./no/python" } });
  await expect(nowhere.runner.resolve(folder.body(), never)).rejects.toMatchObject({
    code: "python_interpreter_unusable",
  });
});

it("follows the project's own uv.lock in uv-run mode and never changes it", async () => {
  const settings = { mode: "uv-run", interpreter: null, dependencies: [] } as const;
  await using folder = await pythonFolder(code, { settings });
  await expect(folder.runner.resolve(folder.body(), never)).rejects.toMatchObject({ code: "python_uv_lock_missing" });
  const project = '[project]\nname = "it"\nversion = "1"\nrequires-python = ">=3.10"\ndependencies = [DEPENDENCIES]\n';
  const uv = await folder.options.uv();
  const lockWith = async (dependencies: string) => {
    await folder.write({ "pyproject.toml": project.replace("DEPENDENCIES", dependencies) });
    await execa(uv, ["lock", "--quiet"], { cwd: folder.root });
  };
  await lockWith("");
  await expect(folder.runner.resolve(folder.body(), never)).rejects.toMatchObject({ code: "python_runtime_missing" });

  await lockWith('"duckdb==1.5.5", "pyarrow==25.0.1", "pytz"');
  const lock = await folder.read("uv.lock");
  const before = await folder.runner.resolve(folder.body(), never);
  expect((await folder.run()).rows).toBe(1);
  expect(await folder.read("uv.lock")).toBe(lock);
  expect((await folder.runner.ensure(folder.body(), never, folder.log)).interpreter).toContain(
    join(folder.root, ".venv"),
  );
  await folder.write({ "uv.lock": `${lock}\n` });
  expect((await folder.runner.resolve(folder.body(), never)).envHash).not.toBe(before.envHash);
});

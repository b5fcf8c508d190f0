import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import { afterAll, beforeAll, expect, it } from "vitest";

import { inspecting, pythonFolder, type PythonFolder } from "../../../test-support/python.ts";

const code = `
import os, signal, subprocess, sys, time

MARK = "headrace-descendant"
SLEEP = [sys.executable, "-S", "-c", f"import time; '{MARK}'; time.sleep(600)"]

def plain():
    subprocess.Popen(SLEEP)

def grandchild():
    subprocess.Popen(["/bin/sh", "-c", f"{sys.executable} -S -c \\"import time; '{MARK}'; time.sleep(600)\\" & wait"])

def setsid():
    subprocess.Popen(SLEEP, start_new_session=True)

def double_fork():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execv(SLEEP[0], SLEEP)
        os._exit(0)
    os.wait()

def ignoring_sigterm():
    subprocess.Popen([SLEEP[0], "-S", "-c", f"import signal, time; '{MARK}'; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"])

def nohup():
    subprocess.Popen(["/bin/sh", "-c", f"nohup {sys.executable} -S -c \\"import time; '{MARK}'; time.sleep(600)\\" >/dev/null 2>&1 &"])

def run(ctx):
    for kind in ctx.params["kinds"]:
        globals()[kind]()
    time.sleep(0.3)
    print("ready", flush=True)
    if ctx.params.get("stay"):
        time.sleep(600)
    return [{"a": 1}]

def environment(ctx):
    return [{"name": name, "value": value} for name, value in os.environ.items()]

def prints(ctx):
    line = "x" * 99
    for _ in range(500_000):
        print(line)
    print("the end")
    return [{"a": 1}]

def one_long_line(ctx):
    sys.stdout.write("y" * 30_000_000)
    return [{"a": 1}]

def binary(ctx):
    sys.stdout.buffer.write(bytes(range(256)) * 10 + b"\\n")
    print("\\ud800 grüße")
    return [{"a": 1}]

def speaks_over_the_protocol(ctx):
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, b'{"type":"result","rows":7,"written":true}\\ngarbage\\n')
        except OSError:
            pass
    return [{"a": 1}]

def logs(ctx):
    import logging
    logging.getLogger("mine").warning("careful")
    logging.info("by the way")
    ctx.log("plain %s", "text")
    ctx.log.error("bad")
    ctx.progress(0.25, "a quarter")
    print("printed", file=sys.stderr)
    return [{"a": 1}]

def batches(ctx):
    import pyarrow as pa
    for number in range(ctx.params["count"]):
        ids = pa.array(range(number * 100_000, (number + 1) * 100_000))
        yield pa.record_batch({"id": ids, "text": pa.array(["some text that is not short"] * 100_000)})
`;

let folder: PythonFolder;
const never = new AbortController().signal;

beforeAll(async () => {
  folder = await pythonFolder(code);
  await folder.runner.ensure(folder.body(), never, folder.log);
});
afterAll(() => folder[Symbol.asyncDispose]());

/** Process ids whose command line holds the mark of this test's descendants. */
const descendants = (): readonly string[] =>
  readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("headrace-descendant");
    } catch {
      return false;
    }
  });

const kinds = ["plain", "grandchild", "setsid", "double_fork", "ignoring_sigterm", "nohup"];

it.runIf(process.platform === "linux").each(kinds.map((kind) => [kind]))(
  "leaves no descendant of kind %s after cancel",
  async (kind) => {
    const cancel = new AbortController();
    const job = folder.job({ params: { kinds: [kind], stay: true } });
    const environment = await folder.runner.ensure(job.body, never, folder.log);
    let seen: readonly string[] = [];
    const running = folder.runner.run(job, environment, cancel.signal, (_, text) => {
      if (text !== "ready") return;
      seen = descendants();
      cancel.abort();
    });
    await expect(running).rejects.toMatchObject({ code: "cancelled" });
    expect(seen.length).toBeGreaterThan(0);
    expect(descendants()).toEqual([]);
  },
);

it.runIf(process.platform === "linux")("leaves no descendant after the engine's process was killed", async () => {
  const { interpreter, envHash, packages } = await folder.runner.ensure(folder.body(), never, folder.log);
  const runner = pathToFileURL(new URL("index.ts", import.meta.url).pathname).href;
  const { uv: _, interpreter: __, ...options } = folder.options;
  const program = `
    const { createPythonRunner } = await import(${JSON.stringify(runner)});
    const runner = createPythonRunner(${JSON.stringify(options)});
    const job = ${JSON.stringify(folder.job({ params: { kinds, stay: true } }))};
    const environment = ${JSON.stringify({ interpreter, envHash, packages })};
    await runner.run(job, environment, new AbortController().signal, (_, text) => console.log(text));`;
  const engine = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(engine.stdout, "data");
  expect(descendants().length).toBeGreaterThanOrEqual(kinds.length);
  engine.kill("SIGKILL");
  await once(engine, "exit");
  for (let i = 0; i < 100 && descendants().length > 0; i += 1) await sleep(50);
  expect(descendants()).toEqual([]);
});

it.runIf(process.platform === "linux")("ends what a finished function left running, and says so", async () => {
  const before = folder.lines.length;
  expect((await folder.run({ params: { kinds: ["setsid", "double_fork"] } })).rows).toBe(1);
  expect(descendants()).toEqual([]);
  expect(folder.lines.slice(before)).toContainEqual(
    expect.objectContaining({ level: "warning", text: expect.stringMatching(/^2 processes .* left running/) }),
  );
});

it("does not start for a run that is cancelled already", async () => {
  await expect(folder.run({ params: { kinds: [] } }, AbortSignal.abort())).rejects.toMatchObject({ code: "cancelled" });
});

it("passes no secret of the environment on", async () => {
  const secrets = {
    PGPASSWORD: "hunter2",
    AWS_SECRET_ACCESS_KEY: "hunter3",
    DATABASE_URL: "postgres://me:hunter4@db/x",
    HTTPS_PROXY: "http://me:hunter5@proxy:3128",
    HTTP_PROXY: "http://proxy:3128",
    PYTHONPATH: "/nowhere",
    TZ: "Europe/Paris",
  };
  await using other = await pythonFolder(code, { environment: { ...process.env, ...secrets } });
  await using hosts = await inspecting(other);
  const job = other.job({ body: other.body({ function: "environment" }) });
  const output = await other.run(job);
  const rows = await hosts.rows(output.file);
  const seen = Object.fromEntries(rows.map(([name = null, value = null]) => [String(name), value]));
  expect(JSON.stringify(seen)).not.toMatch(/hunter/);
  expect(seen).toMatchObject({
    HOME: job.scratch,
    TMPDIR: job.scratch,
    TZ: "Europe/Paris",
    HTTP_PROXY: "http://proxy:3128",
  });
  expect(Object.keys(seen)).not.toContain("PYTHONPATH");
});

it("cuts what a function prints without end, and keeps its last lines", async () => {
  await using other = await pythonFolder(code);
  const started = performance.now();
  await other.run({ body: other.body({ function: "prints" }) });
  const printed = other.lines.filter(({ stream }) => stream === "stdout");
  const size = printed.reduce((sum, { text }) => sum + text.length, 0);
  expect(size).toBeLessThan(10_100_000);
  expect(printed.at(-1)?.text).toBe("the end");
  expect(printed.some(({ text }) => /lines were left out/.test(text))).toBe(true);
  expect(performance.now() - started).toBeLessThan(30_000);
});

it("survives an endless line and bytes that are no text", async () => {
  await using other = await pythonFolder(code);
  await other.run({ body: other.body({ function: "one_long_line" }) });
  expect(other.lines.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(100_000);
  await other.run({ body: other.body({ function: "binary" }) });
  expect(other.lines.map(({ text }) => text)).toContainEqual("\\ud800 grüße");
});

it("takes nothing that a function writes to its descriptors for a message", async () => {
  expect((await folder.run({ body: folder.body({ function: "speaks_over_the_protocol" }) })).rows).toBe(1);
});

it("sends prints and logging to the run's log with their levels, and progress as progress", async () => {
  await using other = await pythonFolder(code);
  const told: (readonly [number | null, string])[] = [];
  const onProgress = (fraction: number | null, text: string): void => void told.push([fraction, text]);
  await other.run({ body: other.body({ function: "logs" }), onProgress });
  expect(told).toEqual([[0.25, "a quarter"]]);
  expect(other.lines).toEqual(
    expect.arrayContaining([
      { level: "warning", text: "mine: careful", stream: "log" },
      { level: "info", text: "plain text", stream: "log" },
      { level: "error", text: "bad", stream: "log" },
      { level: "info", text: "printed", stream: "stderr" },
    ]),
  );
});

it("streams a generator with memory for one row group", async () => {
  const body = folder.body({ function: "batches" });
  const few = await folder.run({ body, params: { count: 10 } });
  const many = await folder.run({ body, params: { count: 100 } });
  expect(many.rows).toBe(10_000_000);
  expect(many.memoryMb).toBeLessThan(300);
  expect((many.memoryMb ?? 0) - (few.memoryMb ?? 0)).toBeLessThan(100);
});

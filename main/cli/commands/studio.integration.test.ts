import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { temporaryFolder } from "../../../test-support/temporary-folder.ts";
import { testDataDir } from "../../../test-support/temporary-project.ts";

const entry = fileURLToPath(new URL("../main.ts", import.meta.url));
const builder = fileURLToPath(new URL("../../../scripts/build-renderer.ts", import.meta.url));
const children: ChildProcess[] = [];
// The window's files have to be there to be served.
beforeAll(() => void spawnSync(process.execPath, [builder, "--if-changed"]));
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

interface Started {
  readonly child: ChildProcess;
  /** What it printed until it served, or ended. */
  readonly output: string;
  readonly url: string | null;
  readonly exit: Promise<number | null>;
}

const start = async (cwd: string, ...args: readonly string[]): Promise<Started> => {
  const env = { ...process.env, HEADRACE_HOME: testDataDir, NO_COLOR: "1" };
  const child = spawn(process.execPath, [entry, "studio", "--no-open", ...args], { cwd, env });
  children.push(child);
  const exit = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  let output = "";
  const url = await new Promise<string | null>((resolve) => {
    const read = (data: Buffer): void => {
      output += String(data);
      const [, found] = /(http:\/\/\S+)[^]*Ctrl-C/.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("close", () => resolve(null));
  });
  return { child, output, url, exit };
};

describe("headrace studio", () => {
  it("prints an address that works on this machine alone, and ends with Ctrl-C", async () => {
    await using folder = await temporaryFolder({ "headrace.yml": "name: shop\n", "pipelines/x/.keep": "" });
    const studio = await start(folder.path("pipelines/x"));
    expect(studio.output).toContain(`Headrace's studio on ${folder.root}`);
    const url = new URL(studio.url ?? "");
    expect(url.hostname).toBe("127.0.0.1");
    expect((await fetch(url.origin)).status).toBe(401);
    expect((await fetch(url)).status).toBe(200);
    studio.child.kill("SIGINT");
    expect(await studio.exit).toBe(0);
  });

  it("has the same address the next time, and another while that one is taken", async () => {
    await using folder = await temporaryFolder({ "headrace.yml": "name: shop\n" });
    const first = await start(folder.root);
    const beside = await start(folder.root);
    const origins = [first, beside].map(({ url }) => new URL(url ?? "").origin);
    expect(new Set(origins).size).toBe(2);
    for (const { child, exit } of [first, beside]) {
      child.kill("SIGINT");
      expect(await exit).toBe(0);
    }
    const again = await start(folder.root);
    expect(new URL(again.url ?? "").origin).toBe(origins[0]);
    expect(again.url).not.toBe(first.url);
  });

  it("starts without a project, on the port that was asked for", async () => {
    await using folder = await temporaryFolder({});
    const first = await start(folder.root);
    expect(first.output).toContain("Headrace's studio:");
    const { port } = new URL(first.url ?? "");
    const second = await start(folder.root, "--port", port);
    expect(await second.exit).toBe(2);
    expect(second.output).toContain(`Port ${port} is in use`);
  });

  it("refuses a folder that is no project, and says what to do", async () => {
    await using folder = await temporaryFolder({ "plain/x": "" });
    const studio = await start(folder.root, join(folder.root, "plain"));
    expect(await studio.exit).toBe(2);
    expect(studio.output).toMatch(/no headrace.yml[^]*headrace init/);
  });
});

// The desktop in real Electrons, each where it can be had: the product's own, and an older one that shows that the shell
// starts, talks and closes. Ends with one line of totals; what could not be tried is counted as skipped.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { env, execPath, platform } from "node:process";

import { z } from "zod";

import { findElectron } from "./find-electron.ts";
import { capture, root, tool } from "./run-steps.ts";

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const failure: Totals = { passed: 0, failed: 1, skipped: 0 };
const specs = join(root, "e2e/electron/desktop.spec.ts");
const reportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});
const preparedSchema = z.union([z.object({ program: z.string(), app: z.string() }), z.object({ reason: z.string() })]);

/** A screen of their own for the windows, on machines that have none. */
const screen = (): readonly string[] | null => {
  if (platform !== "linux" || env["DISPLAY"]) return [];
  const find = (): boolean => spawnSync("which", ["xvfb-run"], { stdio: "ignore" }).status === 0;
  if (!find() && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Xvfb …");
    const options = { stdio: "ignore", env: { ...env, DEBIAN_FRONTEND: "noninteractive" } } as const;
    spawnSync("apt-get", ["update", "-qq"], options);
    for (const wanted of [["xvfb", "xauth"], libraries]) {
      spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...wanted], options);
    }
  }
  return find() ? ["xvfb-run", "-a", "-s", "-screen 0 1760x1080x24"] : null;
};
/** What Electron is linked against and a bare system may lack. */
const libraries = ["libgtk-3-0", "libnss3", "libasound2", "libgbm1", "libxss1"];

/** How many tests there are, for those that cannot run. */
const countOfSpecs = async (): Promise<number> => (await readFile(specs, "utf8")).match(/^test\(/gm)?.length ?? 0;

const skip = async (why: string): Promise<Totals> => {
  console.log(`Skipped: ${why}.`);
  return { passed: 0, failed: 0, skipped: await countOfSpecs() };
};

const runSpecs = async (name: string, given: Readonly<Record<string, string>>): Promise<Totals> => {
  console.log(`\n── desktop in ${name}`);
  const display = screen();
  if (display === null) return skip("there is no display, and no xvfb-run to make one");
  const report = join(root, `test-results/${name}.json`);
  await rm(report, { force: true });
  Object.assign(env, given, { HEADRACE_TEST_REPORT: report });
  const config = join(root, "e2e/electron/playwright.config.ts");
  const { code } = await capture([
    ...display,
    ...tool("@playwright/test/cli.js", "test", "-c", config, ...process.argv.slice(2)),
  ]);
  for (const key of Object.keys(given)) delete env[key];
  if (!existsSync(report)) return failure;
  const { stats } = reportSchema.parse(JSON.parse(await readFile(report, "utf8")));
  const failed = stats.unexpected;
  if (stats.flaky > 0) console.log(`\nTried again before they passed: ${stats.flaky} (the list above marks them).`);
  const passed = stats.expected + stats.flaky;
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1), skipped: stats.skipped };
};

/** The product's own Electron. */
const present = async (): Promise<Totals> => {
  const { code } = await capture([execPath, join(root, "scripts/build-desktop.ts")]);
  if (code !== 0) return failure;
  const program = findElectron();
  if (program === null) return skip("Electron 45 is not installed here (`npx install-electron` fetches it)");
  return runSpecs("electron", { HEADRACE_TEST_ELECTRON: program });
};

/** The older one. */
const older = async (): Promise<Totals> => {
  screen();
  const { code, output } = await capture([execPath, join(root, "e2e/electron/old/prepare.ts")]);
  if (code !== 0) return failure;
  const prepared = preparedSchema.parse(JSON.parse(output.trim().split("\n").at(-1) ?? ""));
  if ("reason" in prepared) return skip(`the older Electron cannot be had (${prepared.reason})`);
  return runSpecs("older-electron", {
    HEADRACE_TEST_ELECTRON: prepared.program,
    HEADRACE_TEST_APP: prepared.app,
  });
};

await mkdir(join(root, "test-results"), { recursive: true });
const parts = [await present(), await older()];
const sum = (key: keyof Totals): number => parts.reduce((total, part) => total + part[key], 0);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
process.exitCode = sum("failed") === 0 ? 0 : 1;

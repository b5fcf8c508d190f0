// The studio in a real browser: builds the window when it changed, then runs every spec; ends with one line of totals.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { root, run, tool } from "./run-steps.ts";

const browsers = [process.env["HEADRACE_CHROMIUM"], "/usr/bin/chromium", "/usr/bin/google-chrome"];
const findBrowser = (): string | null => browsers.find((path) => path !== undefined && existsSync(path)) ?? null;

/** Debian's Chromium, where this may install it. */
function installBrowser(): void {
  const mayInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (!mayInstall) return;
  console.log("Installing Chromium …");
  const options = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], options);
}

const reportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

async function totals(code: number, file: string): Promise<string> {
  if (!existsSync(file)) return "0 passed, 1 failed, 0 skipped";
  const { stats, errors } = reportSchema.parse(JSON.parse(await readFile(file, "utf8")));
  const failed = stats.unexpected + errors.length;
  const counted = code === 0 ? failed : Math.max(failed, 1);
  if (stats.flaky > 0) console.log(`\nTried again before they passed: ${stats.flaky} (the list above marks them).`);
  return `${stats.expected + stats.flaky} passed, ${counted} failed, ${stats.skipped} skipped`;
}

async function main(): Promise<number> {
  if (findBrowser() === null) installBrowser();
  if (findBrowser() === null) {
    console.log("The studio's tests need a Chromium: install one, or name it in HEADRACE_CHROMIUM.");
    console.log("\n0 passed, 0 failed, 1 skipped");
    return 0;
  }
  const built = await run([process.execPath, join(root, "scripts/build-renderer.ts"), "--if-changed"]);
  if (built !== 0) {
    console.log("\n0 passed, 1 failed, 0 skipped");
    return built;
  }
  const report = join(root, "test-results/e2e.json");
  await mkdir(join(root, "test-results"), { recursive: true });
  await rm(report, { force: true });
  const code = await run(
    tool("@playwright/test/cli.js", "test", "-c", "e2e/playwright.config.ts", ...process.argv.slice(2)),
  );
  console.log(`\n${await totals(code, report)}`);
  return code;
}

process.exitCode = await main();

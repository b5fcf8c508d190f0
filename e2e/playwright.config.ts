import { existsSync } from "node:fs";

import { defineConfig } from "@playwright/test";

/** The system's own Chromium where there is one; HEADRACE_CHROMIUM names another. */
const chromium = [process.env["HEADRACE_CHROMIUM"], "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
);
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "specs",
  outputDir: "../test-results/e2e",
  // Two windows at once on two cores is as many as stay quick.
  workers: 2,
  fullyParallel: true,
  // What is waited for comes when it comes: on a shared machine a second of work may take half a minute.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // A shared machine may stop for seconds: there a spec that fails is tried again, and the totals say which needed it.
  retries: process.env["CI"] === undefined ? 0 : 2,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"], ["json", { outputFile: "../test-results/e2e.json" }]],
  use: {
    viewport: { width: 1600, height: 1000 },
    trace: "retain-on-failure",
    // What cannot be clicked fails with its reason, long before the test does.
    actionTimeout: 30_000,
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: [
        ...(isRoot ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--no-first-run",
        "--no-default-browser-check",
      ],
    },
  },
  projects: [{ name: "web" }],
});

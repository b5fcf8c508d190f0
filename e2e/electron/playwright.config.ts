import { defineConfig } from "@playwright/test";

// Started by scripts/desktop-tests.ts, which says with which Electron.
export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results/electron",
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // As in the browser: tried again on a shared machine, and counted as such.
  retries: process.env["CI"] === undefined ? 0 : 2,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [
    ["list"],
    ["json", { outputFile: process.env["HEADRACE_TEST_REPORT"] ?? "../../test-results/electron.json" }],
  ],
});

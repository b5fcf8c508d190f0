import { defineConfig } from "@playwright/test";

// Started by scripts/desktop-tests.ts, which says with which Electron.
export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results/electron",
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [
    ["list"],
    ["json", { outputFile: process.env["HEADRACE_TEST_REPORT"] ?? "../../test-results/electron.json" }],
  ],
});

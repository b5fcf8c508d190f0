import { defineConfig } from "vitest/config";

// A shared machine may stop for seconds: there a test that fails is tried once more, and the report marks it.
const retry = process.env["CI"] === undefined ? 0 : 1;
const ignored = ["**/node_modules/**", "out/**", ".tsc/**", "**/target/**"];

// `unit` needs nothing but Node; `integration` starts DuckDB hosts, PostgreSQL and Python for real.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          retry,
          environment: "node",
          include: ["**/*.test.ts"],
          exclude: ["**/*.integration.test.ts", ...ignored],
          maxWorkers: 2,
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "integration",
          retry,
          environment: "node",
          include: ["**/*.integration.test.ts"],
          exclude: ignored,
          globalSetup: ["test-support/global-setup.ts"],
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // What is waited for may be far away on a busy machine.
          expect: { poll: { timeout: 20_000 } },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});

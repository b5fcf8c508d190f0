// `npm test`: unit and integration tests, the Python package's own, then the studio in a browser and in the desktop's
// window; ends with one line of totals.
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { z } from "zod";

import { capture, root, run, tool } from "./run-steps.ts";

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const failure: Totals = { passed: 0, failed: 1, skipped: 0 };

async function vitestTotals(args: readonly string[]): Promise<Totals> {
  const folder = await mkdtemp(join(tmpdir(), "headrace-report-"));
  const file = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = await run(tool("vitest/vitest.mjs", "run", ...reporters, ...args));
  try {
    if (!existsSync(file)) return failure;
    const report = reportSchema.parse(JSON.parse(await readFile(file, "utf8")));
    // A file that does not load has no tests of its own to count.
    const unloaded = report.testResults.filter((it) => it.status === "failed" && it.assertionResults.length === 0);
    const failed = report.numFailedTests + unloaded.length;
    return {
      passed: report.numPassedTests,
      failed: code === 0 ? failed : Math.max(failed, 1),
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Tests that are no vitest's: their script ends with the same line as this one does. */
async function scriptTotals(name: string): Promise<Totals> {
  const script = join(root, "scripts", name);
  if (!existsSync(script)) return { passed: 0, failed: 0, skipped: 0 };
  const { code, output } = await capture([process.execPath, script]);
  const match = [...output.matchAll(/(\d+) passed, (\d+) failed, (\d+) skipped/g)].at(-1);
  if (match === undefined) return failure;
  const [passed = 0, failed = 0, skipped = 0] = match.slice(1).map(Number);
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1), skipped };
}

const parts = [
  await vitestTotals(process.argv.slice(2)),
  await scriptTotals("python-tests.ts"),
  await scriptTotals("e2e-tests.ts"),
  await scriptTotals("desktop-tests.ts"),
];
const sum = (key: keyof Totals): number => parts.reduce((total, part) => total + part[key], 0);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
process.exitCode = sum("failed") === 0 && sum("passed") > 0 ? 0 : 1;

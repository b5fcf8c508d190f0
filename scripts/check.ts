// `npm run check`: everything a machine can judge without a server, in the order that fails soonest.
import { run, tool } from "./run-steps.ts";

const steps = {
  format: tool("oxfmt/bin/oxfmt", "--check"),
  lint: tool("oxlint/bin/oxlint", "--type-aware"),
  types: tool("typescript/bin/tsc", "-b"),
  "unused code": tool("knip/bin/knip.js"),
  "unit tests": tool("vitest/vitest.mjs", "run", "--project", "unit"),
};

const failed: string[] = [];
for (const [name, command] of Object.entries(steps)) {
  console.log(`\n── ${name}`);
  if ((await run(command)) !== 0) failed.push(name);
}
console.log(failed.length === 0 ? "\nAll checks passed." : `\nFailed: ${failed.join(", ")}.`);
process.exitCode = failed.length === 0 ? 0 : 1;

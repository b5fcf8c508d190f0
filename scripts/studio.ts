// `npm run studio [-- options]`: the studio on the flights example, its window built first when it changed.
import { join } from "node:path";

import { root, run } from "./run-steps.ts";

const script = (name: string, ...args: readonly string[]): readonly string[] => [
  process.execPath,
  join(root, name),
  ...args,
];

const built = await run(script("scripts/build-renderer.ts", "--if-changed"));
// Both get the terminal's Ctrl-C; this one waits for the studio's own end.
process.on("SIGINT", () => undefined);
process.exitCode =
  built === 0
    ? await run(script("main/cli/main.ts", "studio", "examples/nyc-flights", "--trust", ...process.argv.slice(2)))
    : built;

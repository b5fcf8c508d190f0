// `npm run build` (and `prepack`): bundles the terminal program into out/cli, with the entries of the processes it
// starts beside it, since they are found there.
import { chmod, copyFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { build } from "rolldown";

import { root } from "./run-steps.ts";

const folder = join(root, "out/cli");

await rm(folder, { recursive: true, force: true });
await build({
  cwd: root,
  input: {
    main: "main/cli/main.ts",
    "sql-host-process": "main/engine/duckdb/sql-host-process.ts",
    "connector-host-process": "main/engine/duckdb/connector-host-process.ts",
  },
  platform: "node",
  // Native parts cannot be bundled; pg asks for pg-native only where somebody installed it.
  external: [/^@duckdb\//, "pg-native", /^node:/],
  output: {
    dir: folder,
    format: "esm",
    entryFileNames: "[name].mjs",
    chunkFileNames: "[name]-[hash].mjs",
    minify: "dce-only",
  },
});
const program = join(folder, "headrace.mjs");
await copyFile(join(root, "main/cli/launch.mjs"), program);
await chmod(program, 0o755);

// `npm run build:desktop`: the window (out/renderer) and the desktop around it (out/desktop).
import { copyFile } from "node:fs/promises";
import { join } from "node:path";

import { build } from "electron-vite";

import { root, run } from "./run-steps.ts";

const code = await run([process.execPath, join(root, "scripts/build-renderer.ts"), "--if-changed"]);
if (code === 0) {
  await build({ root, configFile: join(root, "electron.vite.config.ts"), logLevel: "warn" });
  await copyFile(join(root, "main/desktop/icons/tray.png"), join(root, "out/desktop/main/tray.png"));
}
process.exitCode = code;

// `npm run build:desktop`: the window (out/renderer) and the desktop around it (out/desktop).
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { build } from "electron-vite";
import { z } from "zod";

import { root, run } from "./run-steps.ts";

const out = join(root, "out/desktop");

/** What Electron reads when it is started on the folder in development; a package has one of its own. */
const describe = async (): Promise<void> => {
  const manifest: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const { version } = z.object({ version: z.string() }).parse(manifest);
  const described = { name: "headrace-desktop", productName: "Headrace", version, main: "main/index.cjs" };
  await writeFile(join(out, "package.json"), JSON.stringify(described));
};

const code = await run([process.execPath, join(root, "scripts/build-renderer.ts"), "--if-changed"]);
if (code === 0) {
  await build({
    root,
    configFile: join(root, "electron.vite.config.ts"),
    logLevel: "error",
    ignoreConfigWarning: true,
  });
  await copyFile(join(root, "main/desktop/icons/tray.png"), join(out, "main/tray.png"));
  await describe();
}
process.exitCode = code;

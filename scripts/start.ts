// `npm start [-- folder]`: the desktop on the flights example, or the browser's tab where Electron is not there.
import { join } from "node:path";
import { argv, env, execPath, platform } from "node:process";

import { provisionRoom, trustRoom } from "../main/engine/index.ts";
import { findElectron } from "./find-electron.ts";
import { root, run } from "./run-steps.ts";

const script = (name: string, ...args: readonly string[]): readonly string[] => [execPath, join(root, name), ...args];

/** Whether there is a screen to open anything on. */
const hasDisplay = (): boolean =>
  platform === "darwin" || platform === "win32" || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);

const openWindow = async (electron: string, folders: readonly string[]): Promise<number> => {
  const built = await run(script("scripts/build-desktop.ts"));
  if (built !== 0) return built;
  // Chromium's sandbox refuses to work for root.
  const options = platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return run([electron, ...options, join(root, "out/desktop"), ...folders]);
};

const openTab = async (why: string, folders: readonly string[]): Promise<number> => {
  console.log(`${why}: the studio opens in a browser tab instead.`);
  const built = await run(script("scripts/build-renderer.ts", "--if-changed"));
  if (built !== 0) return built;
  // The example of this checkout is the checkout's own.
  const isOwn = folders.every((folder) => folder.startsWith(join(root, "examples")));
  const options = [...(isOwn ? ["--trust"] : []), ...(hasDisplay() ? [] : ["--no-open"])];
  return run(script("main/cli/main.ts", "studio", ...folders, ...options));
};

/** Whoever starts the checkout's own example has chosen to run it. */
const trust = async (folder: string): Promise<void> => {
  const [{ dataDirectory }, { trustFolder }] = await Promise.all([provisionRoom(), trustRoom()]);
  await trustFolder(dataDirectory(env), folder);
};

const main = async (): Promise<number> => {
  // Both get the terminal's Ctrl-C; this one waits for the other's end.
  process.on("SIGINT", () => undefined);
  const given = argv.slice(2);
  const demo = join(root, "examples/nyc-flights");
  if (given.length === 0) await trust(demo);
  const folders = given.length === 0 ? [demo] : given;
  const electron = findElectron();
  if (electron === null) return openTab("Electron is not installed (`npx install-electron` fetches it)", folders);
  if (!hasDisplay()) return openTab("There is no display for a window", folders);
  return openWindow(electron, folders);
};

process.exitCode = await main();

// Electron's main process begins here, and only here Electron is imported.

import { join } from "node:path";

import * as electron from "electron";

import { startDesktop } from "./start-desktop.ts";

/** Set by the build; empty in a build that has no update feed. */
declare const HEADRACE_UPDATE_FEED: string;

const built = import.meta.dirname;
const desktop = startDesktop(electron, {
  places: {
    processes: built,
    preload: join(built, "../preload/index.cjs"),
    page: join(built, "../../renderer"),
    trayIcon: join(built, "tray.png"),
  },
  argv: process.argv,
  updateFeed: HEADRACE_UPDATE_FEED,
});
process.on("uncaughtException", (thrown) => desktop?.crashed(thrown));
process.on("unhandledRejection", (thrown) => desktop?.crashed(thrown));

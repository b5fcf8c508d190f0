import { spawn } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { fileURLToPath } from "node:url";

import { _electron, type ElectronApplication, expect } from "@playwright/test";

import { StudioPage } from "../pages/studio-page.ts";

const checkout = fileURLToPath(new URL("../../", import.meta.url));

/** The Electron to test with, and what it is to run: set by scripts/desktop-tests.ts. */
const program = env["HEADRACE_TEST_ELECTRON"] ?? "";
const app = env["HEADRACE_TEST_APP"] ?? join(checkout, "out/desktop");
/** Whether that is the older Electron of the smoke test. */
export const isOld = env["HEADRACE_TEST_APP"] !== undefined;

/** The app of one test: its window, its processes, its own settings. */
export interface DesktopApp extends AsyncDisposable {
  readonly electron: ElectronApplication;
  readonly studio: StudioPage;
  /** Ids of every process of the app that is alive now, the main one first. */
  processes(): Promise<readonly number[]>;
  /** The engine's process. */
  enginePid(): Promise<number>;
  /** As the person would: every window is closed. */
  closeWindows(): Promise<void>;
  /** Starts the program once more, as a double click does; resolves when that second one has ended. */
  startAgain(...args: readonly string[]): Promise<void>;
}

const options = (args: readonly string[]): string[] => [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  // A virtual screen has no graphics card to start a process for.
  "--disable-gpu",
  ...(isOld ? [] : [app]),
  ...args,
];

const environment = (home: string): Record<string, string> => ({
  ...(env as Record<string, string>),
  HOME: home,
  XDG_CONFIG_HOME: join(home, "config"),
  HEADRACE_HOME: join(home, "data"),
  HEADRACE_TEST_NODE: execPath,
  HEADRACE_TEST_LOADER: join(checkout, "node_modules/playwright-core/lib/server/electron/loader.js"),
  HEADRACE_TEST_CHILD: join(import.meta.dirname, "old/utility-child.cjs"),
});

/** Parent, name and state of every process, from /proc. */
const allProcesses = async (): Promise<readonly { pid: number; parent: number; command: string }[]> => {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const read = async (pid: number) => {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    const [, state, parent] = /^\d+ \(.*\) (\S) (\d+)/s.exec(stat) ?? [];
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    return state === undefined || state === "Z" ? [] : [{ pid, parent: Number(parent), command }];
  };
  return (await Promise.all(pids.map(read))).flat();
};

const below = async (root: number): Promise<readonly { pid: number; command: string }[]> => {
  const all = await allProcesses();
  const found = all.filter(({ pid }) => pid === root);
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
};

/** Which of these processes are still alive. */
export const alive = async (pids: readonly number[]): Promise<readonly number[]> =>
  (await allProcesses()).map(({ pid }) => pid).filter((pid) => pids.includes(pid));

/** Starts the app with settings in `home` and waits for its window. */
export const startApp = async (home: string, ...args: readonly string[]): Promise<DesktopApp> => {
  // Without a program Playwright would ask npm's package, which would download one.
  if (program === "") throw new Error("these tests are started by scripts/desktop-tests.ts");
  const electron = await _electron.launch({
    // Playwright finds npm's Electron by itself, and then holds the app back until it watches; see old/fetch.ts.
    ...(isOld ? { executablePath: program } : {}),
    args: options(args),
    env: environment(home),
    timeout: 60_000,
  });
  const main = electron.process();
  const page = await electron.firstWindow();
  const ended = new Promise<void>((resolve) => main.once("exit", () => resolve()));
  const processes = async (): Promise<readonly number[]> => (await below(main.pid ?? -1)).map(({ pid }) => pid);
  return {
    electron,
    studio: new StudioPage(page),
    processes,
    async enginePid() {
      if (!isOld) {
        const metrics = await electron.evaluate(({ app: running }) => running.getAppMetrics());
        return metrics.find(({ serviceName, name }) => `${serviceName}${name}`.includes("headrace-engine"))?.pid ?? -1;
      }
      return (await below(main.pid ?? -1)).find(({ command }) => command.includes("engine-process"))?.pid ?? -1;
    },
    async closeWindows() {
      await electron.evaluate(({ BrowserWindow }) => {
        for (const window of BrowserWindow.getAllWindows()) window.close();
      });
    },
    async startAgain(...more) {
      const second = spawn(program, options(more), { env: environment(home), stdio: "ignore" });
      await new Promise<void>((resolve) => second.once("exit", () => resolve()));
    },
    async [Symbol.asyncDispose]() {
      const left = await processes();
      if (main.exitCode === null && main.signalCode === null) main.kill("SIGKILL");
      await ended;
      for (const pid of await alive(left)) {
        try {
          process.kill(pid, "SIGKILL");
        } catch {
          // It ended meanwhile.
        }
      }
    },
  };
};

/** Waits until the window speaks to its engine. */
export const connected = (studio: StudioPage): Promise<void> =>
  expect(studio.statusBar).toContainText("connected", { timeout: 30_000 });

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";

/** What people start. */
export const entry = join(import.meta.dirname, "..", "..", "main", "cli", "launch.mjs");
/** The window that everything is measured in. */
export const windowSize = { width: 1600, height: 1000 };

/** The system's Chromium; HEADRACE_CHROMIUM names another. */
export const startBrowser = (): Promise<Browser> => {
  const path = [process.env["HEADRACE_CHROMIUM"], "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
    (candidate) => candidate !== undefined && existsSync(candidate),
  );
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch(path === undefined ? { args } : { args, executablePath: path });
};

export interface Host extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
}

/** `headrace studio` on a project, ready to be opened; `home` is whose settings and environments it uses. */
export const startHost = async (root: string, home: string): Promise<Host> => {
  const child = spawn(process.execPath, [entry, "studio", "--no-open", "--trust"], {
    cwd: root,
    env: { ...process.env, HOME: home, HEADRACE_HOME: home, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { url: await address(child), pid: child.pid ?? 0, [Symbol.asyncDispose]: () => stopped(child) };
};

const address = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = "";
    const read = (data: Buffer): void => {
      output += String(data);
      const [found] = /http:\/\/\S+/.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", () => reject(new Error(`the studio ended before it said its address:\n${output}`)));
  });

const stopped = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });

export interface MeasuredPage {
  readonly page: Page;
  readonly session: CDPSession;
}

/** A page whose main thread is measured. */
export const measuredPage = async (browser: Browser): Promise<MeasuredPage> => {
  const page = await browser.newPage({ viewport: windowSize });
  const session = await page.context().newCDPSession(page);
  // Its own CPU time: a busy machine makes no difference.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return { page, session };
};

/** Opens the studio and waits until the pipeline is drawn and the window has time for a hand. */
export const openStudio = async (page: Page, url: string): Promise<void> => {
  await page.goto(url, { timeout: 240_000 });
  await page.locator(".canvas [role=option]").first().waitFor({ state: "attached", timeout: 240_000 });
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
};

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startDesktop } from "../../main/desktop/start-desktop.ts";
import type { ToEngine } from "../../shared/desktop/index.ts";
import { StandIn, type StandInUtility, type StandInWindow } from "./electron-stand-in.ts";

/** The desktop's shell over a stand-in for Electron, with a built page and a project in a folder of its own. */
export class TestDesktop implements Disposable {
  /** Holds `page/`, `rivers/headrace.yml` and, in `own/`, what belongs to the person. */
  readonly folder: string;
  readonly standIn: StandIn;
  /** Processes that were ended by force. */
  readonly ended: number[] = [];

  /** `folder` is another's, to start again on what that one left. */
  constructor(folder: string | null = null) {
    this.folder = folder ?? madeFolder();
    this.standIn = new StandIn(join(this.folder, "own"));
  }

  /** Starts it and waits until it shows something; whether it is the first one. */
  async start(updateFeed = ""): Promise<boolean> {
    const places = {
      processes: "/app",
      preload: "/app/preload.cjs",
      page: join(this.folder, "page"),
      trayIcon: "/app/tray.png",
    };
    const endProcess = (pid: number): void => void this.ended.push(pid);
    const started = startDesktop(this.standIn.electron, { places, updateFeed, argv: ["headrace"], endProcess });
    // What it does once Electron is ready comes in the turns that follow.
    await new Promise((resolve) => setImmediate(resolve));
    return started !== null;
  }

  get window(): StandInWindow {
    return this.standIn.windows[0]!;
  }

  get engines(): readonly StandInUtility[] {
    return this.standIn.forked.filter(({ path }) => path.endsWith("engine-process.cjs"));
  }

  get engine(): StandInUtility {
    return this.engines.at(-1)!;
  }

  /** What the present engine was told, in order. */
  get toldEngine(): readonly ToEngine[] {
    return this.engine.posted.map(({ message }) => message as ToEngine);
  }

  /** As the first window's page asks. */
  async ask(name: string, input: unknown, frame: object = {}) {
    return this.standIn.invoke(this.window, name, input, frame);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const madeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "headrace-shell-"));
  mkdirSync(join(folder, "page/assets"), { recursive: true });
  writeFileSync(join(folder, "page/index.html"), "<title>Headrace</title>");
  writeFileSync(join(folder, "page/assets/app.js"), "");
  writeFileSync(join(folder, "secret.txt"), "outside");
  mkdirSync(join(folder, "rivers"));
  writeFileSync(join(folder, "rivers/headrace.yml"), "name: rivers\n");
  return folder;
};

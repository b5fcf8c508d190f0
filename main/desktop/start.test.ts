import { rmSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { channels } from "../../shared/desktop/index.ts";
import { TestDesktop } from "../../test-support/desktop/desktop.ts";

let desktop: TestDesktop;
beforeEach(() => (desktop = new TestDesktop()));
afterEach(() => desktop[Symbol.dispose]());

describe("a start", () => {
  it("opens one locked window on the page, with the engine beside it", async () => {
    await desktop.start();
    const { options, addresses } = desktop.window;
    expect(addresses).toEqual(["app://headrace/"]);
    expect(options).toMatchObject({
      show: false,
      minWidth: 760,
      minHeight: 520,
      webPreferences: {
        preload: "/app/preload.cjs",
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        devTools: false,
      },
    });
    expect(desktop.standIn.isSandboxed).toBe(true);
    expect(desktop.standIn.schemes).toMatchObject([{ scheme: "app", privileges: { standard: true, secure: true } }]);
    expect(desktop.standIn.schemes[0]?.privileges?.bypassCSP).toBeUndefined();
    expect(desktop.engine.path).toBe(join("/app", "engine-process.cjs"));
  });

  it("leaves the sandbox alone where it was switched off", async () => {
    desktop.standIn.switches.add("no-sandbox");
    await desktop.start();
    expect(desktop.standIn.isSandboxed).toBe(false);
  });

  it("hands over to the one that runs already", async () => {
    desktop.standIn.isFirst = false;
    expect(await desktop.start()).toBe(false);
    expect([desktop.standIn.windows.length, desktop.standIn.quits]).toEqual([0, 1]);
  });

  it("opens the project of a second one in the window without a project, else in one of its own", async () => {
    await desktop.start();
    desktop.standIn.appEvents.emit(
      "second-instance",
      {},
      ["headrace", join(desktop.folder, "rivers/headrace.yml")],
      "/",
    );
    expect(desktop.window.webContents.sent).toEqual([
      [channels.event, "project", { folder: join(desktop.folder, "rivers") }],
    ]);
    await desktop.ask("window.project", { root: join(desktop.folder, "rivers"), name: "rivers" });
    desktop.standIn.appEvents.emit("second-instance", {}, ["headrace", "--flag", "rivers"], desktop.folder);
    expect(desktop.standIn.windows).toHaveLength(1);
    desktop.standIn.appEvents.emit("second-instance", {}, ["headrace", desktop.folder], "/");
    expect(desktop.standIn.windows).toHaveLength(2);
  });

  it("says what to do when the page is not there", async () => {
    rmSync(join(desktop.folder, "page"), { recursive: true });
    await desktop.start();
    expect(desktop.standIn.asked[0]).toMatchObject({
      type: "error",
      message: expect.stringContaining("error of its own") as string,
    });
  });
});

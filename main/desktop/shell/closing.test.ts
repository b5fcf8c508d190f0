import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { TestDesktop } from "../../../test-support/desktop/desktop.ts";

let desktop: TestDesktop;
beforeEach(() => (desktop = new TestDesktop()));
afterEach(() => desktop[Symbol.dispose]());

describe("closing", () => {
  const runs = async (running: number): Promise<void> => {
    desktop.engine.spawned(100);
    desktop.engine.emit("message", { type: "runs", running });
  };
  const isEnding = (): boolean => desktop.toldEngine.some(({ type }) => type === "end");

  it("without a run ends the engine, then the app", async () => {
    await desktop.start();
    await runs(0);
    desktop.window.close();
    await vi.waitFor(() => expect(isEnding()).toBe(true));
    expect(desktop.standIn.quits).toBe(0);
    desktop.engine.emit("exit", 0);
    await vi.waitFor(() => expect(desktop.standIn.quits).toBe(1));
    expect(desktop.standIn.asked).toEqual([]);
  });

  it("during a run asks, and goes back", async () => {
    await desktop.start();
    await runs(2);
    desktop.standIn.presses.push(2);
    desktop.window.close();
    await vi.waitFor(() => expect(desktop.standIn.asked).toMatchObject([{ message: "2 runs are still going" }]));
    expect([desktop.window.isGone, isEnding()]).toEqual([false, false]);
  });

  it("during a run keeps it going in the tray, until it ends", async () => {
    await desktop.start();
    await runs(1);
    desktop.standIn.presses.push(0);
    desktop.window.close();
    await vi.waitFor(() => expect(desktop.window.isGone).toBe(true));
    expect(desktop.standIn.trays).toMatchObject([{ tip: "Headrace: 1 run under way", isGone: false }]);
    expect(isEnding()).toBe(false);
    await runs(0);
    await vi.waitFor(() => expect(isEnding()).toBe(true));
    expect(desktop.standIn.trays).toMatchObject([{ isGone: true }]);
  });

  it("during a run cancels it when told to, by whichever way the app is left", async () => {
    await desktop.start();
    await runs(1);
    desktop.standIn.presses.push(1);
    desktop.standIn.electron.app.quit();
    await vi.waitFor(() => expect(isEnding()).toBe(true));
    desktop.engine.emit("exit", 0);
    await vi.waitFor(() => expect(desktop.standIn.quits).toBe(1));
  });

  it("waits for edits that are on their way to files, and marks them in the title", async () => {
    await desktop.start();
    await runs(0);
    const window = desktop.window;
    await desktop.standIn.invoke(window, "window.project", { root: "/rivers", name: "rivers" });
    await desktop.standIn.invoke(window, "window.edited", { isEdited: true });
    expect([window.title, window.isEdited]).toEqual(["● rivers · Headrace", true]);
    window.close();
    expect(window.isGone).toBe(false);
    await desktop.standIn.invoke(window, "window.edited", { isEdited: false });
    await vi.waitFor(() => expect(window.isGone).toBe(true));
    expect(window.title).toBe("rivers · Headrace");
  });
});

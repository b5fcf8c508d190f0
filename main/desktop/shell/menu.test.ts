import type { MenuItemConstructorOptions } from "electron";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { channels } from "../../../shared/desktop/index.ts";
import { TestDesktop } from "../../../test-support/desktop/desktop.ts";

let desktop: TestDesktop;
beforeEach(() => (desktop = new TestDesktop()));
afterEach(() => desktop[Symbol.dispose]());

describe("the menu", () => {
  const commands = [
    { id: "run.stale", title: "Run what changed", keys: "F5", where: "anywhere" },
    { id: "canvas.fit", title: "Fit & centre", keys: "1", where: "canvas" },
    { id: "edit.undo", title: "Undo", keys: "Mod+Z", where: "canvas" },
    { id: "canvas.zoom-in", title: "Zoom in", keys: "Mod++", where: "anywhere" },
    { id: "theme.dark", title: "Dark", keys: null, where: "anywhere" },
    { id: "oddity.new", title: "Something new", keys: "Alt+ArrowLeft", where: "canvas" },
  ] as const;
  const flat = (items: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);

  it("has every command of the window once, with its keys shown and left to the window", async () => {
    await desktop.start();
    await desktop.ask("menu.show", { commands });
    const items = flat(desktop.standIn.menu).filter(({ id }) => id !== undefined);
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set(commands.map(({ id }) => id)));
    expect(items).toHaveLength(commands.length);
    expect(items.find(({ id }) => id === "canvas.fit")).toMatchObject({
      label: "Fit && centre",
      accelerator: "1",
      registerAccelerator: false,
    });
    const accelerators = Object.fromEntries(items.map(({ id, accelerator }) => [id, accelerator]));
    expect(accelerators).toMatchObject({ "canvas.zoom-in": "CommandOrControl+Plus", "oddity.new": "Alt+Left" });
    items.find(({ id }) => id === "run.stale")?.click?.({} as never, undefined, {});
    expect(desktop.window.webContents.sent).toEqual([[channels.event, "command", { id: "run.stale" }]]);
  });

  it("switches off what cannot be done now", async () => {
    await desktop.start();
    await desktop.ask("menu.show", { commands });
    await desktop.ask("menu.enable", { enabled: ["run.stale"] });
    expect([...desktop.standIn.enabled].filter(([, { enabled }]) => enabled).map(([id]) => id)).toEqual(["run.stale"]);
  });

  it("lists recent projects and opens them", async () => {
    await desktop.start();
    desktop.engine.emit("message", { type: "recent", projects: [{ root: "/a & b", name: "rivers" }] });
    const item = flat(desktop.standIn.menu).find(({ label }) => label === "rivers (/a && b)");
    item?.click?.({} as never, undefined, {});
    expect(desktop.window.webContents.sent).toEqual([[channels.event, "project", { folder: "/a & b" }]]);
  });
});

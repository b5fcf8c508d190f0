import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { channels, type ToEngine } from "../../../shared/desktop/index.ts";
import { TestDesktop } from "../../../test-support/desktop/desktop.ts";

let desktop: TestDesktop;
beforeEach(() => (desktop = new TestDesktop()));
afterEach(() => desktop[Symbol.dispose]());

describe("the engine", () => {
  it("gets each window's port straight, and the page the other end", async () => {
    await desktop.start();
    await desktop.ask("window.project", { root: "/rivers", name: "rivers" });
    const { answer, posted } = await desktop.ask("engine.connect", {});
    expect(answer).toEqual({ ok: true, value: null });
    expect(posted).toMatchObject([{ channel: channels.port, ports: [expect.anything()] }]);
    desktop.engine.spawned(100);
    const window = desktop.engine.posted.find(({ message }) => (message as ToEngine).type === "window");
    expect(window?.message).toEqual({ type: "window", folder: "/rivers" });
    expect(window?.ports).toHaveLength(1);
    expect(window?.ports[0]).not.toBe(posted[0]?.ports[0]);
  });

  it("reads a project while the window on it is on its way", async () => {
    await desktop.start();
    desktop.engine.spawned(100);
    await desktop.ask("window.project", { root: "/elsewhere", name: "elsewhere" });
    const rivers = join(desktop.folder, "rivers");
    desktop.standIn.appEvents.emit("second-instance", {}, ["headrace", rivers], "/");
    expect(desktop.standIn.windows).toHaveLength(2);
    expect(desktop.toldEngine).toContainEqual({ type: "prepare", folder: rivers });
  });

  it("is started again when it dies, and the person is asked when that goes on", async () => {
    await desktop.start();
    for (let death = 1; death <= 2; death++) {
      desktop.engine.spawned(death);
      desktop.engine.emit("exit", 9);
      expect(desktop.engines).toHaveLength(death + 1);
    }
    desktop.engine.emit("exit", 9);
    expect(desktop.engines).toHaveLength(3);
    await vi.waitFor(() => expect(desktop.standIn.asked).toMatchObject([{ message: "The engine keeps stopping" }]));
  });

  it("is told apart from a runtime that cannot run one", async () => {
    await desktop.start();
    desktop.engine.emit("message", { type: "unusable", detail: "Node 16 in it has no node:sqlite" });
    desktop.engine.emit("exit", 0);
    await vi.waitFor(() => expect(desktop.standIn.asked[0]?.detail).toContain("node:sqlite"));
    expect(desktop.engines).toHaveLength(1);
  });

  it("has its DuckDB hosts started, connected, ended by id, and ended with it", async () => {
    await desktop.start();
    desktop.engine.spawned(100);
    const spawn = (id: number, entry: string): void =>
      desktop.engine.emit("message", { type: "host.spawn", id, entry, environment: { PATH: "/bin" } });
    spawn(1, "sql-host-process.cjs");
    const host = desktop.standIn.forked.at(-1)!;
    expect(host).toMatchObject({ path: join("/app", "sql-host-process.cjs"), options: { env: { PATH: "/bin" } } });
    host.spawned(201);
    expect(host.posted[0]?.ports).toHaveLength(1);
    const told = desktop.engine.posted.at(-1);
    expect(told).toMatchObject({ message: { type: "host.port", id: 1, pid: 201 }, ports: [expect.anything()] });
    desktop.engine.emit("message", { type: "host.kill", id: 1 });
    expect(desktop.ended).toEqual([201]);
    host.emit("exit", 137);
    expect(desktop.toldEngine.at(-1)).toEqual({ type: "host.exit", id: 1, how: "exit code 137" });

    const before = desktop.standIn.forked.length;
    spawn(2, "../../evil.cjs");
    expect(desktop.standIn.forked).toHaveLength(before);
    expect(desktop.toldEngine.at(-1)).toMatchObject({ type: "host.exit", id: 2 });

    spawn(3, "connector-host-process.cjs");
    desktop.standIn.forked.at(-1)!.spawned(203);
    desktop.engine.emit("exit", 1);
    expect(desktop.ended).toEqual([201, 203]);
  });

  it("does not get the lines that were meant for the one before it", async () => {
    await desktop.start();
    await desktop.ask("engine.connect", {});
    desktop.engine.emit("exit", 1);
    desktop.engine.spawned(2);
    expect(desktop.toldEngine).toEqual([]);
  });
});

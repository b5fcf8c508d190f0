import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { MenuItemConstructorOptions } from "electron";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { channels, type ToEngine } from "../../shared/desktop/index.ts";
import { refusable, StandIn, type StandInWindow } from "../../test-support/electron-stand-in.ts";
import { startDesktop } from "./start-desktop.ts";

let folder: string;
let standIn: StandIn;
const ended: number[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "headrace-shell-"));
  mkdirSync(join(folder, "page/assets"), { recursive: true });
  writeFileSync(join(folder, "page/index.html"), "<title>Headrace</title>");
  writeFileSync(join(folder, "page/assets/app.js"), "");
  writeFileSync(join(folder, "secret.txt"), "outside");
  mkdirSync(join(folder, "rivers"));
  writeFileSync(join(folder, "rivers/headrace.yml"), "name: rivers\n");
  standIn = new StandIn(join(folder, "own"));
  ended.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const places = () => ({
  processes: "/app",
  preload: "/app/preload.cjs",
  page: join(folder, "page"),
  trayIcon: "/t.png",
});

const start = async (feed = "") => {
  const desktop = startDesktop(standIn.electron, {
    places: places(),
    updateFeed: feed,
    argv: ["headrace"],
    endProcess: (pid) => void ended.push(pid),
  });
  await vi.waitFor(() => expect(standIn.windows.length + standIn.asked.length).toBeGreaterThan(0));
  return desktop;
};
const firstWindow = (): StandInWindow => standIn.windows[0]!;
const engines = () => standIn.forked.filter(({ path }) => path.endsWith("engine-process.cjs"));
const engine = () => engines().at(-1)!;
const toEngine = (): readonly ToEngine[] => engine().posted.map(({ message }) => message as ToEngine);

describe("a start", () => {
  it("opens one locked window on the page, with the engine beside it", async () => {
    await start();
    const { options, addresses } = firstWindow();
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
    expect(standIn.isSandboxed).toBe(true);
    expect(standIn.schemes).toMatchObject([{ scheme: "app", privileges: { standard: true, secure: true } }]);
    expect(standIn.schemes[0]?.privileges?.bypassCSP).toBeUndefined();
    expect(engine().path).toBe(join("/app", "engine-process.cjs"));
  });

  it("leaves the sandbox alone where it was switched off", async () => {
    standIn.switches.add("no-sandbox");
    await start();
    expect(standIn.isSandboxed).toBe(false);
  });

  it("hands over to the one that runs already", () => {
    standIn.isFirst = false;
    expect(startDesktop(standIn.electron, { places: places(), updateFeed: "", argv: ["headrace"] })).toBeNull();
    expect([standIn.windows.length, standIn.quits]).toEqual([0, 1]);
  });

  it("opens the project of a second one in the window without a project, else in one of its own", async () => {
    await start();
    standIn.appEvents.emit("second-instance", {}, ["headrace", join(folder, "rivers/headrace.yml")], "/");
    expect(firstWindow().webContents.sent).toEqual([[channels.event, "project", { folder: join(folder, "rivers") }]]);
    await standIn.invoke(firstWindow(), "window.project", { root: join(folder, "rivers"), name: "rivers" });
    standIn.appEvents.emit("second-instance", {}, ["headrace", "--flag", "rivers"], folder);
    expect(standIn.windows).toHaveLength(1);
    standIn.appEvents.emit("second-instance", {}, ["headrace", folder], "/");
    expect(standIn.windows).toHaveLength(2);
  });

  it("says what to do when the page is not there", async () => {
    rmSync(join(folder, "page"), { recursive: true });
    await start();
    expect(standIn.asked[0]).toMatchObject({
      type: "error",
      message: expect.stringContaining("error of its own") as string,
    });
  });
});

describe("the page", () => {
  const ask = async (address: string, method = "GET"): Promise<Response> =>
    standIn.handler!(new Request(address, { method }));

  it("is served with a policy that lets nothing else in", async () => {
    await start();
    const answer = await ask("app://headrace/");
    expect(await answer.text()).toContain("Headrace");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self';");
    expect((await ask("app://headrace/assets/app.js")).status).toBe(200);
  });

  it.each([
    ["app://other/", 403],
    ["app://headrace/..%2fsecret.txt", 404],
    ["app://headrace/%2e%2e/secret.txt", 404],
    ["app://headrace/assets", 404],
    ["app://headrace/nothing.js", 404],
  ])("has nothing at %s", async (address, status) => {
    await start();
    const answer = await ask(address);
    expect([answer.status, await answer.text()]).toEqual([status, ""]);
  });

  it.each([
    "https://evil.test/",
    "file:///etc/passwd",
    "app://headrace.evil/",
    "javascript:alert(1)",
    "data:text/html,x",
  ])("does not go to %s", async (url) => {
    await start();
    const { webContents } = firstWindow();
    standIn.appEvents.emit("web-contents-created", {}, webContents);
    for (const name of ["will-navigate", "will-frame-navigate"]) {
      const event = { ...refusable(), url };
      const refusal = vi.spyOn(event, "preventDefault");
      webContents.emit(name, event);
      expect(refusal).toHaveBeenCalledOnce();
    }
    expect(webContents.opener?.({ url } as never)).toEqual({ action: "deny" });
    expect(standIn.opened).toEqual(url.startsWith("https:") ? [url] : []);
  });

  it("is given no permission but to copy, and no network", async () => {
    await start();
    const { asked, checked, request } = standIn.permission;
    const decide = (permission: string, requestingUrl: string): boolean => {
      const answer = vi.fn<(granted: boolean) => void>();
      asked?.({} as never, permission as never, answer, { requestingUrl } as never);
      const [granted] = answer.mock.calls[0] ?? [];
      expect(checked?.(null, permission as never, requestingUrl, {} as never)).toBe(granted);
      return granted === true;
    };
    const ours = "app://headrace/";
    for (const permission of ["media", "geolocation", "notifications", "clipboard-read", "hid", "openExternal"]) {
      expect(decide(permission, ours)).toBe(false);
    }
    expect(decide("clipboard-sanitized-write", ours)).toBe(true);
    expect(decide("clipboard-sanitized-write", "https://evil.test/")).toBe(false);
    const reaches = (url: string): boolean => {
      let cancelled = true;
      request?.({ url }, ({ cancel = false }) => (cancelled = cancel));
      return !cancelled;
    };
    expect(["https://evil.test/", "http://127.0.0.1/", "ws://x/", "file:///etc/passwd"].filter(reaches)).toEqual([]);
    expect([ours, "blob:app://headrace/1", "data:,x"].every(reaches)).toBe(true);
  });

  it.each([
    ["another page", { url: "https://evil.test/" }],
    ["a frame", { parent: {} as never }],
    ["a look-alike", { url: "app://headrace.evil/" }],
  ])("is the only one that is answered: not %s", async (_what, frame) => {
    await start();
    const { answer, posted } = await standIn.invoke(firstWindow(), "engine.connect", {}, frame);
    expect(answer).toMatchObject({ ok: false, error: { code: "shell_bad_input" } });
    expect(posted).toEqual([]);
    expect(engine().posted).toEqual([]);
  });

  it.each([
    ["shell.run", {}],
    ["constructor", {}],
    ["window.edited", { isEdited: "yes" }],
    ["secret.get", { name: "a" }],
  ])("gets a sentence for a call that there is not: %s", async (name, input) => {
    await start();
    const { answer } = await standIn.invoke(firstWindow(), name, input);
    expect(answer).toMatchObject({ ok: false, error: { code: "shell_bad_input" } });
  });
});

describe("the engine", () => {
  it("gets each window's port straight, and the page the other end", async () => {
    await start();
    await standIn.invoke(firstWindow(), "window.project", { root: "/rivers", name: "rivers" });
    const { answer, posted } = await standIn.invoke(firstWindow(), "engine.connect", {});
    expect(answer).toEqual({ ok: true, value: null });
    expect(posted).toMatchObject([{ channel: channels.port, ports: [expect.anything()] }]);
    engine().spawned(100);
    const window = engine().posted.find(({ message }) => (message as ToEngine).type === "window");
    expect(window?.message).toEqual({ type: "window", folder: "/rivers" });
    expect(window?.ports).toHaveLength(1);
    expect(window?.ports[0]).not.toBe(posted[0]?.ports[0]);
  });

  it("is started again when it dies, and the person is asked when that goes on", async () => {
    await start();
    for (let death = 1; death <= 2; death++) {
      engine().spawned(death);
      engine().emit("exit", 9);
      expect(engines()).toHaveLength(death + 1);
    }
    engine().emit("exit", 9);
    expect(engines()).toHaveLength(3);
    await vi.waitFor(() => expect(standIn.asked).toMatchObject([{ message: "The engine keeps stopping" }]));
  });

  it("is told apart from a runtime that cannot run one", async () => {
    await start();
    engine().emit("message", { type: "unusable", detail: "Node 16 in it has no node:sqlite" });
    engine().emit("exit", 0);
    await vi.waitFor(() => expect(standIn.asked[0]?.detail).toContain("node:sqlite"));
    expect(engines()).toHaveLength(1);
  });

  it("has its DuckDB hosts started, connected, ended by id, and ended with it", async () => {
    await start();
    engine().spawned(100);
    const spawn = (id: number, entry: string): void =>
      engine().emit("message", { type: "host.spawn", id, entry, environment: { PATH: "/bin" } });
    spawn(1, "sql-host-process.cjs");
    const host = standIn.forked.at(-1)!;
    expect(host).toMatchObject({ path: join("/app", "sql-host-process.cjs"), options: { env: { PATH: "/bin" } } });
    host.spawned(201);
    expect(host.posted[0]?.ports).toHaveLength(1);
    const told = engine().posted.at(-1);
    expect(told).toMatchObject({ message: { type: "host.port", id: 1, pid: 201 }, ports: [expect.anything()] });
    engine().emit("message", { type: "host.kill", id: 1 });
    expect(ended).toEqual([201]);
    host.emit("exit", 137);
    expect(toEngine().at(-1)).toEqual({ type: "host.exit", id: 1, how: "exit code 137" });

    const before = standIn.forked.length;
    spawn(2, "../../evil.cjs");
    expect(standIn.forked).toHaveLength(before);
    expect(toEngine().at(-1)).toMatchObject({ type: "host.exit", id: 2 });

    spawn(3, "connector-host-process.cjs");
    standIn.forked.at(-1)!.spawned(203);
    engine().emit("exit", 1);
    expect(ended).toEqual([201, 203]);
  });

  it("does not get the lines that were meant for the one before it", async () => {
    await start();
    await standIn.invoke(firstWindow(), "engine.connect", {});
    engine().emit("exit", 1);
    engine().spawned(2);
    expect(toEngine()).toEqual([]);
  });
});

describe("closing", () => {
  const runs = async (running: number): Promise<void> => {
    engine().spawned(100);
    engine().emit("message", { type: "runs", running });
  };
  const isEnding = (): boolean => toEngine().some(({ type }) => type === "end");

  it("without a run ends the engine, then the app", async () => {
    await start();
    await runs(0);
    firstWindow().close();
    await vi.waitFor(() => expect(isEnding()).toBe(true));
    expect(standIn.quits).toBe(0);
    engine().emit("exit", 0);
    await vi.waitFor(() => expect(standIn.quits).toBe(1));
    expect(standIn.asked).toEqual([]);
  });

  it("during a run asks, and goes back", async () => {
    await start();
    await runs(2);
    standIn.presses.push(2);
    firstWindow().close();
    await vi.waitFor(() => expect(standIn.asked).toMatchObject([{ message: "2 runs are still going" }]));
    expect([firstWindow().isGone, isEnding()]).toEqual([false, false]);
  });

  it("during a run keeps it going in the tray, until it ends", async () => {
    await start();
    await runs(1);
    standIn.presses.push(0);
    firstWindow().close();
    await vi.waitFor(() => expect(firstWindow().isGone).toBe(true));
    expect(standIn.trays).toMatchObject([{ tip: "Headrace: 1 run under way", isGone: false }]);
    expect(isEnding()).toBe(false);
    await runs(0);
    await vi.waitFor(() => expect(isEnding()).toBe(true));
    expect(standIn.trays).toMatchObject([{ isGone: true }]);
  });

  it("during a run cancels it when told to, by whichever way the app is left", async () => {
    await start();
    await runs(1);
    standIn.presses.push(1);
    standIn.electron.app.quit();
    await vi.waitFor(() => expect(isEnding()).toBe(true));
    engine().emit("exit", 0);
    await vi.waitFor(() => expect(standIn.quits).toBe(1));
  });

  it("waits for edits that are on their way to files, and marks them in the title", async () => {
    await start();
    await runs(0);
    const window = firstWindow();
    await standIn.invoke(window, "window.project", { root: "/rivers", name: "rivers" });
    await standIn.invoke(window, "window.edited", { isEdited: true });
    expect([window.title, window.isEdited]).toEqual(["● rivers · Headrace", true]);
    window.close();
    expect(window.isGone).toBe(false);
    await standIn.invoke(window, "window.edited", { isEdited: false });
    await vi.waitFor(() => expect(window.isGone).toBe(true));
    expect(window.title).toBe("rivers · Headrace");
  });
});

it("puts a window back where it stood, and never onto a screen that is gone", async () => {
  await start();
  const place = { x: 100, y: 80, width: 900, height: 700 };
  firstWindow().bounds = place;
  firstWindow().close();
  const again = new StandIn(join(folder, "own"));
  startDesktop(again.electron, { places: places(), updateFeed: "", argv: ["headrace"] });
  await vi.waitFor(() => expect(again.windows[0]?.options).toMatchObject(place));

  again.windows[0]!.bounds = { ...place, x: 5000 };
  again.windows[0]!.close();
  const later = new StandIn(join(folder, "own"));
  startDesktop(later.electron, { places: places(), updateFeed: "", argv: ["headrace"] });
  await vi.waitFor(() => expect(later.windows[0]?.options).toMatchObject({ width: 1600, height: 1000 }));
  expect(later.windows[0]?.options.x).toBeUndefined();
});

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
    await start();
    await standIn.invoke(firstWindow(), "menu.show", { commands });
    const items = flat(standIn.menu).filter(({ id }) => id !== undefined);
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
    expect(firstWindow().webContents.sent).toEqual([[channels.event, "command", { id: "run.stale" }]]);
  });

  it("switches off what cannot be done now", async () => {
    await start();
    await standIn.invoke(firstWindow(), "menu.show", { commands });
    await standIn.invoke(firstWindow(), "menu.enable", { enabled: ["run.stale"] });
    expect([...standIn.enabled].filter(([, { enabled }]) => enabled).map(([id]) => id)).toEqual(["run.stale"]);
  });

  it("lists recent projects and opens them", async () => {
    await start();
    engine().emit("message", { type: "recent", projects: [{ root: "/a & b", name: "rivers" }] });
    const item = flat(standIn.menu).find(({ label }) => label === "rivers (/a && b)");
    item?.click?.({} as never, undefined, {});
    expect(firstWindow().webContents.sent).toEqual([[channels.event, "project", { folder: "/a & b" }]]);
  });
});

describe("secrets", () => {
  it("are kept encrypted, listed by name, told to the engine alone, and forgotten", async () => {
    await start();
    engine().spawned(100);
    await standIn.invoke(firstWindow(), "secret.put", { name: "warehouse", value: "tr0ub4dor" });
    expect(await standIn.invoke(firstWindow(), "secret.list", {})).toMatchObject({
      answer: { ok: true, value: { names: ["warehouse"] } },
    });
    engine().emit("message", { type: "secret", id: 7, name: "warehouse" });
    await vi.waitFor(() => expect(toEngine()).toContainEqual({ type: "secret", id: 7, value: "tr0ub4dor" }));
    await standIn.invoke(firstWindow(), "secret.put", { name: "warehouse", value: null });
    engine().emit("message", { type: "secret", id: 8, name: "warehouse" });
    await vi.waitFor(() => expect(toEngine()).toContainEqual({ type: "secret", id: 8, value: null }));
  });

  it.runIf(process.platform === "linux").each(["basic_text", "unknown"] as const)(
    "are refused where the keychain is %s",
    async (backend) => {
      standIn.backend = backend;
      await start();
      const { answer } = await standIn.invoke(firstWindow(), "secret.put", { name: "a", value: "b" });
      expect(answer).toMatchObject({ ok: false, error: { code: "keychain_unavailable" } });
      expect(JSON.stringify(answer)).not.toContain('"b"');
    },
  );
});

describe("updates", () => {
  const feed = "https://updates.test/headrace.json";

  it("are not looked for until somebody switches that on, and never without an address", async () => {
    await start(feed);
    expect(standIn.fetched).toEqual([]);
    standIn.feed = { version: "0.2.0", page: "https://updates.test/download" };
    standIn.presses.push(0);
    const { answer } = await standIn.invoke(firstWindow(), "updates.set", { isOn: true });
    expect(answer).toEqual({ ok: true, value: { isPossible: true, isOn: true, version: "0.1.0" } });
    await vi.waitFor(() => expect(standIn.opened).toEqual(["https://updates.test/download"]));
    await standIn.invoke(firstWindow(), "updates.set", { isOn: false });

    standIn = new StandIn(join(folder, "own"));
    await start();
    const other = await standIn.invoke(firstWindow(), "updates.set", { isOn: true });
    expect(other.answer).toMatchObject({ value: { isPossible: false, isOn: false } });
    expect(standIn.fetched).toEqual([]);
  });

  it.each([
    { version: "0.1.0", page: "https://a.test/" },
    { version: "9.9.9", page: "file:///etc/passwd" },
    "nonsense",
  ])("are nothing when the feed says %j", async (said) => {
    standIn.feed = said;
    await start(feed);
    await standIn.invoke(firstWindow(), "updates.set", { isOn: true });
    await vi.waitFor(() => expect(standIn.fetched).toEqual([feed]));
    await standIn.invoke(firstWindow(), "updates.set", { isOn: false });
    expect([standIn.asked, standIn.opened]).toEqual([[], []]);
  });
});

// The desktop in a real Electron: the one of the product where its binary is there, and the older one of the smoke test.

// oxlint-disable no-empty-pattern -- Playwright reads from the pattern which fixtures a fixture needs

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test as base } from "@playwright/test";

import { ownProject, type TestProject } from "../support/studio-host.ts";
import { alive, connected, type DesktopApp, startApp } from "./desktop-app.ts";

interface Fixtures {
  readonly home: string;
  readonly project: TestProject;
  readonly app: DesktopApp;
}

const rows = Array.from({ length: 500 }, (_, at) => `${at + 1},${(at * 7) % 13},name ${at + 1}`);

const test = base.extend<Fixtures>({
  async home({}, use) {
    const home = await mkdtemp(join(tmpdir(), "headrace-desktop-"));
    await use(home);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  },
  async project({}, use) {
    await using project = await ownProject({
      "headrace.yml": "name: rivers\nversion: 1.0.0\n",
      "data/levels.csv": `id,level,name\n${rows.join("\n")}\n`,
      "pipelines/levels.yml": "kind: source\nname: levels\nsource: csv\ntable: data/levels.csv\n",
      "pipelines/high.yml":
        "kind: transform\nname: high\ninputs:\n  - ref: source.levels\ntransform: |\n  SELECT * FROM ref('source.levels') WHERE level > 6 ORDER BY id\n",
      "pipelines/slow.yml":
        "kind: transform\nname: slow\ntags: [slow]\ninputs:\n  - ref: source.levels\ntransform: |\n  SELECT count(*) AS n FROM range(200000) a, range(200000) b WHERE hash(a.range, b.range) % 7 = 1\n",
    });
    await use(project);
  },
  async app({ home, project }, use, info) {
    await using app = await startApp(home, project.root);
    try {
      await connected(app.studio);
      await expect(app.studio.canvas.card("source.levels")).toBeVisible();
      await app.studio.page.getByRole("button", { name: "Trust this project" }).click();
      await use(app);
    } finally {
      const path = info.outputPath("window.png");
      if (info.errors.length > 0) await app.studio.page.screenshot({ path, timeout: 5000 }).catch(() => undefined);
    }
  },
});

test("opens a project, runs it, shows its table and leaves no process behind", async ({ app }) => {
  const { studio, electron } = app;
  await expect.poll(() => studio.canvas.ids()).toEqual(["source.levels", "transform.high", "transform.slow"]);
  await expect
    .poll(() => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle()))
    .toBe("rivers · Headrace");

  await studio.canvas.select("transform.high");
  await studio.page.keyboard.press("Control+Shift+Enter");
  await studio.canvas.expectState("transform.high", "ok");
  await studio.bottom.show("Preview");
  await expect(studio.bottom.content).toContainText("name 2");
  await studio.picture("desktop-window");

  const processes = await app.processes();
  expect(processes.length).toBeGreaterThan(3);
  await app.closeWindows();
  await expect.poll(() => alive(processes), { timeout: 30_000 }).toEqual([]);
});

test("keeps its page locked in", async ({ app }) => {
  const { page } = app.studio;
  const seen = await page.evaluate(() => ({
    origin: location.origin,
    node: [typeof Reflect.get(globalThis, "require"), typeof Reflect.get(globalThis, "process")],
    bridge: Object.keys(Reflect.get(globalThis, "headrace") as object),
  }));
  expect(seen).toEqual({
    origin: "app://headrace",
    node: ["undefined", "undefined"],
    bridge: ["invoke", "on", "pathForFile"],
  });
  expect(await page.evaluate(() => window.open("https://example.invalid/") === null)).toBe(true);
  expect(await page.evaluate(() => fetch("https://example.invalid/").then(String, String))).toContain(
    "Failed to fetch",
  );
  const refused = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => resolve(effectiveDirective));
        const script = document.createElement("script");
        script.textContent = "globalThis.wasRun = true";
        document.head.append(script);
      }),
  );
  expect(refused).toBe("script-src-elem");
  await page.evaluate(() => location.assign("https://example.invalid/"));
  // Asked in the shell: Playwright itself would wait for the navigation that never comes.
  const address = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
  );
  expect(address).toEqual(["app://headrace/"]);
});

test("knows where a chosen file lies", async ({ app, project }) => {
  const path = join(project.root, "data/levels.csv");
  const input = await app.studio.page.evaluateHandle(() => {
    const chooser = document.createElement("input");
    chooser.type = "file";
    document.body.append(chooser);
    return chooser;
  });
  await input.setInputFiles(path);
  const told = await input.evaluate((chooser) => {
    const bridge = Reflect.get(globalThis, "headrace") as { pathForFile(file: unknown): string };
    return [
      bridge.pathForFile(chooser.files?.[0]),
      bridge.pathForFile(new File(["x"], "made.csv")),
      bridge.pathForFile(1),
    ];
  });
  expect(told).toEqual([path, "", ""]);
});

test("gets a new engine when the old one dies", async ({ app }) => {
  const before = await app.enginePid();
  process.kill(before, "SIGKILL");
  await expect.poll(async () => [before, -1].includes(await app.enginePid()), { timeout: 30_000 }).toBe(false);
  await connected(app.studio);
  // The page may only now notice that its line broke: who is told so asks again.
  await expect(async () => {
    await app.studio.canvas.select("source.levels");
    await app.studio.page.keyboard.press("Control+Enter");
    await expect(app.studio.canvas.card("source.levels")).toHaveAttribute("data-state", "ok", { timeout: 8000 });
  }).toPass({ timeout: 60_000 });
  await expect(app.studio.inspector).not.toContainText("no longer there");
});

test("has every command of the palette in its menu, and does what is chosen there", async ({ app }) => {
  const { electron, studio } = app;
  const choose = (id: string): Promise<boolean> =>
    electron.evaluate(({ Menu }, wanted) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(wanted) ?? null;
      item?.click();
      return item !== null;
    }, id);
  await expect.poll(() => choose("panel.problems")).toBe(true);
  await expect(studio.page.getByRole("tab", { name: "Problems" })).toHaveAttribute("aria-selected", "true");
  expect(await choose("window.palette")).toBe(true);
  await expect(studio.page.getByRole("combobox")).toBeVisible();
});

test("a second start opens its project in the first, and windows stand where they stood", async ({
  app,
  home,
  project,
}) => {
  await using other = await ownProject({
    "headrace.yml": "name: lakes\nversion: 1.0.0\n",
    "pipelines/lakes.yml": "kind: transform\nname: lakes\ntransform: SELECT 1 AS id\n",
  });
  const titles = (): Promise<readonly string[]> =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getTitle()));
  await app.startAgain(join(other.root, "headrace.yml"));
  await expect.poll(async () => (await titles()).toSorted()).toEqual(["lakes · Headrace", "rivers · Headrace"]);

  const place = { x: 40, y: 50, width: 900, height: 640 };
  await app.electron.evaluate(({ BrowserWindow }, bounds) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.getTitle().startsWith("rivers")) window.setBounds(bounds);
    }
  }, place);
  const processes = await app.processes();
  await app.closeWindows();
  await expect.poll(() => alive(processes), { timeout: 30_000 }).toEqual([]);

  await using again = await startApp(home, project.root);
  await connected(again.studio);
  const bounds = await again.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(bounds).toMatchObject({ width: place.width, height: place.height });
});

test("asks before a run is lost, and cancels it when told to", async ({ app }) => {
  const { electron, studio } = app;
  const answer = (response: number): Promise<void> =>
    electron.evaluate(({ dialog }, chosen) => {
      const asked = Reflect.get(globalThis, "asked") as string[] | undefined;
      const messages = asked ?? [];
      Reflect.set(globalThis, "asked", messages);
      dialog.showMessageBox = ((options: { message: string }) => {
        messages.push(options.message);
        return Promise.resolve({ response: chosen, checkboxChecked: false });
      }) as never;
    }, response);
  const asked = (): Promise<readonly string[]> =>
    electron.evaluate(() => (Reflect.get(globalThis, "asked") ?? []) as string[]);

  await studio.canvas.select("transform.slow");
  await studio.page.keyboard.press("Control+Shift+Enter");
  await studio.canvas.expectState("transform.slow", "running");

  const back = 2;
  await answer(back);
  await app.closeWindows();
  await expect.poll(asked).toEqual(["A run is still going"]);
  await studio.canvas.expectState("transform.slow", "running");

  const processes = await app.processes();
  const cancel = 1;
  await answer(cancel);
  await app.closeWindows();
  await expect.poll(() => alive(processes), { timeout: 30_000 }).toEqual([]);
});

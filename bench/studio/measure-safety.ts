// What must not be lost, changed or hidden: files beside the one that was edited, the last words before a crash, a
// broken file's node, the digits of a value.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "@playwright/test";

import { gridOf } from "./grid-hands.ts";
import { choose, focusCanvas } from "./hands.ts";
import { openStudio, startHost, windowSize } from "./window.ts";

/** Writes a project of these files and gives its folder. */
export const projectWith = (folder: string, name: string, files: Readonly<Record<string, string>>): string => {
  const root = join(folder, name);
  mkdirSync(join(root, "pipelines"), { recursive: true });
  writeFileSync(join(root, "headrace.yml"), `name: ${name}\n`);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(root, "pipelines", file), content);
  return root;
};

/** A SQL node's file. */
export const sqlNode = (name: string, sql: string): string => `kind: transform\nname: ${name}\ntransform: ${sql}\n`;

const linesOf = (file: string): readonly string[] => readFileSync(file, "utf8").split("\n");

const differingLines = (before: readonly string[], after: readonly string[]): number =>
  Array.from({ length: Math.max(before.length, after.length) }, (_value, at) => before[at] === after[at]).filter(
    (isSame) => !isSame,
  ).length;

/** Lines of all files but `canvas.yml` and what runs make. */
const textOf = (root: string): readonly string[] =>
  [root, join(root, "pipelines")].flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== "canvas.yml")
      .flatMap(({ name }) => [name, ...linesOf(join(folder, name))]),
  );

export interface Spared {
  /** Lines outside `canvas.yml` that dragging a card and moving it by keys changed. */
  readonly moved: number;
  /** Lines in which a duplicated node's file differs from the original's. */
  readonly copied: number;
}

/** Moves a card, then duplicates it. */
export const measureMoving = async (browser: Browser, root: string, home: string, id: string): Promise<Spared> => {
  await using host = await startHost(root, home);
  const page = await browser.newPage({ viewport: windowSize });
  await openStudio(page, host.url);
  const before = textOf(root);
  // The view comes to rest.
  await page.waitForTimeout(1000);
  const box = await page.locator(`.canvas .flow [role=option][data-node="${id}"]`).boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 30, y + 60, { steps: 5 });
  await page.mouse.move(x + 60, y + 120, { steps: 5 });
  await page.mouse.up();
  const placeOf = (): string => textOrNothing(join(root, "canvas.yml"));
  await until(() => placeOf().includes(id));
  const dragged = placeOf();
  await choose(page, id);
  await focusCanvas(page);
  await page.keyboard.press("Alt+ArrowRight");
  await until(() => placeOf() !== dragged);
  const moved = differingLines(before, textOf(root));
  await page.keyboard.press("Control+d");
  const names = (): readonly string[] => readdirSync(join(root, "pipelines"));
  const known = new Set(before);
  await until(() => names().some((name) => !known.has(name)));
  const original = join(root, "pipelines", `${id.split(".")[1]}.yml`);
  const copy = join(root, "pipelines", names().find((name) => !known.has(name)) ?? "");
  const copied = differingLines(linesOf(original), linesOf(copy));
  await page.close();
  return { moved, copied };
};

const textOrNothing = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

const until = async (isTrue: () => boolean): Promise<void> => {
  const end = performance.now() + 60_000;
  while (!isTrue()) {
    if (performance.now() > end) throw new Error("what the bench waits for does not come");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** A sentence that somebody writes, letter by letter. */
const words = "the quick brown fox jumps over the lazy dog and goes on to write what nobody has read before ".repeat(3);
const marker = "-- note ";

/**
 * Types like a person, kills the host in the middle of it, and opens the project in a browser that knows nothing of it:
 * milliseconds of typing that are gone.
 */
export const measureKilling = async (
  browser: Browser,
  root: string,
  home: string,
  id: string,
  round: number,
): Promise<number> => {
  const typed: number[] = [];
  let killed = 0;
  {
    const host = await startHost(root, home);
    const page = await browser.newPage({ viewport: windowSize });
    await openStudio(page, host.url);
    await writeCode(page, id, `select ${round} as one\n${marker}`);
    const letters = 14 + ((round * 7) % 20);
    for (const letter of words.slice(0, letters)) {
      await page.keyboard.type(letter);
      typed.push(performance.now());
      // Some letters come fast; between words there is a moment's thought.
      await page.waitForTimeout(letter === " " ? 260 : 60 + ((typed.length * 37) % 90));
    }
    killed = performance.now();
    process.kill(host.pid, "SIGKILL");
    await page.close();
  }
  await using again = await startHost(root, home);
  const page = await browser.newPage({ viewport: windowSize });
  await openStudio(page, again.url);
  await openCode(page, id);
  const offer = page.getByRole("region", { name: "Text that was not saved" });
  const restore = offer.getByRole("button", { name: "Restore" });
  await Promise.race([restore.waitFor({ timeout: 3000 }).catch(() => undefined), page.waitForTimeout(1500)]);
  if (await restore.isVisible()) await restore.click();
  await page.waitForTimeout(500);
  const text = await page.locator(".cm-content").first().innerText();
  await page.close();
  const at = text.indexOf(marker);
  const kept = at < 0 ? "" : text.slice(at + marker.length);
  const first = typed.findIndex((_time, index) => kept[index] !== words[index] && !isBlankEnd(kept, index));
  return first < 0 ? 0 : killed - (typed[first] ?? killed);
};

/** A blank at a line's end is not shown as text. */
const isBlankEnd = (kept: string, index: number): boolean => words[index] === " " && index >= kept.length;

const openCode = async (page: Page, id: string): Promise<void> => {
  await choose(page, id);
  await choose(page, "Show Code");
  await page.getByRole("textbox", { name: /^SQL of / }).waitFor();
};

const writeCode = async (page: Page, id: string, text: string): Promise<void> => {
  await openCode(page, id);
  await page.getByRole("textbox", { name: /^SQL of / }).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
  // The beginning is saved before the part that counts.
  await page.waitForTimeout(1200);
};

export interface Broken {
  /** Cards that stand for files which cannot be read, with what they say. */
  readonly cards: readonly string[];
  /** Milliseconds from asking for the page to the last of them. */
  readonly time: number;
}

/** Files that are broken in different ways: no YAML, a kind that nobody knows, a key that is misspelt. */
export const brokenFiles: Readonly<Record<string, string>> = {
  "whole.yml": sqlNode("whole", "select 1 as one"),
  "syntax.yml": "kind: transform\nname: syntax\ntransform: [select 1\n",
  "unknown.yml": "kind: teleport\nname: unknown\n",
  "slip.yml": "kind: transform\nname: slip\ntransfrm: select 1\n",
};

/** Opens a project with broken files. */
export const measureBroken = async (browser: Browser, root: string, home: string): Promise<Broken> => {
  await using host = await startHost(root, home);
  const page = await browser.newPage({ viewport: windowSize });
  const started = performance.now();
  await page.goto(host.url);
  const cards = page.locator('.canvas [data-node][data-state="invalid"]');
  await cards.nth(Object.keys(brokenFiles).length - 2).waitFor({ timeout: 20_000 });
  const time = performance.now() - started;
  const said = await cards.allInnerTexts();
  await page.close();
  return { cards: said.map((text) => text.replaceAll(/\s+/g, " ")), time };
};

/** What SQL says, and what the window has to show of it: text, or what it is read out as. */
const values: readonly (readonly [sql: string, shown: string, spoken?: RegExp])[] = [
  ["9007199254740993::bigint", "9007199254740993"],
  ["'12345678901234567890123456789012345678'::decimal(38, 0)", "12345678901234567890123456789012345678"],
  ["1.10::decimal(18, 2)", "1.10"],
  ["'1.5000000000000000000'::decimal(38, 19)", "1.5000000000000000000"],
  ["null::varchar", "NULL"],
  ["''", "", /empty/i],
  ["'  '", "  ", /blank|space/i],
  ["'2024-01-01 02:00:00+02:00'::timestamptz", "2024-01-01 00:00:00+00"],
];

/** The node that shows them. */
export const valuesNode = sqlNode("values", `select ${values.map(([sql], at) => `${sql} as v${at}`).join(", ")}`);

export interface Shown {
  /** Values that were shown as something else, as they were shown. */
  readonly wrong: readonly string[];
  readonly of: number;
  /** What axe finds wrong in the window. */
  readonly violations: readonly string[];
}

/** Runs the node of odd values, reads the cells of its table, and has axe look at the start page, canvas, table and code. */
export const measureShowing = async (browser: Browser, root: string, home: string): Promise<Shown> => {
  await using host = await startHost(root, home);
  // Axe needs a page of a context that it may add to.
  const context = await browser.newContext({ viewport: { width: 2000, height: 1000 } });
  const page = await context.newPage();
  await openStudio(page, host.url);
  await choose(page, "transform.values");
  await focusCanvas(page);
  await page.keyboard.press("Control+Enter");
  await page.locator('.canvas [data-node="transform.values"]:is([data-state="ok"], [data-state="cached"])').waitFor();
  await choose(page, "Show Preview");
  const grid = gridOf(page);
  await grid.locator("[role=gridcell]:not(:has(.grid-waiting))").first().waitFor();
  const wrong: string[] = [];
  for (const [at, [sql, shown, spoken]] of values.entries()) {
    const cell = await grid.evaluate(async (element, index) => {
      const found = () => element.querySelector(`[role=gridcell][data-column="${index}"]`);
      element.scrollLeft = 0;
      for (let step = 0; step < 40 && found() === null; step++) {
        element.scrollLeft += element.clientWidth / 3;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return { text: found()?.textContent ?? "nothing", label: found()?.getAttribute("aria-label") ?? "" };
    }, at);
    const isSpoken = spoken === undefined || spoken.test(cell.label);
    if (cell.text !== shown || !isSpoken) wrong.push(`${sql} as ${JSON.stringify(cell.text)} ${cell.label}`);
  }
  await openCode(page, "transform.values");
  const found = await problems(page);
  await context.close();
  return { wrong, of: values.length, violations: [...found, ...(await startPageProblems(browser, home))] };
};

const startPageProblems = async (browser: Browser, home: string): Promise<readonly string[]> => {
  const empty = join(home, "empty");
  mkdirSync(empty, { recursive: true });
  await using host = await startHost(empty, home);
  const context = await browser.newContext({ viewport: windowSize });
  const page = await context.newPage();
  await page.goto(host.url);
  await page.getByRole("main", { name: "Start a pipeline" }).waitFor();
  const found = await problems(page);
  await context.close();
  return found;
};

const problems = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(" ")}`));
};

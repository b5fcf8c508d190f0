import type { Browser, Locator, Page } from "@playwright/test";

import { median } from "../measure.ts";
import { drive, type Driven, type Motion, taskSeconds } from "./drive.ts";
import { plainPage } from "./plain-page.ts";
import { type MeasuredPage, measuredPage, openStudio } from "./window.ts";

export interface Compared {
  readonly studio: Driven;
  readonly plain: Driven;
}

export interface CanvasFigures {
  /** Milliseconds from the address to a canvas that answers. */
  readonly open: number;
  /** Main-thread milliseconds of that. */
  readonly openCpu: number;
  readonly panAtFit: Compared;
  readonly panNear: Compared;
  readonly dragAtFit: Compared;
  readonly dragNear: Compared;
  /** Bytes of the page's JS heap after a collection. */
  readonly heap: number;
}

const pan: Omit<Motion, "target"> = { type: "wheel", dx: 6, dy: 3 };
const drag: Omit<Motion, "target"> = { type: "pointermove", dx: 3, dy: 2 };

/** Measures one project's canvas and, in turns with it, a plain canvas page that draws the same cards. */
export const measureCanvas = async (
  browser: Browser,
  url: string,
  nodes: number,
  rounds: number,
): Promise<CanvasFigures> => {
  let studio = await measuredPage(browser);
  const opened: number[] = [];
  const worked: number[] = [];
  for (let round = 0; round < Math.min(3, rounds); round++) {
    await studio.page.close();
    studio = await measuredPage(browser);
    const started = performance.now();
    await openStudio(studio.page, url);
    opened.push(performance.now() - started);
    worked.push((await taskSeconds(studio.session)) * 1000);
  }
  await studio.page.waitForLoadState("networkidle");
  await group(studio, { from: [0.01, 0.01], to: [0.35, 0.35] });
  await group(studio, { from: [0.97, 0.96], to: [0.7, 0.75] });
  const plain = await plainWindow(browser, studio, nodes);
  const figures = {
    open: median(opened),
    openCpu: median(worked),
    panAtFit: await compare(rounds, studio, plain, pan, "fit", false),
    panNear: await compare(rounds, studio, plain, pan, "near", false),
    dragAtFit: await compare(rounds, studio, plain, drag, "fit", true),
    dragNear: await compare(rounds, studio, plain, drag, "near", true),
    heap: await heapOf(studio),
  };
  await studio.page.close();
  await plain.page.close();
  return figures;
};

interface Lasso {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

const tries = 10;

/** Makes a group of the cards in a part of the canvas, as hands do. A window that still fits itself is asked again. */
const group = async (studio: MeasuredPage, lasso: Lasso): Promise<void> => {
  const listed = studio.page.locator(".outline-group");
  const before = await listed.count();
  for (let at = 0; at < tries; at++) {
    await select(studio, lasso);
    await studio.page.keyboard.press("Control+g");
    const title = studio.page.locator(".group-title");
    await title.press("Enter", { timeout: 2000 }).catch(() => undefined);
    await studio.page.keyboard.press("Escape");
    if ((await listed.count()) > before) return;
  }
  throw new Error("the studio made no group of the cards in a lasso");
};

/** Draws a lasso with everything in view; its corners are parts of the canvas's width and height. */
const select = async ({ page }: MeasuredPage, { from, to }: Lasso): Promise<void> => {
  await page.locator(".canvas").focus();
  await page.keyboard.press("1");
  const box = await canvasBox(page);
  const at = ([x, y]: readonly [number, number]): [number, number] => [box.x + box.width * x, box.y + box.height * y];
  await page.keyboard.down("Shift");
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
};

/** A plain canvas as large as the studio's. */
const plainWindow = async (browser: Browser, { page }: MeasuredPage, nodes: number): Promise<MeasuredPage> => {
  const box = await canvasBox(page);
  const plain = await measuredPage(browser);
  const size = { width: Math.round(box.width), height: Math.round(box.height) };
  await plain.page.setContent(plainPage(nodes, size));
  return plain;
};

const canvasBox = async (page: Page): Promise<{ x: number; y: number; width: number; height: number }> => {
  const box = await page.locator(".canvas").boundingBox();
  if (box === null) throw new Error("the studio shows no canvas");
  return box;
};

const compare = async (
  rounds: number,
  studio: MeasuredPage,
  plain: MeasuredPage,
  motion: Omit<Motion, "target">,
  where: "fit" | "near",
  isDrag: boolean,
): Promise<Compared> => {
  const ours: Driven[] = [];
  const theirs: Driven[] = [];
  for (let round = 0; round < rounds; round++) {
    await look(studio, where);
    if (isDrag) await take(studio);
    ours.push(await inFront(studio, motion, ".canvas"));
    if (isDrag) await putBack(studio);
    await plain.page.evaluate(plainLook, { where, isDrag });
    theirs.push(await inFront(plain, motion, "#canvas"));
    await plain.page.evaluate(plainDrop);
  }
  return { studio: medians(ours), plain: medians(theirs) };
};

/** A page in the background gets no frames. */
const inFront = async (
  { page, session }: MeasuredPage,
  motion: Omit<Motion, "target">,
  target: string,
): Promise<Driven> => {
  await page.bringToFront();
  // Cards come in when the hand rests; that belongs to opening, not to moving.
  await page.waitForTimeout(500);
  return drive(page, session, { ...motion, target });
};

const look = async ({ page }: MeasuredPage, where: "fit" | "near"): Promise<void> => {
  await page.bringToFront();
  await page.locator(".canvas").focus();
  await page.keyboard.press("1");
  if (where === "near") await page.keyboard.press("Control+0");
};

/** Takes the card in the middle in the hand; far out cards are no elements, and a hand feels for one. */
const take = async ({ page }: MeasuredPage): Promise<void> => {
  await page.waitForTimeout(400);
  const at = await page.evaluate(cardNearMiddle);
  const taken = page.locator(".canvas [role=option][aria-selected=true]");
  await page.keyboard.press("Escape");
  for (let felt = 0; felt < tries; felt++) {
    await page.mouse.move(at.x + 5 * felt, at.y + 3 * felt);
    await page.mouse.down();
    if (await appears(taken)) return restPanels(page);
    await page.mouse.up();
  }
  throw new Error("there is no card near the middle of the canvas");
};

const appears = (element: Locator): Promise<boolean> =>
  element
    .first()
    .waitFor({ state: "attached", timeout: 2000 })
    .then(
      () => true,
      () => false,
    );

/** The panels show what was taken; that they are told of it is not part of a drag. */
const restPanels = (page: Page): Promise<void> =>
  page.locator(".spinner").first().waitFor({ state: "detached", timeout: 60_000 });

const putBack = async ({ page }: MeasuredPage): Promise<void> => {
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await page.keyboard.press("Escape");
};

/** Runs in the page: a place near the middle of the canvas where there is a card; far out any place is as good. */
const cardNearMiddle = (): { x: number; y: number } => {
  const box = document.querySelector(".canvas")?.getBoundingClientRect() ?? new DOMRect();
  const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  const away = ({ x, y, width, height }: DOMRect): number =>
    Math.hypot(x + width / 2 - middle.x, y + height / 2 - middle.y);
  const cards = [...document.querySelectorAll(".flow [data-node]")].map((card) => card.getBoundingClientRect());
  const nearest = cards.toSorted((a, b) => away(a) - away(b))[0];
  return nearest === undefined ? middle : { x: nearest.x + nearest.width / 2, y: nearest.y + nearest.height / 2 };
};

interface PlainWindow {
  readonly plain: Record<"fit" | "near" | "take" | "drop", () => void>;
}

const plainLook = ({ where, isDrag }: { readonly where: "fit" | "near"; readonly isDrag: boolean }): void => {
  const { plain } = window as unknown as PlainWindow;
  plain[where]();
  if (isDrag) plain.take();
};

const plainDrop = (): void => (window as unknown as PlainWindow).plain.drop();

const medians = (driven: readonly Driven[]): Driven => ({
  cpu: median(driven.map(({ cpu }) => cpu)),
  p95: median(driven.map(({ p95 }) => p95)),
});

const heapOf = async ({ session }: MeasuredPage): Promise<number> => {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN;
};

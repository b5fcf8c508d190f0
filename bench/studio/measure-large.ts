// A table of millions of rows in the window: looked at, scrolled through, sorted.

import type { Page } from "@playwright/test";

import { jumpTo, type Room, roomOf, type SeenRows, sortBy } from "./grid-hands.ts";
import { choose, series, timeTo } from "./hands.ts";
import { bigId, smallId } from "./large-project.ts";

export interface LargeTimes {
  /** A click on the node to its rows. */
  readonly opened: readonly number[];
  readonly room: Room;
  /** From a scroll to any place, to its rows. */
  readonly pages: readonly number[];
  /** The number of the last row that was reached. */
  readonly lastRow: number;
  readonly byNumber: SortTimes;
  readonly byText: SortTimes;
  readonly byManyTexts: SortTimes;
  /** Pages from all over a sorted view: the first ones, and those after a while. */
  readonly firstSorted: readonly number[];
  readonly sorted: readonly number[];
}

export interface SortTimes {
  /** A click on a column's head to the first rows of the order. */
  readonly first: readonly number[];
  /** The same click to rows from the middle of it, scrolled to at once. */
  readonly middle: readonly number[];
}

const firstPages = 3;
/** Within which a copy of ten million rows is made. */
const longPause = 8000;

/** Does it all in a window that shows the large project. */
export const measureLarge = async (page: Page, rows: number, rounds: number): Promise<LargeTimes> => {
  await choose(page, "Show Preview");
  const opened = await series(rounds, () => opening(page));
  const room = await roomOf(page);
  const pages: number[] = [];
  let lastRow = 0;
  for (const share of [...placesOf(rounds * 3, 7), 1, 0]) {
    const seen = await jumpTo(page, share, "id");
    check(
      seen.texts.every((text, at) => text === String(seen.first - 1 + at)),
      `row ${seen.first} is not what stands there`,
    );
    pages.push(seen.time);
    lastRow = Math.max(lastRow, seen.last);
  }
  check(lastRow === rows, `row ${rows} was not reached`);
  const byNumber = await sorting(page, ["amount", "x", "k"], rounds);
  const byText = await sorting(page, ["name"], rounds);
  const byManyTexts = await sorting(page, ["note"], Math.min(2, rounds));
  const pause = rows > 1_000_000 ? longPause : 300;
  await sortBy(page, "amount");
  const sortedPages: number[] = [];
  for (const share of placesOf(firstPages + rounds * 3, 11)) {
    sortedPages.push((await inOrder(jumpTo(page, share, "amount"), false)).time);
    // Nobody drags faster than this; a copy for such pages is made meanwhile, and measured with them.
    await page.waitForTimeout(sortedPages.length === firstPages ? pause : 300);
  }
  const [firstSorted, sorted] = [sortedPages.slice(0, firstPages), sortedPages.slice(firstPages)];
  return { opened, room, pages, lastRow, byNumber, byText, byManyTexts, firstSorted, sorted };
};

/** Places all over a table; the same ones each time. */
const placesOf = (count: number, seed: number): readonly number[] =>
  Array.from({ length: count }, (_value, at) => ((at + 1) * seed * 0.618_033_988_75) % 1);

const opening = async (page: Page): Promise<number> => {
  await clickNode(page, smallId);
  return clickNode(page, bigId);
};

const clickNode = async (page: Page, id: string): Promise<number> => {
  const name = id.split(".").at(-1) ?? id;
  const row = page.getByRole("list", { name: "Outline" }).getByRole("button", { name: new RegExp(`^${name}\\b`) });
  const sight = { selector: `.area-bottom [aria-label*="${id}"] [role=gridcell]:not(:has(.grid-waiting))`, words: "" };
  return timeTo(page, "pointerdown", [sight], () => row.click());
};

/** Each click is another order of the table: up and down by each of the columns in turn. */
const sorting = async (page: Page, columns: readonly string[], rounds: number): Promise<SortTimes> => {
  const first: number[] = [];
  const middle: number[] = [];
  const orders = columns.flatMap((column) => [false, true].map((isDown) => ({ column, isDown })));
  for (const { column, isDown } of orders.slice(0, Math.max(1, rounds + 1))) {
    const top = await inOrder(sortBy(page, column), isDown);
    check(top.first === 1, "a sorted table begins elsewhere");
    first.push(top.time);
    middle.push(top.time + (await inOrder(jumpTo(page, 0.5, column), isDown)).time);
  }
  return { first, middle };
};

/** Numbers by their size, texts letter by letter, NULL last. */
const inOrder = async (seeing: Promise<SeenRows>, isDown: boolean): Promise<SeenRows> => {
  const seen = await seeing;
  const values = seen.texts.filter((text) => text !== "NULL");
  const sign = isDown ? -1 : 1;
  const compare = (a: string, b: string): number => {
    const difference = Number(a) - Number(b);
    if (!Number.isNaN(difference)) return difference * sign;
    return (a === b ? 0 : a < b ? -1 : 1) * sign;
  };
  check(
    values.every((value, at) => at === 0 || compare(values[at - 1] ?? value, value) <= 0),
    `not in order: ${values.slice(0, 5).join(", ")}`,
  );
  return seen;
};

const check = (isTrue: boolean, what: string): void => {
  if (!isTrue) throw new Error(what);
};

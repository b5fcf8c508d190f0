// What a person does in a table of the window, and when the frame shows it.

import type { Locator, Page } from "@playwright/test";

/** The rows that a frame showed. */
export interface SeenRows {
  /** Milliseconds from the act to the frame. */
  readonly time: number;
  /** Numbers of the first and of the last row, from 1. */
  readonly first: number;
  readonly last: number;
  /** The cells of the column that was asked for, from top to bottom. */
  readonly texts: readonly string[];
}

const patience = 60_000;

/** The table in the lower part of the window. */
export const gridOf = (page: Page): Locator => page.locator(".area-bottom [role=grid]");

interface Act {
  /** Moves to this share of the whole way down; `null` leaves the place as it is. */
  readonly share: number | null;
  /** Clicks the head of this column; `null` clicks none. */
  readonly sort: string | null;
  /** The column whose cells are given. */
  readonly column: string;
}

/** Drags the scroll bar to a share of its way, to the frame in which every row there has its cells. */
export const jumpTo = (page: Page, share: number, column: string): Promise<SeenRows> =>
  gridOf(page).evaluate(actAndLook, { share, sort: null, column, patience });

/** Clicks a column's head, to the frame in which the first rows of that order have their cells. */
export const sortBy = async (page: Page, sort: string): Promise<SeenRows> => {
  await gridOf(page).evaluate(showColumn, sort);
  return gridOf(page).evaluate(actAndLook, { share: null, sort, column: sort, patience });
};

/** Runs in the page: only the columns that are seen are drawn. */
const showColumn = async (grid: Element, name: string): Promise<void> => {
  const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
  const isShown = (): boolean =>
    [...grid.querySelectorAll(".grid-header .column-name")].some(({ textContent }) => textContent === name);
  if (isShown()) return;
  grid.scrollLeft = 0;
  for (let step = 0; step < 40 && !isShown(); step++) {
    await frame();
    await frame();
    if (!isShown()) grid.scrollLeft += grid.clientWidth / 3;
  }
};

/** Runs in the page, as the clock has to. */
const actAndLook = (
  grid: Element,
  { share, sort, column, patience: most }: Act & { readonly patience: number },
): Promise<SeenRows> => {
  const headOf = (name: string): HTMLElement | undefined =>
    [...grid.querySelectorAll<HTMLElement>(".grid-header")].find(
      (head) => head.querySelector(".column-name")?.textContent === name,
    );
  const rowsSeen = (): readonly HTMLElement[] => [...grid.querySelectorAll<HTMLElement>(".grid-row")];
  const numberOf = (row: HTMLElement | undefined): number => Number(row?.ariaRowIndex ?? 1) - 1;
  const before = numberOf(rowsSeen()[0]);
  const order = (sort === null ? undefined : headOf(sort))?.ariaSort;
  const table = grid.closest(".table-view");
  const started = performance.now();
  if (sort !== null) headOf(sort)?.querySelector<HTMLElement>(".grid-header-line")?.click();
  if (share !== null) grid.scrollTop = share * (grid.scrollHeight - grid.clientHeight);
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const rows = rowsSeen();
      const hasMoved = share === null || numberOf(rows[0]) !== before;
      const isSorted = sort === null || headOf(sort)?.ariaSort !== order;
      const isThere =
        rows.length > 0 &&
        grid.querySelector(".grid-waiting") === null &&
        !(table?.querySelector(".coverage")?.textContent ?? "").includes("Reading");
      const time = performance.now() - started;
      if (hasMoved && isSorted && isThere) {
        const place = headOf(column)?.dataset["column"];
        const texts = rows.map((row) => row.querySelector(`[data-column="${place}"]`)?.textContent ?? "");
        resolve({ time, first: numberOf(rows[0]), last: numberOf(rows.at(-1)), texts });
      } else if (time > most) reject(new Error(`nothing came: ${table?.textContent?.slice(0, 200)}`));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
};

/** How much of a table is to be seen at once. */
export interface Room {
  /** Rows that are seen whole. */
  readonly rows: number;
  /** What the window says of how many there are. */
  readonly count: string;
  /** Points of that sentence which something else lies over. */
  readonly covered: number;
}

/** Looks at what lies on top of the table and of its count. */
export const roomOf = (page: Page): Promise<Room> =>
  gridOf(page).evaluate((grid) => {
    const isOnTop = (element: Element, x: number, y: number): boolean => {
      const top = document.elementFromPoint(x, y);
      return top !== null && (element.contains(top) || top.contains(element));
    };
    const port = grid.getBoundingClientRect();
    const rows = [...grid.querySelectorAll(".grid-row")].filter((row) => {
      const cell = row.querySelector("[role=gridcell]") ?? row;
      const { left, top, bottom } = cell.getBoundingClientRect();
      const isInside = top >= port.top && bottom <= Math.min(port.top + grid.clientHeight, innerHeight);
      return isInside && isOnTop(row, left + 4, top + 2) && isOnTop(row, left + 4, bottom - 2);
    });
    const count = grid.closest(".table-view")?.querySelector(".coverage") ?? grid;
    const box = count.getBoundingClientRect();
    const points = Array.from({ length: 20 }, (_value, at) => box.left + 1 + ((box.width - 2) * at) / 19);
    const covered = points.filter((x) => !isOnTop(count, x, box.top + box.height / 2)).length;
    return { rows: rows.length, count: count.textContent ?? "", covered };
  });

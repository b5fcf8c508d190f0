// Tables of millions of rows, in the window.

import type { Figure } from "../report.ts";
import { atLeast, fact, times } from "./figures.ts";
import { makeLargeProject } from "./large-project.ts";
import { measureLarge, type SortTimes } from "./measure-large.ts";
import { openStudio, startHost, windowSize } from "./window.ts";
import type { Place } from "./work-figures.ts";

/** All of them; `isQuick` does each thing a few times. */
export const largeFigures = async (
  { browser, folder, home }: Place,
  rows: number,
  isQuick: boolean,
): Promise<readonly Figure[]> => {
  await using host = await startHost(makeLargeProject(folder, rows), home);
  const page = await browser.newPage({ viewport: windowSize });
  await openStudio(page, host.url);
  const found = await measureLarge(page, rows, isQuick ? 2 : 5);
  await page.close();
  const { room } = found;
  return [
    times("a click on the node, to its first rows", found.opened, 100),
    atLeast("rows seen at 1600 × 1000", room.rows, "rows", 10, `beside them: ${room.count}`),
    fact("points of the count that something covers", room.covered, "points", 0),
    times("a scroll to any place, to its rows", found.pages, 300),
    atLeast("the last row that was reached", found.lastRow, "rows", rows),
    ...sorts("a number", found.byNumber),
    ...sorts("a text, 50,000 different ones", found.byText),
    ...sorts("a text, nearly all different", found.byManyTexts),
    times("a sorted view, a scroll to any place: the first ones", found.firstSorted, 300),
    times("a sorted view, a scroll to any place", found.sorted, 300),
  ];
};

const sorts = (by: string, { first, middle }: SortTimes): readonly Figure[] => [
  times(`sorted by ${by}: click to first rows`, first, 2000),
  times(`sorted by ${by}: click to rows in its middle`, middle, 2000),
];

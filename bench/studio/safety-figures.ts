// What hands have to do, and what is never lost, changed or hidden.

import type { Figure } from "../report.ts";
import { atLeast, fact, times } from "./figures.ts";
import { byKeys, byMouse } from "./measure-gestures.ts";
import {
  brokenFiles,
  measureBroken,
  measureKilling,
  measureMoving,
  measureShowing,
  projectWith,
  sqlNode,
  valuesNode,
} from "./measure-safety.ts";
import type { Place } from "./work-figures.ts";

const note = { "note.yml": sqlNode("note", "select 1 as one") };

/** All of them; `isQuick` leaves out those that need a server of their own. */
export const safetyFigures = async (place: Place, isQuick: boolean): Promise<readonly Figure[]> => [
  ...(isQuick ? [] : await gestures(place)),
  ...(await files(place, isQuick ? 1 : 7)),
  ...(await looks(place)),
];

const gestures = async ({ browser, folder }: Place): Promise<readonly Figure[]> => {
  const mouse = await byMouse(browser, folder);
  const keys = await byKeys(browser, folder);
  const detail = (time: number): string =>
    `${(time / 1000).toFixed(1)} s as fast as the window goes, starting PostgreSQL included`;
  return [
    fact("file → filter → PostgreSQL upsert, run: by mouse", mouse.clicks, "clicks", 12, detail(mouse.time)),
    fact("file → filter → PostgreSQL upsert, run: by keys alone", keys.keys, "keys", 25, detail(keys.time)),
    fact("modal windows before the first rows", Math.max(mouse.modals, keys.modals), "modals", 0),
  ];
};

const files = async ({ browser, folder, home }: Place, kills: number): Promise<readonly Figure[]> => {
  const moving = projectWith(folder, "moving", { ...note, "other.yml": sqlNode("other", "from transform.note") });
  const { moved, copied } = await measureMoving(browser, moving, home, "transform.note");
  const killing = projectWith(folder, "killing", note);
  const lost: number[] = [];
  for (let round = 0; round < kills; round++)
    lost.push(await measureKilling(browser, killing, home, "transform.note", round));
  const most = Math.max(...lost);
  const broken = await measureBroken(browser, projectWith(folder, "broken", brokenFiles), home);
  return [
    fact("a card moved: lines changed outside canvas.yml", moved, "lines", 0),
    fact("a node duplicated: lines that differ, its name's", copied, "lines", 1),
    { ...times("kill -9 while typing: typing that is lost, the most", lost, 1000), value: most },
    atLeast(
      "broken files that open as a card of their own",
      broken.cards.length,
      "files",
      Object.keys(brokenFiles).length - 1,
      `after ${broken.time.toFixed(0)} ms; they say: ${broken.cards.join(" | ")}`,
    ),
  ];
};

const looks = async ({ browser, folder, home }: Place): Promise<readonly Figure[]> => {
  const root = projectWith(folder, "showing", { "values.yml": valuesNode });
  const { wrong, of, violations } = await measureShowing(browser, root, home);
  return [
    fact("values that are shown as something else", wrong.length, "values", 0, [`of ${of}`, ...wrong].join("; ")),
    fact(
      "what axe finds: start page, canvas, table, code",
      violations.length,
      "violations",
      0,
      [...violations, "every view in every look: e2e/specs/every-view.spec.ts"].join("; "),
    ),
  ];
};

// What people wait for while they build: as the page sees it, from a key, a click or a drop to what is shown of it.

import type { Browser } from "@playwright/test";

import { p95 } from "../measure.ts";
import type { Figure } from "../report.ts";
import { times } from "./figures.ts";
import { measureCancelling } from "./measure-cancelling.ts";
import { measureDropping } from "./measure-dropping.ts";
import { measureEditing } from "./measure-editing.ts";
import { type Gesture, measureAdding, measureFirstResult } from "./measure-first-steps.ts";
import { measureOutsideEdits } from "./measure-outside-edits.ts";
import { measureReruns } from "./measure-reruns.ts";
import { openStudio, startHost, windowSize } from "./window.ts";
import { addEndless, makeWorkProject } from "./work-project.ts";

export interface Place {
  readonly browser: Browser;
  /** Projects are made below it. */
  readonly folder: string;
  /** Whose settings and environments are used. */
  readonly home: string;
}

/** All of them, and how many nodes stand around; `isQuick` takes few rounds and leaves out what is slow by nature. */
export const workFigures = async (place: Place, nodes: number, isQuick: boolean): Promise<readonly Figure[]> => {
  const root = makeWorkProject(place.folder, nodes);
  const figures = [...(await rerunning(place, root, isQuick)), ...(await editing(place, root, nodes, isQuick))];
  if (isQuick) return figures;
  figures.push(...(await adding(place, root)), ...(await dropping(place, root)));
  addEndless(root);
  return [...figures, ...(await cancelling(place, root)), ...(await firstResults(place))];
};

const rerunning = async ({ browser, home }: Place, root: string, isQuick: boolean): Promise<readonly Figure[]> => {
  const { restarted, again } = await measureReruns(browser, root, home, isQuick ? 1 : 5, isQuick ? 3 : 10);
  return [
    times("a run with nothing to do, in the window", again, 150),
    times("a run with nothing to do, the first after a restart", restarted, 150),
  ];
};

const editing = async (
  { browser, home }: Place,
  root: string,
  nodes: number,
  isQuick: boolean,
): Promise<readonly Figure[]> => {
  await using host = await startHost(root, home);
  const page = await browser.newPage({ viewport: windowSize });
  await openStudio(page, host.url);
  const { errors, drafts } = await measureEditing(page, nodes, isQuick ? 3 : 30);
  const outside = await measureOutsideEdits(page, root, isQuick ? 3 : 20);
  await page.close();
  return [
    {
      ...times("a wrong column underlined, the nearest one offered, p95", errors, 200),
      value: p95(errors),
    },
    times("an edited leaf's new rows", drafts, 300),
    times("an edit by another program, shown", outside, 500),
  ];
};

const dropping = async ({ browser, home }: Place, root: string): Promise<readonly Figure[]> => {
  await using host = await startHost(root, home);
  const page = await browser.newPage({ viewport: windowSize });
  await openStudio(page, host.url);
  const figures: Figure[] = [];
  for (const [megabytes, rounds, target] of [
    [20, 5, 300],
    [100, 3, 1000],
  ] as const) {
    const dropped = await measureDropping(page, megabytes, rounds);
    const what = `a CSV of ${megabytes} MB dropped`;
    figures.push(
      times(
        `${what}, to its card`,
        dropped.map(({ card }) => card),
        null,
      ),
      times(
        `${what}, to its first rows`,
        dropped.map(({ rows }) => rows),
        target,
      ),
    );
  }
  await page.close();
  return figures;
};

const cancelling = async ({ browser, home }: Place, root: string): Promise<readonly Figure[]> => {
  const { shown, stopped, left } = await measureCancelling(browser, root, home, 5);
  return [
    times("cancel, shown", shown, 100),
    times("cancel, everything stopped", stopped, 2000),
    { name: "cancel, processes left after the host", value: left, unit: "processes", target: 0, detail: "" },
  ];
};

const adding = async ({ browser, home }: Place, root: string): Promise<readonly Figure[]> => {
  const gestures = await gesturesOf((round) => measureAdding(browser, root, home, round));
  return [
    actions("a node added and connected", "actions", gestures, 2),
    inTime("a node added and connected", gestures),
  ];
};

const firstResults = async ({ browser, folder }: Place): Promise<readonly Figure[]> => {
  const gestures = await gesturesOf((round) => measureFirstResult(browser, folder, round));
  return [
    actions("start page to the first result", "clicks", gestures, 3),
    { ...inTime("start page to the first result", gestures), target: 3000 },
  ];
};

const gesturesOf = async (once: (round: number) => Promise<Gesture>): Promise<readonly Gesture[]> => {
  const gestures: Gesture[] = [];
  for (let round = 0; round < 3; round++) gestures.push(await once(round));
  return gestures;
};

const actions = (name: string, unit: "actions" | "clicks", gestures: readonly Gesture[], target: number): Figure => ({
  name,
  unit,
  value: Math.max(...gestures.map((gesture) => gesture.actions)),
  target,
  detail: "",
});

const inTime = (name: string, gestures: readonly Gesture[]): Figure =>
  times(
    name,
    gestures.map(({ time }) => time),
    null,
  );

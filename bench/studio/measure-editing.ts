import type { Page } from "@playwright/test";

import { choose, series, timeTo } from "./hands.ts";
import { leafId } from "./work-project.ts";

export interface EditingTimes {
  /** The last letter of a wrong column's name to its being underlined and the nearest one offered. */
  readonly errors: readonly number[];
  /** The last key of SQL that can run to its rows. */
  readonly drafts: readonly number[];
}

/** Types into the SQL of the leaf, so many times each, in milliseconds. */
export const measureEditing = async (page: Page, nodes: number, rounds: number): Promise<EditingTimes> => {
  const input = `transform.n${nodes - 2}`;
  await choose(page, leafId);
  await choose(page, "Show Code");
  await choose(page, "Show Preview");
  const errors = await series(rounds, async (round) => {
    await write(page, `select id, amount from ${input} where id <> ${round} order by amount`);
    await page.locator(".cm-lintRange-error").waitFor({ state: "detached" });
    await pause(page, round);
    const sights = [
      { selector: ".cm-lintRange-error", words: "amountx" },
      { selector: ".code-verdict.is-bad .code-hint", words: "" },
    ];
    return timeTo(page, "keydown", sights, () => page.keyboard.press("x"));
  });
  const drafts = await series(rounds, async (round) => {
    const value = 10 + round;
    await write(page, `from ${input} select id, ${value}`);
    await pause(page, round);
    const sights = [{ selector: ".area-bottom [role=gridcell]", words: `${value}7` }];
    return timeTo(page, "keydown", sights, () => page.keyboard.press("7"));
  });
  return { errors, drafts };
};

const write = async (page: Page, text: string): Promise<void> => {
  await page.getByRole("textbox", { name: /^SQL of / }).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
};

/** Texts are saved half a second after a key: the next one comes before, during and after that. */
const pause = (page: Page, round: number): Promise<void> => page.waitForTimeout(100 + ((round * 170) % 900));

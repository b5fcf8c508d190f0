import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { expect, test } from "@playwright/test";

const checkout = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

/** Each ratio that the bench printed, by what it is of. */
const ratiosOf = (printed: string): ReadonlyMap<string, number> =>
  new Map(
    [...printed.matchAll(/^ {2}(\S.*), against a plain canvas +([\d.]+) ×/gm)].map(([, name = "", value]) => [
      name,
      Number(value),
    ]),
  );

test("the window is measured beside a plain canvas, and the ratios are sane", async () => {
  test.setTimeout(600_000);
  const { stdout } = await run(process.execPath, ["bench/studio/main.ts", "--quick"], { cwd: checkout });
  const ratios = ratiosOf(stdout);
  expect([...ratios.keys()]).toEqual([
    "pan, everything in view",
    "pan, near",
    "drag, everything in view",
    "drag, near",
  ]);
  // What a frame costs depends on the machine; how often one is in another hardly does.
  for (const [name, ratio] of ratios) {
    expect(ratio, name).toBeGreaterThan(0.1);
    expect(ratio, name).toBeLessThan(50);
  }
  for (const wait of [
    "a run with nothing to do, in the window",
    "a wrong column underlined",
    "an edited leaf's new rows",
  ])
    expect(stdout).toMatch(new RegExp(`${wait}.* +[\\d.]+ ms `));
  // A table of many rows takes the same way as one of millions: each of its rows is checked by the bench itself.
  for (const part of [
    "a scroll to any place, to its rows",
    "sorted by a number: click to first rows",
    "sorted by a text, 50,000 different ones: click to rows in its middle",
    "a sorted view, a scroll to any place",
  ])
    expect(stdout).toMatch(new RegExp(`^ {2}${part} +[\\d.,]+ ms `, "m"));
  for (const met of [
    "rows seen at 1600 × 1000",
    "points of the count that something covers",
    "the last row that was reached",
    "a card moved: lines changed outside canvas.yml",
    "a node duplicated: lines that differ, its name's",
    "broken files that open as a card of their own",
    "values that are shown as something else",
    "what axe finds: start page, canvas, table, code",
  ])
    expect(stdout).toMatch(new RegExp(`^ {2}${met} +\\S+ \\S+ {2}\\(target . [\\d.]+: met\\)`, "m"));
  expect(stdout).toMatch(/first scripts, gzipped +[\d.]+ kB {2}\(target ≤ 200: met\)/);
});

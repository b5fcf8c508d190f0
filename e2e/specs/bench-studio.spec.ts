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
  test.slow();
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
  expect(stdout).toMatch(/first scripts, gzipped +[\d.]+ kB {2}\(target ≤ 200: met\)/);
});

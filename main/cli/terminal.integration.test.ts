import { expect, it } from "vitest";

import { runInTerminal } from "../../test-support/run-in-terminal.ts";
import { temporaryFolder } from "../../test-support/temporary-folder.ts";

const endless = "select count(*) as n from range(100000000) a, range(10000000) b where a.range % 7 = b.range % 11";
const transform = (name: string, sql: string) => ({
  [`pipelines/${name}.yml`]: `kind: transform\nname: ${name}\ntransform: |\n  ${sql}\n`,
});

it("shows live progress on a real terminal and leaves plain lines behind", async () => {
  await using folder = await temporaryFolder({
    "headrace.yml": "name: shop\n",
    ...transform("quick", "select 1 as n"),
    ...transform("long", "select sum(hash(range)) as n from range(150000000)"),
  });
  const seen: string[] = [];
  const { code, screen } = await runInTerminal(["run"], {
    cwd: folder.root,
    columns: 70,
    rows: 12,
    onScreen: (current) => seen.push(current.screen().join("\n")),
  });
  expect(code).toBe(0);
  expect(seen.some((text) => /\S {2}transform\.long {2}.*s/.test(text) && /[█░]{24} {2}\d\/2/.test(text))).toBe(true);
  expect(screen.cursorHidden).toBe(false);
  const left = screen.all().filter((line) => line !== "");
  expect(left).toHaveLength(3);
  expect(left.slice(0, 2).toSorted()).toEqual([
    expect.stringMatching(/^✓ {2}transform\.long +1 row /),
    expect.stringMatching(/^✓ {2}transform\.quick +1 row /),
  ]);
  expect(left[2]).toMatch(/^2 ran, 0 cached, 0 failed in /);
});

it("stops after Ctrl-C with exit code 130, its last sentence and the cursor back", async () => {
  await using folder = await temporaryFolder({ "headrace.yml": "name: shop\n", ...transform("slow", endless) });
  let pressed = false;
  const { code, screen } = await runInTerminal(["run"], {
    cwd: folder.root,
    columns: 70,
    rows: 12,
    onScreen(current, press) {
      if (pressed || !current.screen().join("\n").includes("1 running")) return;
      pressed = true;
      setTimeout(() => press("\u0003"), 300);
    },
  });
  expect(code).toBe(130);
  expect(screen.cursorHidden).toBe(false);
  expect(screen.all().findLast((line) => line !== "")).toMatch(/^Cancelled: /);
});

it.each([{ CI: "true" }, { TERM: "dumb" }])("prints plain lines on a terminal with %j", async (environment) => {
  await using folder = await temporaryFolder({
    "headrace.yml": "name: shop\n",
    ...transform("quick", "select 1 as n"),
  });
  const { screen } = await runInTerminal(["run"], { cwd: folder.root, columns: 90, rows: 12, environment });
  expect(screen.all()[0]).toMatch(/^ok {9}transform\.quick +1 row /);
});

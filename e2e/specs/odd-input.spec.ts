import { rm } from "node:fs/promises";
import { join } from "node:path";

import { StudioPage } from "../pages/studio-page.ts";
import { accessibilityProblems, expect, test } from "../support/fixtures.ts";
import { descendants } from "../support/processes.ts";
import { ownProject, startStudio } from "../support/studio-host.ts";

const columns = Array.from({ length: 100 }, (_value, at) => `repeat('long text ${at} ', 200) as column_${at}`);

const files = {
  "headrace.yml": "name: odd 🦆\n",
  "data/empty.csv": "id,name\n",
  "pipelines/empty.yml": `kind: source
name: empty
source: csv
table: data/empty.csv
schema: [{ name: id, data_type: INTEGER }, { name: name, data_type: VARCHAR }]
`,
  "pipelines/wide.yml": `kind: transform
name: wide
transform: |
  select ${columns.join(",\n  ")} from range(300)
`,
  "pipelines/nested.yml": `kind: transform
name: nested
transform: |
  select {'a': 1, 'b': [1, 2, null]} as "struct 🦆", map {'k': 'v'} as m, null as nothing, '' as blank, '  ' as spaces,
         9007199254740993::hugeint as big, 1.10::decimal(38, 2) as money, 'a\\nb' as lines, '\\x00'::blob as bytes
`,
  "pipelines/blank.yml": "kind: rule\nname: blank\nrules: [{ id: has_id, not_null: id }]\n",
  "pipelines/unknown.yml": "kind: teleport\nname: away\n",
  "pipelines/broken.yml": "kind: transform\nname: [\n",
  "pipelines/huge.yml": `kind: transform\nname: huge\ntransform: |\n${"  select 1 -- a comment that goes on and on\n".repeat(46_000)}`,
  "pipelines/binary.yml": "\u0000\u0001\u0002",
  "pipelines/syntax.py": "from headrace import transform\n@transform(name='x'\ndef x(ctx):\n",
  "pipelines/orphan.yml":
    "kind: transform\nname: orphan\ninputs: [source.nowhere]\ntransform: select * from source.nowhere\n",
  "canvas.yml": "positions:\n  source.empty: everywhere\n",
};

const odd = ["unknown.yml", "broken.yml", "huge.yml", "binary.yml", "syntax.py", "orphan.yml", "blank.yml"];

test("what is odd or broken is a card or a sentence with a next step, and the rest works", async ({
  page,
  complaints,
}) => {
  await using project = await ownProject(files);
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  await studio.open(host.url);
  const { canvas, bottom } = studio;
  await canvas.card("source.empty").waitFor();
  await page.keyboard.press("1");
  await bottom.show("Problems");
  for (const file of odd) {
    await expect(bottom.content, `a problem of ${file}`).toContainText(`pipelines/${file}:`);
  }
  await expect(bottom.content).toContainText("canvas.yml:2");
  const told = await bottom.content.locator(".problem").all();
  for (const problem of told) {
    await expect(problem.locator(".problem-message")).toHaveText(/\w+ \w+/);
    await expect(problem.locator(".problem-next").last(), "what to do").toHaveText(/\w+\W+\w+/);
  }
  await canvas.expectState("transform.orphan", "input-missing");
  await canvas.expectState("rule.blank", "unconfigured");
  await studio.picture("odd-input");
  expect(await accessibilityProblems(page)).toEqual([]);

  await test.step("a run says what stands in its way", async () => {
    await page.keyboard.press("F5");
    await expect(studio.messages).toContainText("error");
    await studio.messages.getByRole("button", { name: "Close" }).click();
  });

  await test.step("what is repaired runs, however wide, nested or empty", async () => {
    for (const name of odd) {
      await rm(join(project.root, "pipelines", name));
    }
    await project.write("canvas.yml", "positions:\n  source.empty: [0, 0]\n");
    await bottom.show("Problems");
    await expect(bottom.content).toContainText("No problems");
    await page.keyboard.press("F5");
    await canvas.expectState("source.empty", "warning");
    for (const id of ["transform.wide", "transform.nested"]) await canvas.expectState(id, "ok");
    await page.keyboard.press("Control+0");
    await studio.command("source.empty");
    await bottom.show("Preview");
    await expect(bottom.content).toContainText("all 0 rows");
    await expect.poll(() => bottom.columns()).toEqual(["id", "name"]);
    await studio.command("transform.wide");
    await expect(bottom.content).toContainText("all 300 rows");
    await studio.command("transform.nested");
    await expect
      .poll(() => bottom.row(0))
      .toEqual([
        "{'a': 1, 'b': [1, 2, NULL]}",
        "{k=v}",
        "NULL",
        "",
        "  ",
        "9007199254740993",
        "1.10",
        "a\\nb",
        "\\x00",
      ]);
    await studio.picture("odd-values");
  });

  await test.step("whoever reads the tables for the window is killed while they are looked at: another one does", async () => {
    await studio.command("transform.wide");
    await expect(bottom.content).toContainText("all 300 rows");
    for (const pid of descendants(host.process.pid ?? 0)) process.kill(pid, "SIGKILL");
    await bottom.table.grid.focus();
    await page.keyboard.press("Control+End");
    await expect(bottom.table.cell(300, 100)).toContainText("long text 99");
  });
  await page.goto("about:blank");
  expect(complaints).toEqual([]);
});

test("a folder that goes away while it is open is told of", async ({ page }) => {
  await using project = await ownProject({
    "headrace.yml": "name: gone\n",
    "pipelines/a.yml": files["pipelines/empty.yml"],
  });
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  await studio.open(host.url);
  await studio.canvas.card("source.empty").waitFor();
  await rm(project.root, { recursive: true });
  await studio.bottom.show("Problems");
  await expect(studio.bottom.content.locator(".problem")).not.toHaveCount(0);
  await expect(studio.canvas.card("source.empty")).toBeVisible();
});

import { Inspector } from "../pages/inspector.ts";
import { StudioPage } from "../pages/studio-page.ts";
import { accessibilityProblems, expect, test } from "../support/fixtures.ts";
import { ownProject, startStudio } from "../support/studio-host.ts";

const transform = (name: string, input: string): string =>
  `kind: transform\nname: ${name}\ninputs:\n  - ref: ${input}\ntransform: select * from ref('${input}')\n`;
const file = "pipelines/paid.yml";
const paid = transform("paid", "source.orders");

test("a node whose file breaks under somebody's hands keeps its card, its wires and the editor", async ({
  page,
  complaints,
}) => {
  void complaints;
  test.slow();
  await using project = await ownProject({
    "headrace.yml": "name: till\n",
    "data/orders.csv": "id,amount\n1,5\n",
    "pipelines/orders.yml": "kind: source\nname: orders\nsource: csv\ntable: data/orders.csv\n",
    [file]: paid,
    "pipelines/total.yml": transform("total", "transform.paid"),
  });
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  const inspector = new Inspector(page);
  await studio.open(host.url);
  const { canvas } = studio;
  await canvas.select("transform.paid");
  await inspector.show("Code");
  await inspector.content.getByRole("button", { name: "YAML" }).click();
  const editor = inspector.editor("YAML");
  await expect(editor).toContainText("ref: source.orders");

  await inspector.write(editor, paid.replace("inputs:", "inputs"));
  await canvas.expectState("transform.paid", "invalid");
  await expect(canvas.card("transform.paid")).toContainText("Line 3");
  await expect(canvas.card("transform.paid")).toHaveAttribute("aria-selected", "true");
  await expect(editor).toBeFocused();
  await page.keyboard.type("# still here");
  await expect(editor).toContainText("# still here");
  await expect.poll(() => project.read(file)).toContain("# still here");
  await page.screenshot({ path: "test-results/pictures/broken-file.png" });
  expect(await accessibilityProblems(page)).toEqual([]);

  await test.step("its wires are walked as before", async () => {
    await canvas.select("source.orders");
    await canvas.box.focus();
    for (const next of ["transform.paid", "transform.total"]) {
      await page.keyboard.press("ArrowRight");
      await expect(canvas.card(next)).toHaveAttribute("aria-selected", "true");
    }
  });

  await test.step("an edit from the canvas is refused with the place to correct", async () => {
    await canvas.select("transform.paid");
    await canvas.box.focus();
    await page.keyboard.press("Delete");
    const refusal = page.getByRole("alert").filter({ hasText: "transform.paid cannot be changed here" });
    await expect(refusal).toContainText(`Open ${file}, correct line 3`);
    await refusal.getByRole("button", { name: "Close" }).click();
  });

  await project.write(file, paid);
  await canvas.expectState("transform.paid", "stale");
  await page.goto("about:blank");
});

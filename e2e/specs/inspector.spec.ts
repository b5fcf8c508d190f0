import { Inspector } from "../pages/inspector.ts";
import { StudioPage } from "../pages/studio-page.ts";
import { accessibilityProblems, expect, test } from "../support/fixtures.ts";
import { ownProject, startStudio, type TestProject } from "../support/studio-host.ts";

const orders = `# The till's orders.
kind: source
name: orders
source: csv
table: data/orders.csv
schema:
  - { name: id, data_type: INTEGER } # the key
  - { name: amount, data_type: "DECIMAL(18,2)" }
`;
const clean = `kind: transform
name: clean
tags: [silver] # kept
transform: |
  select id, amount
  from ref('source.orders')
`;
const total = `kind: transform
name: total
transform: |
  select sum(amount) as total
  from transform.clean
`;

const tillProject = (more: Readonly<Record<string, string>> = {}): Promise<TestProject> =>
  ownProject({
    "headrace.yml": "name: till\n",
    "data/orders.csv": "id,amount\n1,2.50\n2,4.00\n",
    "pipelines/orders.yml": orders,
    "pipelines/clean.yml": clean,
    "pipelines/total.yml": total,
    ...more,
  });

const file = "pipelines/clean.yml";

test("wrong SQL is underlined as it is typed, mended by a key, saved by itself; what reads it follows", async ({
  page,
  complaints,
}) => {
  void complaints;
  test.slow();
  await using project = await tillProject();
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  const inspector = new Inspector(page);
  await studio.open(host.url);
  await studio.canvas.select("transform.clean");
  await inspector.show("Code");
  const editor = inspector.editor("SQL");
  await expect(editor).toContainText("select id, amount");
  await expect(inspector.verdict).toContainText("No errors: 2 columns");

  await test.step("the place, the nearest name and the key that takes it", async () => {
    await inspector.write(editor, "select id, amuont\nfrom ref('source.orders')");
    await expect(inspector.underlined).toHaveText("amuont");
    await expect(inspector.verdict).toContainText("Line 1: transform.clean uses column amuont");
    await expect(inspector.verdict).toContainText("Did you mean amount?");
    await studio.canvas.expectState("transform.clean", "invalid");
    await expect.poll(() => project.read(file)).toContain("select id, amuont");
    await studio.picture("inspector-error");
    expect(await accessibilityProblems(page, ".area-right")).toEqual([]);
    await page.keyboard.press("Control+.");
    await expect(editor).toContainText("select id, amount");
    await expect(inspector.underlined).toHaveCount(0);
    await studio.canvas.expectState("transform.clean", "stale");
    await expect.poll(() => project.read(file)).toBe(clean);
  });

  await test.step("a column that goes breaks the card of whoever reads it, before any run", async () => {
    await inspector.write(editor, "select id, amount as paid\nfrom ref('source.orders')");
    await studio.canvas.expectState("transform.total", "invalid");
    await studio.bottom.show("Problems");
    await expect(studio.bottom.content).toContainText("transform.total uses column amount");
    await expect(studio.bottom.content).toContainText("pipelines/total.yml:4");
  });

  await test.step("tables, columns and their types are offered", async () => {
    await inspector.write(editor, "select o.\nfrom ref('source.orders') as o");
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("End");
    await page.keyboard.press("Control+Space");
    const offered = page.getByRole("listbox", { name: "Completions" });
    await expect(offered).toContainText("amountDECIMAL(18,2)");
    await page.keyboard.press("Escape");
  });

  await test.step("what another program wrote meanwhile is shown beside it, not written over", async () => {
    await expect.poll(() => project.read(file)).toContain("select o.");
    await host.whileAsleep(async () => {
      await project.write(file, clean.replace("id, amount", "id, 1 as theirs"));
      await inspector.write(editor, "select id, 2 as mine\nfrom ref('source.orders')");
    });
    await expect(inspector.content).toContainText("was changed elsewhere while you were editing it");
    await expect(inspector.content.getByRole("textbox", { name: "The file as it is now" })).toContainText("theirs");
    expect(await project.read(file)).toContain("1 as theirs");
    await inspector.content.getByRole("button", { name: "Keep mine" }).click();
    await expect.poll(() => project.read(file)).toContain("select id, 2 as mine");
  });
  // The window goes before its host does.
  await page.goto("about:blank");
});

test("a form's edit changes one line, by keyboard alone; every tab is open to everyone", async ({
  page,
  complaints,
}) => {
  void complaints;
  test.slow();
  await using project = await tillProject();
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  const inspector = new Inspector(page);
  await studio.open(host.url);
  await studio.command("transform.clean");
  await studio.command("Show Settings");

  await test.step("a text, a list, a group that was not there", async () => {
    await inspector.setting("owner").focus();
    await page.keyboard.type("anna");
    await page.keyboard.press("Enter");
    await expect.poll(() => project.read(file)).toBe(`${clean}owner: anna\n`);
    await inspector.content.getByRole("button", { name: "Add to tags" }).focus();
    await page.keyboard.press("Enter");
    await inspector.setting("tags 2").focus();
    await page.keyboard.type("daily");
    await expect.poll(() => project.read(file)).toContain("tags: [silver, daily] # kept\n");
    await inspector.content.getByRole("button", { name: "retry", exact: true }).focus();
    await page.keyboard.press("Enter");
    await inspector.setting("attempts").focus();
    await page.keyboard.type("0");
    await expect(inspector.content.getByRole("alert")).toContainText("at least 1");
    expect(await project.read(file)).not.toContain("attempts");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("5");
    await expect.poll(() => project.read(file)).toContain("attempts: 5");
    expect(await accessibilityProblems(page, ".area-right")).toEqual([]);
    await studio.picture("inspector-settings");
  });

  await test.step("what columns mean is kept in the file", async () => {
    await studio.command("source.orders");
    await studio.command("Show Columns");
    const words = inspector.content.getByRole("textbox", { name: "Description of amount" });
    await words.focus();
    await page.keyboard.type("What was paid");
    await page.keyboard.press("Enter");
    await expect.poll(() => project.read("pipelines/orders.yml")).toContain("amount: What was paid");
    const column = inspector.content.getByRole("button", { name: /^amount/ });
    await column.focus();
    await page.keyboard.press("Enter");
    await expect(inspector.content).toContainText("transform.clean.amount");
    expect(await accessibilityProblems(page, ".area-right")).toEqual([]);
  });

  await test.step("a note is its description; its runs are listed", async () => {
    await studio.command("Show Notes");
    await inspector.content.getByRole("textbox", { name: "Notes" }).focus();
    await page.keyboard.type("From the till.");
    await expect.poll(() => project.read("pipelines/orders.yml")).toContain("description: From the till.");
    expect(await accessibilityProblems(page, ".area-right")).toEqual([]);
    await studio.command("Run the selected nodes");
    await studio.command("Show Runs");
    await expect(inspector.content).toContainText("never ran");
    expect(await accessibilityProblems(page, ".area-right")).toEqual([]);
  });
  await page.goto("about:blank");
});

test("a broken file opens its text at the line, is completed by its schema and becomes a node", async ({
  page,
  complaints,
}) => {
  void complaints;
  test.slow();
  await using project = await tillProject({
    "pipelines/odd.yml": "kind: transform\nname: odd\ntransfrm: select 1 as one\n",
  });
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  const inspector = new Inspector(page);
  await studio.open(host.url);
  await studio.canvas.select("transform.odd");
  await inspector.show("Settings");
  await inspector.content.getByRole("button", { name: "Edit its text" }).click();
  const editor = inspector.editor("YAML");
  await expect(editor).toBeFocused();
  await expect(inspector.content.locator(".cm-activeLine")).toHaveText("transfrm: select 1 as one");
  await expect(inspector.underlined.first()).toHaveText("transfrm");
  expect(await accessibilityProblems(page, ".area-right")).toEqual([]);
  await page.keyboard.press("Control+.");
  await expect.poll(() => project.read("pipelines/odd.yml")).toContain("transform: select 1 as one");
  await studio.canvas.expectState("transform.odd", "stale");

  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("ta");
  await page.keyboard.press("Control+Space");
  await page.getByRole("listbox", { name: "Completions" }).getByRole("option", { name: /^tags/ }).click();
  await expect(editor).toContainText("tags:");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(editor).not.toBeFocused();
  await page.goto("about:blank");
});

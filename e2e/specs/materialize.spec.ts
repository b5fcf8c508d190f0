import { MaterializePanel } from "../pages/materialize-panel.ts";
import { StudioPage } from "../pages/studio-page.ts";
import { expect, problemsInEveryLook, test } from "../support/fixtures.ts";
import { headrace, ownServerUrl, psql } from "../support/own-server.ts";
import { ownProject, startStudio } from "../support/studio-host.ts";

const orders = (rows: string): string => `kind: transform
name: orders
# what the till says
transform: |
  select * from (values ${rows}) t(id, amount, note)
`;
const first = "(1, 9007199254740993.10::decimal(18,2), null), (2, 2.50, '')";

test("a target is tried, written with one click and looked at", async ({ page, complaints }) => {
  await using project = await ownProject({
    "headrace.yml": "name: till\n",
    "pipelines/orders.yml": orders(first),
  });
  await ownServerUrl(project.root);
  await psql(project.root, "create table public.orders (id integer primary key, amount numeric(18,2), note text)");
  await psql(project.root, "insert into public.orders values (2, 1.00, 'old'), (7, 7, 'theirs')");
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  const panel = new MaterializePanel(page);
  await studio.open(host.url);
  await studio.canvas.select("transform.orders");

  await test.step("without a table of its own the node is run first, targets left alone", async () => {
    await page.keyboard.press("Control+m");
    await studio.bottom.content.getByRole("button", { name: "Run it without writing" }).click();
    await expect(panel.form).toBeVisible({ timeout: 30_000 });
  });
  await test.step("the types and the key are checked on the real data", async () => {
    await panel.mode("Update by key, add the new ones");
    await panel.key("id");
    await expect(panel.form).toContainText("Unique in all 2 rows");
    await panel.key("note");
    await expect(panel.form).toContainText("1 row has no value in the key");
    await panel.form.getByRole("checkbox", { name: "note" }).uncheck();
    await expect(panel.views).toContainText("The target is there.");
    await expect(panel.views.getByRole("row", { name: /amount/ })).toContainText("numeric(18,2)");
    await studio.picture("materialize-columns");
    expect(await problemsInEveryLook(page, ".area-bottom")).toEqual([]);
  });
  await test.step("a dry run counts on the real target and writes nothing", async () => {
    await panel.dryRun();
    await expect(panel.views).toContainText("+1 new");
    await expect(panel.views).toContainText("~1 changed");
    await expect(panel.views).toContainText("ON CONFLICT");
    await expect(panel.views).toContainText("ROW EXCLUSIVE");
    expect(await psql(project.root, "select count(*) from public.orders")).toContain("2");
    expect(await project.read("pipelines/orders.yml")).toBe(orders(first));
    await studio.picture("materialize-dry-run");
    expect(await problemsInEveryLook(page, ".area-bottom")).toEqual([]);
  });
  await test.step("one click saves and writes; the target's own rows follow", async () => {
    await panel.materialize();
    await expect(panel.views).toContainText("0 failed in");
    await expect
      .poll(() => panel.rows())
      .toEqual([
        ["1", "9007199254740993.10", "NULL"],
        ["2", "2.50", ""],
        ["7", "7.00", "theirs"],
      ]);
    // PostgreSQL's own names of types, an empty text that is seen.
    await expect(panel.views.getByRole("columnheader", { name: /amount/ })).toHaveClass("numeric");
    await expect(panel.views.getByRole("cell", { name: "empty text" })).toHaveCount(1);
    await studio.picture("materialize-rows");
    const saved = await project.read("pipelines/orders.yml");
    expect(saved.startsWith(orders(first))).toBe(true);
    expect(saved).toContain("mode: upsert_by_key");
    expect(await problemsInEveryLook(page, ".area-bottom")).toEqual([]);
    await studio.command("Theme: dark");
    await studio.picture("materialize-rows-dark");
    await studio.command("Theme: as the system");
  });
  await test.step("the project's own server that goes away meanwhile starts again by itself", async () => {
    await headrace(project.root, "db", "stop");
    await panel.table("public.others");
    await panel.dryRun();
    await expect(panel.views).toContainText("+2 new");
  });
  await test.step("a key that comes twice is refused in one sentence, and nothing is written", async () => {
    await project.write(
      "pipelines/orders.yml",
      (await project.read("pipelines/orders.yml")).replace("(2, 2.50", "(1, 2.50"),
    );
    await panel.materialize();
    await expect(panel.views.getByRole("alert")).toContainText(/^Keys of transform\.orders \(id\) come more than once/);
    await expect(panel.views.getByRole("alert")).toContainText("nothing was written");
    await expect(panel.views).toContainText("public.others is not there");
    await studio.picture("materialize-refused");
  });
  // The studio goes before the window does, which the window would mention.
  await page.goto("about:blank");
  expect(complaints).toEqual([]);
});

test("a filled production table is replaced only when its name is typed; by keyboard alone", async ({ page }) => {
  await using project = await ownProject({
    "headrace.yml": "name: till\n",
    "pipelines/orders.yml": `${orders(first)}materializations:\n  - { connection: live, table: public.held }\n`,
  });
  const url = await ownServerUrl(project.root);
  await psql(project.root, "create table public.held as select 9 as id, 9::numeric(18,2) as amount, 'mine' as note");
  await project.write("profiles.yml", `connections:\n  live: { type: postgresql, url: "${url}", production: true }\n`);
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  const panel = new MaterializePanel(page);
  await studio.open(host.url);
  const held = async (): Promise<string> => psql(project.root, "select count(*) as n, max(note) from public.held");

  await page.keyboard.press("F5");
  await expect(panel.question).toContainText("public.held");
  expect(await problemsInEveryLook(page, ".question")).toEqual([]);
  await studio.picture("production-question");
  await page.keyboard.press("Escape");
  await expect(panel.question).toBeHidden();
  expect(await held()).toContain("mine");

  await page.keyboard.press("F5");
  await panel.question.getByRole("textbox").focus();
  await page.keyboard.type("public.hel");
  await page.keyboard.press("Enter");
  await expect(panel.question).toBeVisible();
  await page.keyboard.type("d");
  await page.keyboard.press("Enter");
  await expect(studio.bottom.content).toContainText("1 ran, 0 cached, 0 failed");
  expect(await held()).not.toContain("mine");
});

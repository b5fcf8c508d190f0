import { StudioPage } from "../pages/studio-page.ts";
import { expect, problemsInEveryLook, test } from "../support/fixtures.ts";
import { headrace, ownServerUrl, psql } from "../support/own-server.ts";
import { ownProject, startStudio } from "../support/studio-host.ts";

test("a connection is added, tested, looked into, and a table of it becomes a source", async ({ page, complaints }) => {
  await using project = await ownProject({
    "headrace.yml": "name: till\n",
    "pipelines/one.yml": "kind: transform\nname: one\ntransform: select 1 as one\n",
  });
  const url = new URL(await ownServerUrl(project.root));
  await psql(project.root, "create table public.orders (id integer primary key, amount numeric(18,2))");
  await psql(project.root, "insert into public.orders values (1, 2.50); analyze public.orders");
  await using host = await startStudio(project.root, { HEADRACE_SECRET_HOUSE: decodeURIComponent(url.password) });
  const studio = new StudioPage(page);
  await studio.open(host.url);
  await studio.sideBar.getByRole("tab", { name: "Connections" }).click();

  await test.step("the project's own server says that it runs", async () => {
    await expect(studio.sideBar.getByRole("listitem", { name: "default" })).toContainText("runs on port");
    expect(await problemsInEveryLook(page, ".area-left")).toEqual([]);
  });
  await test.step("a form writes profiles.yml without the password", async () => {
    await studio.sideBar.getByRole("button", { name: "Add a connection" }).click();
    const form = page.getByRole("form", { name: "New connection" });
    await form.getByLabel("Name", { exact: true }).fill("house");
    await form.getByLabel("Host").fill(url.hostname);
    await form.getByLabel("Port").fill(url.port);
    await form.getByLabel("Database").fill(url.pathname.slice(1));
    await form.getByLabel("User").fill(decodeURIComponent(url.username));
    await form.getByLabel("Secret's name").fill("house");
    expect(await problemsInEveryLook(page, ".area-left")).toEqual([]);
    await studio.picture("connection-form");
    await form.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => project.read("profiles.yml").catch(() => "")).toContain("${secret:house}");
    await expect.poll(() => project.read(".gitignore").catch(() => "")).toContain("profiles.yml");
  });
  await test.step("it is tested and looked into; by keyboard", async () => {
    const card = studio.sideBar.getByRole("listitem", { name: "house" });
    await card.getByRole("button", { name: "Test" }).focus();
    await page.keyboard.press("Enter");
    await expect(card).toContainText(/PostgreSQL 18\S* answered in/);
    await card.getByRole("button", { name: "Tables", exact: true }).focus();
    await page.keyboard.press("Enter");
    await card.getByRole("button", { name: "Columns of public.orders" }).click();
    await expect(card).toContainText("numeric(18,2)");
    await studio.picture("connections");
    expect(await problemsInEveryLook(page, ".area-left")).toEqual([]);
    await studio.command("Theme: dark");
    await studio.picture("connections-dark");
    await studio.command("Theme: as the system");
    await card.getByRole("button", { name: "Add public.orders as source" }).click();
    await expect(studio.canvas.card("source.orders")).toBeVisible();
  });
  await test.step("the source runs", async () => {
    await studio.command("source.orders");
    await page.keyboard.press("Control+Enter");
    await expect(studio.bottom.content).toContainText("1 ran, 0 cached, 0 failed");
  });
  await test.step("a server that went away: what happened, and what to do", async () => {
    await headrace(project.root, "db", "stop");
    await studio.sideBar.getByRole("tab", { name: "Connections" }).click();
    const card = studio.sideBar.getByRole("listitem", { name: "house" });
    await card.getByRole("button", { name: "Test" }).click();
    await expect(card.getByRole("alert")).toContainText(/does not answer: .*\. Check that the server runs/);
    await studio.picture("connection-gone");
  });
  await page.goto("about:blank");
  expect(complaints).toEqual([]);
});

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { startStudio } from "../support/studio-host.ts";
import { expect, test } from "../support/fixtures.ts";

test("a page of another origin reaches nothing", async ({ host, page, context }) => {
  const own = await context.newPage();
  await own.goto(host.url);
  await own.getByRole("listbox", { name: "Pipeline" }).waitFor();

  // The same browser holds the studio's cookie now, and another local server's page tries to use it.
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>elsewhere</title>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const target = new URL(host.url);
  for (const name of ["127.0.0.1", "localhost"]) {
    await page.goto(`http://${name}:${port}/`);
    const outcome = await page.evaluate(
      async ({ origin, api }) => {
        const read = async (mode: RequestMode): Promise<string> => {
          try {
            return (await fetch(origin, { mode, credentials: "include" })).type;
          } catch {
            return "refused";
          }
        };
        const socket = new Promise<string>((resolve) => {
          const opened = new WebSocket(api);
          opened.addEventListener("open", () => resolve("open"));
          opened.addEventListener("error", () => resolve("refused"));
        });
        const framed = new Promise<string>((resolve) => {
          const frame = document.createElement("iframe");
          frame.addEventListener("load", () => resolve(frame.contentDocument === null ? "hidden" : "readable"));
          frame.src = origin;
          document.body.append(frame);
          setTimeout(() => resolve("hidden"), 2000);
        });
        return { cors: await read("cors"), socket: await socket, framed: await framed };
      },
      { origin: target.origin, api: `ws://${target.host}/api` },
    );
    expect(outcome).toEqual({ cors: "refused", socket: "refused", framed: "hidden" });
    expect(page.frames().length).toBeLessThanOrEqual(2);
    for (const frame of page.frames()) expect(await frame.locator("#root").count()).toBe(0);
  }
  await new Promise((resolve) => server.close(resolve));
});

test.describe("a studio that is killed", () => {
  // The browser says in its console that the line broke: that is what these tests are about.
  test.use({ example: "shop" });

  test("loses no edit, and what was done can still be undone", async ({ page, project, host, studio }) => {
    const { canvas } = studio;
    await canvas.card("source.orders").waitFor();
    await canvas.drag("source.orders", 0, 90);
    await expect.poll(() => project.read("canvas.yml").catch(() => "")).toContain("source.orders");
    const moved = await project.read("canvas.yml");
    await page.goto("about:blank");
    await host.kill();

    await using again = await startStudio(project.root);
    await page.goto(again.url);
    await canvas.card("source.orders").waitFor();
    expect(await project.read("canvas.yml")).toBe(moved);
    await canvas.box.focus();
    await page.keyboard.press("Control+z");
    await expect.poll(() => project.read("canvas.yml").catch(() => "gone")).toBe("gone");
    await page.goto("about:blank");
  });

  test("is told of in the window, with what to do", async ({ browser, host }) => {
    const page = await browser.newPage();
    await page.goto(host.url);
    await page.getByRole("listbox", { name: "Pipeline" }).waitFor();
    await host.kill();
    const banner = page.getByRole("alert").filter({ hasText: "no longer there" });
    await expect(banner).toContainText("headrace studio");
    await expect(page.getByRole("contentinfo")).toContainText("disconnected");
    await page.screenshot({ path: "test-results/pictures/host-gone.png" });
    await page.close();
  });

  test("takes nothing of the window along: what was not fetched yet comes once the studio is back", async ({
    browser,
    project,
    host,
  }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(host.url);
    const canvas = page.getByRole("listbox", { name: "Pipeline" });
    await canvas.waitFor();
    const { port } = new URL(host.url);
    await host.kill();
    await expect(page.getByRole("alert").filter({ hasText: "no longer there" })).toBeVisible();
    await page.getByRole("tab", { name: "Logs" }).click();
    await page.getByRole("tab", { name: "Query" }).click();
    await page.keyboard.press("Control+,");
    await expect(page.getByText("This part of the window failed")).toHaveCount(0);
    await expect(canvas).toBeVisible();

    await using again = await startStudio(project.root);
    expect(new URL(again.url).port, "a project keeps its address").toBe(port);
    // As the window says: the address that it prints is opened. Older tabs of the same browser may come in again, too.
    await (await context.newPage()).goto(again.url);
    const settings = page.getByRole("dialog", { name: "Settings" });
    await expect(settings).toBeVisible();
    // With its own look, which comes beside its code.
    await expect(settings).toHaveCSS("position", "fixed");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("textbox", { name: "SQL over the nodes' tables" })).toBeVisible();
    await expect(page.getByText("This part of the window failed")).toHaveCount(0);
    await context.close();
  });
});

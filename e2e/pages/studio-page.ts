import { expect, type Locator, type Page } from "@playwright/test";

import { BottomPanel } from "./bottom-panel.ts";
import { Canvas } from "./canvas.ts";

/** The whole window, in the words of whoever uses it. */
export class StudioPage {
  readonly page: Page;
  readonly canvas: Canvas;
  readonly bottom: BottomPanel;
  readonly statusBar: Locator;
  readonly inspector: Locator;
  readonly sideBar: Locator;
  readonly messages: Locator;

  constructor(page: Page) {
    this.page = page;
    this.canvas = new Canvas(page);
    this.bottom = new BottomPanel(page);
    this.statusBar = page.getByRole("contentinfo", { name: "Status bar" });
    this.inspector = page.getByRole("complementary", { name: "Inspector" });
    this.sideBar = page.getByRole("complementary", { name: "Project side bar" });
    this.messages = page.locator(".message");
  }

  /** Opens the printed address and waits until the pipeline is drawn. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.canvas.box.waitFor();
  }

  /** Types into the command palette and chooses the first answer. */
  async command(words: string): Promise<void> {
    const field = this.page.getByRole("combobox", { name: "Type a command" });
    // The palette of the command before may still be closing: who sees no field presses again.
    await expect(async () => {
      if (!(await field.isVisible())) await this.page.keyboard.press("Control+k");
      await expect(field).toBeVisible({ timeout: 2000 });
      await field.fill(words, { timeout: 2000 });
    }).toPass({ timeout: 30_000 });
    await this.page.locator("#palette-list").getByRole("option").first().waitFor();
    await this.page.keyboard.press("Enter");
  }

  /** Writes a picture for people to look at. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: `test-results/pictures/${name}.png` });
  }
}

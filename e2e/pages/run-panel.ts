import type { Locator, Page } from "@playwright/test";

/** Plan, run and history in the bottom panel. */
export class RunPanel {
  readonly views: Locator;
  readonly content: Locator;

  constructor(page: Page) {
    this.views = page.getByRole("tablist", { name: "Plan, run or run history" });
    this.content = page.locator("#run-view-panel");
  }

  async show(view: "Plan" | "Run" | "History"): Promise<void> {
    await this.views.getByRole("tab", { name: view }).click();
  }

  row(name: RegExp | string): Locator {
    return this.content.getByRole("row", { name });
  }
}

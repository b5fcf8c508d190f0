import type { Locator, Page } from "@playwright/test";

/** Where columns come from and where they go. */
export class LineagePanel {
  readonly content: Locator;
  readonly way: Locator;

  constructor(page: Page) {
    this.content = page.getByRole("complementary", { name: "Inspector" });
    this.way = this.content.getByRole("region", { name: /^Way of/ });
  }

  async open(): Promise<void> {
    await this.content.getByRole("tab", { name: "Lineage" }).click();
  }

  column(name: string): Locator {
    return this.content.getByRole("button", { name: new RegExp(`^${name} `) });
  }
}

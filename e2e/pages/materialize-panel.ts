import type { Locator, Page } from "@playwright/test";

/** The panel that writes a node's table to a target. */
export class MaterializePanel {
  readonly form: Locator;
  readonly views: Locator;
  readonly question: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.form = page.getByRole("form", { name: /^Target of/ });
    this.views = page.locator(".materialize-views");
    this.question = page.getByRole("dialog", { name: "Replace a production table?" });
  }

  /** With the canvas' selection, as the command's keys do it. */
  async open(): Promise<void> {
    await this.#page.keyboard.press("Control+m");
    await this.form.waitFor();
  }

  async table(name: string): Promise<void> {
    await this.form.getByLabel("Table", { exact: true }).fill(name);
  }

  async mode(words: string): Promise<void> {
    await this.form.getByLabel("What to do with the rows that are there").selectOption(words);
  }

  async key(column: string): Promise<void> {
    await this.form.getByRole("checkbox", { name: column, exact: true }).check();
  }

  async dryRun(): Promise<void> {
    await this.form.getByRole("button", { name: "Dry run" }).click();
  }

  async materialize(): Promise<void> {
    await this.form.getByRole("button", { name: "Materialize" }).click();
  }

  /** The rows of the target as they are shown. */
  async rows(): Promise<readonly (readonly string[])[]> {
    const rows = await this.views.locator("tbody tr").all();
    return Promise.all(rows.map((row) => row.locator("td").allInnerTexts()));
  }
}

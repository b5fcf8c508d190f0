import type { Locator, Page } from "@playwright/test";

type Tab = "Settings" | "Columns" | "Lineage" | "Code" | "Runs" | "Notes";

/** The panel right of the canvas: everything about the selected node. */
export class Inspector {
  readonly #page: Page;
  readonly area: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.area = page.getByRole("complementary", { name: "Inspector" });
  }

  get content(): Locator {
    return this.area.getByRole("tabpanel");
  }

  async show(tab: Tab): Promise<void> {
    await this.area.getByRole("tab", { name: tab, exact: true }).click();
  }

  /** An editor by the language of its text. */
  editor(language: "SQL" | "Python" | "YAML"): Locator {
    return this.content.getByRole("textbox", { name: new RegExp(`^${language} of `) });
  }

  /** What is underlined as wrong. */
  get underlined(): Locator {
    return this.content.locator(".cm-lintRange-error");
  }

  /** What is said below an editor of the text, and of its being saved. */
  get verdict(): Locator {
    return this.content.getByRole("status");
  }

  /** Replaces all of an editor's text, as typing does. */
  async write(editor: Locator, text: string): Promise<void> {
    await editor.focus();
    await this.#page.keyboard.press("Control+a");
    await this.#page.keyboard.insertText(text);
  }

  /** A setting of the form by its key. */
  setting(key: string): Locator {
    return this.content.getByLabel(key, { exact: true });
  }
}

import { expect, type Locator, type Page } from "@playwright/test";

/** A table of the window as a person reads it. */
export class TableGrid {
  readonly #page: Page;
  /** The part of the window that the table is in. */
  readonly area: Locator;
  readonly grid: Locator;

  constructor(page: Page, area: Locator) {
    this.#page = page;
    this.area = area;
    this.grid = area.getByRole("grid");
  }

  /** What the rows shown are of. */
  get coverage(): Locator {
    return this.area.locator(".coverage");
  }

  /** The chips of the view's filters and sorts. */
  get chips(): Locator {
    return this.area.locator(".chip");
  }

  /** A row by its number as it is shown, from 1. */
  row(number: number): Locator {
    return this.grid.locator(`[role=row][aria-rowindex="${number + 1}"]`);
  }

  /** A cell by its row's number and its column's place, both from 1. */
  cell(row: number, column: number): Locator {
    return this.row(row).locator(`[aria-colindex="${column + 1}"]`);
  }

  head(name: string): Locator {
    return this.grid.getByRole("columnheader").filter({ has: this.#page.getByText(name, { exact: true }) });
  }

  /** Opens all there is to do with a column. */
  async openColumn(name: string): Promise<Locator> {
    await this.head(name).getByRole("button").click();
    return this.card(name);
  }

  card(name: string): Locator {
    return this.area.getByRole("dialog", { name: `Column ${name}` });
  }

  /** Waits until all that is to be seen has been read. */
  async settled(): Promise<void> {
    await expect(this.coverage).not.toContainText("Reading", { timeout: 60_000 });
    await expect(this.grid).toHaveAttribute("aria-busy", "false", { timeout: 60_000 });
  }

  /** The names of all columns, in the order shown. */
  async columns(): Promise<readonly string[]> {
    return this.#across(".grid-head .grid-header", ".column-name");
  }

  /** The texts of a row, counted from 0 among those near the top. */
  async texts(at: number): Promise<readonly string[]> {
    return this.#across(`[role=row][aria-rowindex="${at + 2}"] [role=gridcell]`, null);
  }

  /** Only the columns that are seen are drawn: the table is scrolled from left to right to read them all. */
  async #across(selector: string, part: string | null): Promise<readonly string[]> {
    if ((await this.grid.count()) === 0) return [];
    return this.grid.evaluate(
      async (grid, [wanted, within]) => {
        const drawn = (): Promise<unknown> =>
          new Promise((resolve) => {
            requestAnimationFrame(() => requestAnimationFrame(resolve));
          });
        const found = new Map<number, string>();
        grid.scrollLeft = 0;
        for (let last = -1; grid.scrollLeft !== last; grid.scrollLeft += grid.clientWidth / 2) {
          last = grid.scrollLeft;
          await drawn();
          for (let wait = 0; grid.ariaBusy === "true" && wait < 200; wait++) await drawn();
          for (const element of grid.querySelectorAll<HTMLElement>(wanted ?? "")) {
            const text = within === null ? element : element.querySelector<HTMLElement>(within);
            found.set(Number(element.ariaColIndex), text?.textContent ?? "");
          }
        }
        grid.scrollLeft = 0;
        return [...found].toSorted(([a], [b]) => a - b).map(([, text]) => text);
      },
      [selector, part] as const,
    );
  }
}

import { readFile } from "node:fs/promises";
import { basename } from "node:path";

import { expect, type JSHandle, type Locator, type Page } from "@playwright/test";

/** A CSV file that is too long to be read from a disk and sent to the page. */
export interface LargeFile {
  readonly name: string;
  readonly header: string;
  readonly parts: readonly { readonly line: string; readonly times: number }[];
}

/** Drawing a pipeline: what is added, dropped, typed into a list. Counts what hands do. */
export class Authoring {
  readonly #page: Page;
  readonly list: Locator;
  readonly palette: Locator;
  /** Clicks, and drops of files, so far. */
  clicks = 0;
  /** Keys pressed so far, text typed into fields left out. */
  keys = 0;

  constructor(page: Page) {
    this.#page = page;
    this.list = page.locator("dialog.chooser");
    this.palette = page.getByRole("complementary", { name: "Project side bar" });
  }

  async click(target: Locator): Promise<void> {
    this.clicks++;
    await target.click();
  }

  async press(keys: string): Promise<void> {
    this.keys++;
    await this.#page.keyboard.press(keys);
  }

  /** Types into the list that is open and takes its best answer. */
  async choose(words: string): Promise<void> {
    await expect(this.list).toBeVisible();
    await this.#page.keyboard.type(words);
    await this.press("Enter");
  }

  /** Adds what answers the words, after what is selected. */
  async add(words: string): Promise<void> {
    await this.press("a");
    await this.choose(words);
  }

  /** Drops files from the system on a place of the window, as one gesture. */
  async dropFiles(target: Locator, ...paths: readonly string[]): Promise<void> {
    this.clicks++;
    const files = await Promise.all(
      paths.map(async (path) => ({ name: basename(path), text: (await readFile(path)).toString("latin1") })),
    );
    const transfer = await this.#page.evaluateHandle((given) => {
      const data = new DataTransfer();
      for (const { name, text } of given) {
        data.items.add(new File([Uint8Array.from(text, (letter) => letter.charCodeAt(0))], name));
      }
      return data;
    }, files);
    await this.#drop(target, transfer);
  }

  /** Drops what lies at these paths, folders too, as the system does: the browser itself makes the page's files. */
  async dropPaths(target: Locator, ...paths: readonly string[]): Promise<void> {
    this.clicks++;
    const box = await target.boundingBox();
    const at = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + 80 };
    const system = await this.#page.context().newCDPSession(this.#page);
    const data = { items: [], files: [...paths], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const) {
      await system.send("Input.dispatchDragEvent", { type, ...at, data });
    }
    await system.detach();
  }

  /** Keeps the page from reading any file until what it gives is called. */
  async holdFiles(): Promise<() => Promise<void>> {
    await this.#page.evaluate(() => {
      const read = Blob.prototype.arrayBuffer;
      const { promise, resolve } = Promise.withResolvers<void>();
      Blob.prototype.arrayBuffer = async function held() {
        await promise;
        return await read.call(this);
      };
      Object.assign(window, { releaseFiles: resolve });
    });
    return () => this.#page.evaluate(() => (window as unknown as { readonly releaseFiles: () => void }).releaseFiles());
  }

  /** What stands for a file that is coming in. */
  coming(file: string): Locator {
    return this.#page.getByRole("group", { name: `${file}, coming in` });
  }

  /** Drops a CSV file that is made in the page: a header, then the parts of it as often as they say. */
  async dropLarge(target: Locator, file: LargeFile): Promise<void> {
    this.clicks++;
    const transfer = await this.#page.evaluateHandle(({ name, header, parts }) => {
      const data = new DataTransfer();
      const blocks = parts.map(({ line, times }) => `${line}\n`.repeat(times));
      data.items.add(new File([`${header}\n`, ...blocks], name));
      return data;
    }, file);
    await this.#drop(target, transfer);
  }

  async #drop(target: Locator, transfer: JSHandle<DataTransfer>): Promise<void> {
    const box = await target.boundingBox();
    const at = { clientX: (box?.x ?? 0) + (box?.width ?? 0) / 2, clientY: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
    for (const type of ["dragenter", "dragover", "drop"]) {
      await target.dispatchEvent(type, { dataTransfer: transfer, ...at });
    }
    await transfer.dispose();
  }
}

import { basename } from "node:path";

import { channels, type ShellEvent, type ShellEventName } from "../../../shared/desktop/index.ts";
import type { ElectronApi, ShellContents, ShellWindow } from "../electron-api.ts";
import { text } from "../text.ts";
import { pageAddress } from "./page-origin.ts";
import { smallest, type WindowState } from "./window-state.ts";

/** A window and what is known of the project in it. */
export interface OpenWindow {
  readonly window: ShellWindow;
  /** Absolute; `null` on the start page. */
  root: string | null;
  name: string;
  /** Edits are on their way to files. */
  isEdited: boolean;
}

interface Options {
  readonly electron: ElectronApi;
  readonly preload: string;
  readonly state: WindowState;
  /** May a window close now? Called with each that wants to; answers at once. */
  readonly mayClose: (entry: OpenWindow) => boolean;
  /** Hears of the project that a new window will ask for once its page is there. */
  readonly onComing: (folder: string) => void;
}

const darkBackground = "#16181d";
const lightBackground = "#ffffff";
const settleMilliseconds = 300;

/** The app's windows, one a project. */
export class WindowDesk {
  readonly #options: Options;
  readonly #windows = new Map<number, OpenWindow>();
  #last: OpenWindow | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  get count(): number {
    return this.#windows.size;
  }

  of(contents: Pick<ShellContents, "id">): OpenWindow | null {
    return this.#windows.get(contents.id) ?? null;
  }

  all(): readonly OpenWindow[] {
    return [...this.#windows.values()];
  }

  /** The window that the person is in, or was in last. */
  focused(): OpenWindow | null {
    return this.all().find(({ window }) => window.isFocused()) ?? this.#last ?? this.all()[0] ?? null;
  }

  /**
   * Shows a project: in the window that has it, in one that has none yet, or in a new one. `null` shows whatever is
   * there, else the start page.
   */
  show(folder: string | null): void {
    const entries = this.all();
    const there = folder === null ? this.focused() : entries.find(({ root }) => root === folder);
    if (there != null) return bringForward(there.window);
    const empty = entries.find(({ root }) => root === null);
    if (empty === undefined || folder === null) return void this.open(folder);
    this.tell(empty, "project", { folder });
    return bringForward(empty.window);
  }

  /** Opens a new window on a folder. */
  open(folder: string | null): OpenWindow {
    const { electron, preload, state, onComing } = this.#options;
    if (folder !== null) onComing(folder);
    const place = state.placeFor(folder ?? "");
    const { isMaximized = false, isFullScreen = false, ...bounds } = place;
    const window = new electron.BrowserWindow({
      ...bounds,
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      title: text.product,
      backgroundColor: electron.nativeTheme.shouldUseDarkColors ? darkBackground : lightBackground,
      webPreferences: {
        preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        spellcheck: false,
        devTools: !electron.app.isPackaged,
      },
    });
    const entry: OpenWindow = { window, root: folder, name: folder === null ? "" : basename(folder), isEdited: false };
    this.#windows.set(window.webContents.id, entry);
    this.#follow(entry, window.webContents.id);
    window.once("ready-to-show", () => {
      if (isMaximized) window.maximize();
      if (isFullScreen) window.setFullScreen(true);
      window.show();
    });
    void window.loadURL(pageAddress);
    return entry;
  }

  /** Takes over what the page says of its project. */
  describe(entry: OpenWindow, what: Partial<Pick<OpenWindow, "root" | "name" | "isEdited">>): void {
    Object.assign(entry, what);
    const { window, root, name, isEdited } = entry;
    window.setTitle(`${isEdited ? "● " : ""}${name === "" ? text.product : `${name} · ${text.product}`}`);
    window.setDocumentEdited(isEdited);
    window.setRepresentedFilename(root ?? "");
  }

  tell<N extends ShellEventName>({ window }: OpenWindow, name: N, event: ShellEvent<N>): void {
    if (!window.isDestroyed()) window.webContents.send(channels.event, name, event);
  }

  /** As `tell`, to the window that the person is in. */
  tellFocused<N extends ShellEventName>(name: N, event: ShellEvent<N>): void {
    const entry = this.focused();
    if (entry !== null) this.tell(entry, name, event);
  }

  #follow(entry: OpenWindow, id: number): void {
    const { window } = entry;
    const { state, mayClose } = this.#options;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const remember = (): void => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      state.remember(entry.root ?? "", window);
    };
    const rememberSoon = (): void => {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(remember, settleMilliseconds);
    };
    window.on("resize", rememberSoon);
    window.on("move", rememberSoon);
    // The title is the shell's: a page could otherwise pretend to be another project.
    window.on("page-title-updated", (event) => event.preventDefault());
    window.on("close", (event) => {
      remember();
      if (!mayClose(entry)) event.preventDefault();
    });
    window.on("focus", () => (this.#last = entry));
    window.on("closed", () => {
      if (timer !== null) clearTimeout(timer);
      if (this.#last === entry) this.#last = null;
      this.#windows.delete(id);
    });
  }
}

const bringForward = (window: ShellWindow): void => {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
};

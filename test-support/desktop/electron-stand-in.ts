// A stand-in for Electron that remembers what it was asked for. Each piece is held to Electron's own type, so that a new
// Electron that changes a signature fails to compile here.

import { EventEmitter } from "node:events";

import type * as E from "electron";

import type { ElectronApi } from "../../main/desktop/electron-api.ts";

type Listener = (...args: never[]) => void;

/** Events as Electron's classes have them; Electron's overloads are more than one signature can say. */
class Events {
  readonly emitter = new EventEmitter();
  readonly on = ((name: string, listener: Listener) => this.emitter.on(name, listener as never)) as never;
  readonly once = ((name: string, listener: Listener) => this.emitter.once(name, listener as never)) as never;
  emit(name: string, ...args: readonly unknown[]): void {
    this.emitter.emit(name, ...args);
  }
}

/** An event that can be refused, and whether it was. */
export const refusable = () => {
  const event = {
    wasRefused: false,
    preventDefault: (): void => void (event.wasRefused = true),
  };
  return event;
};

export class StandInPort extends Events {
  readonly sent: unknown[] = [];
  isClosed = false;
  readonly postMessage = ((message) => void this.sent.push(message)) satisfies E.MessagePortMain["postMessage"];
  readonly start = (() => undefined) satisfies E.MessagePortMain["start"];
  readonly close = (() => void (this.isClosed = true)) satisfies E.MessagePortMain["close"];
}

export class StandInUtility extends Events {
  readonly path: string;
  readonly options: E.ForkOptions;
  readonly posted: { readonly message: unknown; readonly ports: readonly StandInPort[] }[] = [];
  readonly stdout = null;
  readonly stderr = null;
  pid: number | undefined;
  constructor(path: string, options: E.ForkOptions) {
    super();
    this.path = path;
    this.options = options;
  }
  readonly postMessage = ((message, ports = []) =>
    void this.posted.push({ message, ports: ports as never })) satisfies E.UtilityProcess["postMessage"];
  /** As the system tells that it runs. */
  spawned(pid: number): void {
    this.pid = pid;
    this.emit("spawn");
  }
}

type OpenHandler = Parameters<E.WebContents["setWindowOpenHandler"]>[0];
let lastContents = 0;

class StandInContents extends Events {
  readonly id = ++lastContents;
  readonly sent: (readonly unknown[])[] = [];
  opener: OpenHandler | null = null;
  readonly send = ((...args) => void this.sent.push(args)) satisfies E.WebContents["send"];
  readonly setWindowOpenHandler = ((handler) => {
    this.opener = handler;
  }) satisfies E.WebContents["setWindowOpenHandler"];
}

export class StandInWindow extends Events {
  readonly options: E.BrowserWindowConstructorOptions;
  readonly webContents = new StandInContents();
  readonly addresses: string[] = [];
  bounds: E.Rectangle;
  title = "";
  isEdited = false;
  isGone = false;
  isSmall = false;
  isFull = false;
  focusCount = 0;
  readonly #standIn: StandIn;
  constructor(options: E.BrowserWindowConstructorOptions, standIn: StandIn) {
    super();
    this.options = options;
    this.#standIn = standIn;
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 0, height: options.height ?? 0 };
    standIn.windows.push(this);
  }
  readonly loadURL = ((address) => {
    this.addresses.push(address);
    return Promise.resolve();
  }) satisfies E.BrowserWindow["loadURL"];
  readonly show = (() => undefined) satisfies E.BrowserWindow["show"];
  readonly reload = (() => undefined) satisfies E.BrowserWindow["reload"];
  readonly focus = (() => void this.focusCount++) satisfies E.BrowserWindow["focus"];
  readonly isFocused = (() => this.focusCount > 0) satisfies E.BrowserWindow["isFocused"];
  readonly isMinimized = (() => this.isSmall) satisfies E.BrowserWindow["isMinimized"];
  readonly restore = (() => void (this.isSmall = false)) satisfies E.BrowserWindow["restore"];
  readonly isMaximized = (() => false) satisfies E.BrowserWindow["isMaximized"];
  readonly maximize = (() => undefined) satisfies E.BrowserWindow["maximize"];
  readonly isFullScreen = (() => this.isFull) satisfies E.BrowserWindow["isFullScreen"];
  readonly setFullScreen = ((isFull) => void (this.isFull = isFull)) satisfies E.BrowserWindow["setFullScreen"];
  readonly getNormalBounds = (() => this.bounds) satisfies E.BrowserWindow["getNormalBounds"];
  readonly isDestroyed = (() => this.isGone) satisfies E.BrowserWindow["isDestroyed"];
  readonly setTitle = ((title) => void (this.title = title)) satisfies E.BrowserWindow["setTitle"];
  readonly setDocumentEdited = ((edited) =>
    void (this.isEdited = edited)) satisfies E.BrowserWindow["setDocumentEdited"];
  readonly setRepresentedFilename = (() => undefined) satisfies E.BrowserWindow["setRepresentedFilename"];
  /** As the person closes it: it may be refused. */
  readonly close = (() => {
    const event = refusable();
    this.emit("close", event);
    if (!event.wasRefused) this.destroy();
  }) satisfies E.BrowserWindow["close"];
  readonly destroy = (() => {
    if (this.isGone) return;
    this.isGone = true;
    this.emit("closed");
    if (this.#standIn.windows.every(({ isGone }) => isGone)) this.#standIn.appEvents.emit("window-all-closed");
  }) satisfies E.BrowserWindow["destroy"];
}

type Box = Pick<E.MessageBoxReturnValue, "response" | "checkboxChecked">;
type Invoked = Parameters<E.IpcMain["handle"]>[1];
type Asked = Parameters<E.Session["setPermissionRequestHandler"]>[0];
type Checked = Parameters<E.Session["setPermissionCheckHandler"]>[0];
type BeforeRequest = (
  details: Pick<E.OnBeforeRequestListenerDetails, "url">,
  answer: (response: E.CallbackResponse) => void,
) => void;

/** One pretended Electron, and everything that was done with it. */
export class StandIn {
  readonly appEvents = new Events();
  readonly sessionEvents = new Events();
  readonly windows: StandInWindow[] = [];
  readonly forked: StandInUtility[] = [];
  readonly schemes: E.CustomScheme[] = [];
  readonly switches = new Set<string>();
  readonly appended: string[] = [];
  readonly asked: E.MessageBoxOptions[] = [];
  readonly opened: string[] = [];
  readonly fetched: string[] = [];
  readonly trays: { tip: string; isGone: boolean }[] = [];
  /** Buttons that the person will press, in order. */
  readonly presses: number[] = [];
  /** Folders that the person will choose, in order. */
  readonly chosen: string[] = [];
  menu: E.MenuItemConstructorOptions[] = [];
  readonly enabled = new Map<string, { enabled: boolean }>();
  handler: ((request: Request) => Response | Promise<Response>) | null = null;
  invoked: Invoked | null = null;
  permission: { asked: Asked; checked: Checked; request: BeforeRequest | null } = {
    asked: null,
    checked: null,
    request: null,
  };
  isFirst = true;
  isSandboxed = false;
  isPackaged = true;
  quits = 0;
  backend: ReturnType<E.SafeStorage["getSelectedStorageBackend"]> = "gnome_libsecret";
  feed: unknown = null;
  readonly folder: string;

  /** `folder` stands for the person's own folders. */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** The electron module. */
  readonly electron: ElectronApi = (() => {
    // oxlint-disable-next-line typescript/no-this-alias -- classes inside have a `this` of their own
    const standIn = this;
    const app = {
      on: this.appEvents.on,
      isPackaged: true,
      commandLine: {
        hasSwitch: (name: string) => this.switches.has(name),
        appendSwitch: (name: string) => void this.appended.push(name),
      } satisfies Pick<E.CommandLine, "appendSwitch" | "hasSwitch">,
      addRecentDocument: () => undefined,
      enableSandbox: () => void (this.isSandboxed = true),
      exit: () => void this.quits++,
      focus: () => undefined,
      getName: () => "Headrace",
      getPath: (name) => `${this.folder}/${name}`,
      getVersion: () => "0.1.0",
      /** As Electron: asked first, then every window, then gone. */
      quit: () => {
        const event = refusable();
        this.appEvents.emit("before-quit", event);
        if (event.wasRefused) return;
        this.quits++;
      },
      relaunch: () => undefined,
      requestSingleInstanceLock: () => this.isFirst,
      setAppUserModelId: () => undefined,
      whenReady: () => Promise.resolve(),
    } satisfies Partial<{ [K in keyof E.App]: unknown }> &
      Pick<E.App, "enableSandbox" | "exit" | "getPath" | "getVersion" | "quit" | "whenReady">;
    return {
      app,
      BrowserWindow: class extends StandInWindow {
        constructor(options: E.BrowserWindowConstructorOptions) {
          super(options, standIn);
        }
      },
      Menu: {
        buildFromTemplate: (template: E.MenuItemConstructorOptions[]) => ({
          template,
          getMenuItemById: (id: string) => {
            const item = this.enabled.get(id) ?? { enabled: true };
            this.enabled.set(id, item);
            return item;
          },
        }),
        setApplicationMenu: (menu: unknown) => {
          this.menu = (menu as { readonly template: E.MenuItemConstructorOptions[] }).template;
        },
      },
      MessageChannelMain: class {
        readonly port1 = new StandInPort() as unknown as E.MessagePortMain;
        readonly port2 = new StandInPort() as unknown as E.MessagePortMain;
      },
      Notification: class {
        static isSupported = (() => true) satisfies typeof E.Notification.isSupported;
        readonly show = (() => undefined) satisfies E.Notification["show"];
      },
      Tray: class extends Events {
        readonly #entry = { tip: "", isGone: false };
        constructor() {
          super();
          standIn.trays.push(this.#entry);
        }
        readonly setToolTip = ((tip) => void (this.#entry.tip = tip)) satisfies E.Tray["setToolTip"];
        readonly destroy = (() => void (this.#entry.isGone = true)) satisfies E.Tray["destroy"];
        setContextMenu(): void {}
      },
      dialog: {
        showMessageBox: (options: E.MessageBoxOptions): Promise<Box> => {
          this.asked.push(options);
          const response = this.presses.shift() ?? options.cancelId ?? 0;
          return Promise.resolve({ response, checkboxChecked: false });
        },
        showOpenDialog: () => {
          const folder = this.chosen.shift();
          return Promise.resolve({ canceled: folder === undefined, filePaths: folder === undefined ? [] : [folder] });
        },
        showErrorBox: (title: string) => void this.asked.push({ message: title }),
      } satisfies { [K in "showErrorBox" | "showMessageBox" | "showOpenDialog"]: (...args: never[]) => unknown },
      ipcMain: {
        handle: (_channel, handler) => void (this.invoked = handler),
      } satisfies Pick<E.IpcMain, "handle">,
      nativeTheme: { shouldUseDarkColors: false } satisfies Pick<E.NativeTheme, "shouldUseDarkColors">,
      protocol: {
        registerSchemesAsPrivileged: (schemes) => void this.schemes.push(...schemes),
        handle: (_scheme, handler) => void (this.handler = handler),
      } satisfies Pick<E.Protocol, "handle" | "registerSchemesAsPrivileged">,
      safeStorage: {
        getSelectedStorageBackend: () => this.backend,
        isAsyncEncryptionAvailable: () => Promise.resolve(true),
        encryptStringAsync: (text) => Promise.resolve(Buffer.from(Buffer.from(text).toString("base64"))),
        decryptStringAsync: (encrypted) =>
          Promise.resolve({ result: Buffer.from(String(encrypted), "base64").toString(), shouldReEncrypt: false }),
      } satisfies Pick<
        E.SafeStorage,
        "decryptStringAsync" | "encryptStringAsync" | "getSelectedStorageBackend" | "isAsyncEncryptionAvailable"
      >,
      screen: {
        getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } } as E.Display],
      } satisfies Pick<E.Screen, "getAllDisplays">,
      session: {
        fromPartition: () => ({
          fetch: (address: string) => {
            this.fetched.push(address);
            return Promise.resolve(Response.json(this.feed));
          },
        }),
        defaultSession: {
          on: this.sessionEvents.on,
          setPermissionRequestHandler: (asked) => void (this.permission.asked = asked),
          setPermissionCheckHandler: (checked) => void (this.permission.checked = checked),
          setDevicePermissionHandler: () => undefined,
          setSpellCheckerEnabled: () => undefined,
          webRequest: {
            onBeforeRequest: ((listener: BeforeRequest) => void (this.permission.request = listener)) as never,
          } satisfies Pick<E.WebRequest, "onBeforeRequest">,
        } satisfies Pick<
          E.Session,
          | "on"
          | "setDevicePermissionHandler"
          | "setPermissionCheckHandler"
          | "setPermissionRequestHandler"
          | "setSpellCheckerEnabled"
        > & { webRequest: unknown },
      },
      shell: {
        openExternal: (address) => {
          this.opened.push(address);
          return Promise.resolve();
        },
        openPath: () => Promise.resolve(""),
      } satisfies Pick<E.Shell, "openExternal" | "openPath">,
      utilityProcess: {
        fork: (path: string, _args: string[], options: E.ForkOptions) => {
          const forked = new StandInUtility(path, options);
          this.forked.push(forked);
          return forked;
        },
      } satisfies {
        fork: (...args: Parameters<typeof E.utilityProcess.fork> & [string, string[], E.ForkOptions]) => unknown;
      },
    };
  })();

  /** Calls the shell as a page does. */
  async invoke(window: StandInWindow, name: string, input: unknown, frame?: Partial<E.WebFrameMain>) {
    const posted: { channel: string; ports: readonly StandInPort[] }[] = [];
    const senderFrame = {
      url: "app://headrace/",
      parent: null,
      postMessage: (channel: string, _message: unknown, ports: never[]) => void posted.push({ channel, ports }),
      ...frame,
    };
    const event = { sender: window.webContents, senderFrame };
    const answer: unknown = await this.invoked?.(event as never, name, input);
    return { answer, posted };
  }
}

// What the desktop uses of Electron, each piece of Electron's own type. `index.ts` alone imports Electron and hands it
// over: Node and tests load everything else.

import type * as E from "electron";

type Contents = Pick<E.WebContents, "id" | "on" | "send" | "setWindowOpenHandler">;

/** A window as far as the shell handles it. */
export interface ShellWindow extends Pick<
  E.BrowserWindow,
  | "close"
  | "destroy"
  | "focus"
  | "getNormalBounds"
  | "isDestroyed"
  | "isFocused"
  | "isFullScreen"
  | "isMaximized"
  | "isMinimized"
  | "loadURL"
  | "maximize"
  | "on"
  | "once"
  | "reload"
  | "restore"
  | "setDocumentEdited"
  | "setFullScreen"
  | "setRepresentedFilename"
  | "setTitle"
  | "show"
> {
  readonly webContents: Contents;
}

export type ShellContents = Contents;
export type ShellMenuItem = Pick<E.MenuItem, "enabled">;

/** The application menu as far as it changes after it was built. */
export interface ShellMenu {
  getMenuItemById(id: string): ShellMenuItem | null;
}

export type ShellUtility = Pick<E.UtilityProcess, "on" | "once" | "pid" | "postMessage" | "stderr" | "stdout">;
export type ShellPort = E.MessagePortMain;
export type ShellTray = Pick<E.Tray, "destroy" | "on" | "setToolTip"> & {
  setContextMenu(menu: ShellMenu | null): void;
};

/** The electron module. */
export interface ElectronApi {
  readonly app: Pick<
    E.App,
    | "addRecentDocument"
    | "enableSandbox"
    | "exit"
    | "focus"
    | "getName"
    | "getPath"
    | "getVersion"
    | "isPackaged"
    | "on"
    | "quit"
    | "relaunch"
    | "requestSingleInstanceLock"
    | "setAppUserModelId"
    | "whenReady"
  > & { readonly commandLine: Pick<E.CommandLine, "appendSwitch" | "hasSwitch"> };
  readonly BrowserWindow: new (options: E.BrowserWindowConstructorOptions) => ShellWindow;
  readonly Menu: {
    buildFromTemplate(template: E.MenuItemConstructorOptions[]): ShellMenu;
    setApplicationMenu(menu: ShellMenu | null): void;
  };
  readonly MessageChannelMain: new () => { readonly port1: ShellPort; readonly port2: ShellPort };
  readonly Notification: { isSupported(): boolean } & (new (options: E.NotificationConstructorOptions) => {
    show(): void;
  });
  readonly Tray: new (image: string) => ShellTray;
  readonly dialog: {
    showMessageBox(options: E.MessageBoxOptions): Promise<E.MessageBoxReturnValue>;
    showOpenDialog(options: E.OpenDialogOptions): Promise<E.OpenDialogReturnValue>;
    showErrorBox(title: string, content: string): void;
  };
  readonly ipcMain: Pick<E.IpcMain, "handle">;
  readonly nativeTheme: Pick<E.NativeTheme, "shouldUseDarkColors">;
  readonly protocol: Pick<E.Protocol, "handle" | "registerSchemesAsPrivileged">;
  readonly safeStorage: Pick<
    E.SafeStorage,
    "decryptStringAsync" | "encryptStringAsync" | "getSelectedStorageBackend" | "isAsyncEncryptionAvailable"
  >;
  readonly screen: Pick<E.Screen, "getAllDisplays">;
  readonly session: {
    fromPartition(
      name: string,
      options: E.FromPartitionOptions,
    ): {
      fetch(url: string, options: RequestInit): Promise<Response>;
    };
    readonly defaultSession: Pick<
      E.Session,
      | "on"
      | "setDevicePermissionHandler"
      | "setPermissionCheckHandler"
      | "setPermissionRequestHandler"
      | "setSpellCheckerEnabled"
    > & { readonly webRequest: Pick<E.WebRequest, "onBeforeRequest"> };
  };
  readonly shell: Pick<E.Shell, "openExternal" | "openPath">;
  readonly utilityProcess: { fork(path: string, args: string[], options: E.ForkOptions): ShellUtility };
}

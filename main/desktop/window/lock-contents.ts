import type { ElectronApi, ShellContents } from "../electron-api.ts";
import { isOurs } from "./page-origin.ts";

/** Keeps a page where it is: no navigation, no window of its own, no embedded view. Links of the web open outside. */
export const lockContents = (contents: ShellContents, shell: Pick<ElectronApi["shell"], "openExternal">): void => {
  contents.on("will-navigate", (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on("will-frame-navigate", (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isWeb(url)) void shell.openExternal(url);
    return { action: "deny" };
  });
};

/** Other schemes start programs. */
const isWeb = (address: string): boolean => {
  try {
    return new URL(address).protocol === "https:";
  } catch {
    return false;
  }
};

import type { ElectronApi } from "../electron-api.ts";
import { isOurs } from "./page-origin.ts";

/** What a copy button needs; whatever else a page can ask for is denied. */
const granted = "clipboard-sanitized-write";

/** Requests that never leave the machine. */
const isLocal = (address: string): boolean => isOurs(address) || /^(?:blob|data|devtools):/.test(address);

/** Denies pages every permission and every request to a network. */
export const lockSession = (session: ElectronApi["session"]["defaultSession"]): void => {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(permission === granted && isOurs(requestingUrl)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) => permission === granted && isOurs(requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on("will-download", (event, item) => {
    // A table that is saved from the window comes as a blob of the page itself.
    if (!isOurs(item.getURL().replace(/^blob:/, ""))) event.preventDefault();
  });
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isLocal(url) }));
};

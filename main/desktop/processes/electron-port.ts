import type { MessagePortMain } from "electron";

import type { RawPort } from "../../../shared/api/index.ts";

/** Electron's end of a message port outside of pages. */
export const electronPort = (port: MessagePortMain): RawPort => ({
  post: (data) => port.postMessage(data),
  onMessage(listener) {
    port.on("message", ({ data }) => listener(data));
    port.start();
  },
  onClose: (listener) => void port.on("close", listener),
  close: () => port.close(),
});

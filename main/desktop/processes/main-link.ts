import type { MessagePortMain, ParentPort } from "electron";

import { type FromEngine, type ToEngine, toEngineSchema } from "../../../shared/desktop/index.ts";

/** The engine process's line to the main process that started it. */
export interface MainLink {
  send(message: FromEngine): void;
  onMessage(listener: (message: ToEngine, port: MessagePortMain | null) => void): void;
}

/** Throws when this process was started by anything but Electron's main. */
export const openMainLink = (): MainLink => {
  const { parentPort } = process as NodeJS.Process & { readonly parentPort?: ParentPort | null };
  if (parentPort == null) throw new Error("the engine's process is started by the desktop");
  return {
    // eslint-disable-next-line unicorn/require-post-message-target-origin -- a port between processes has no origin
    send: (message) => parentPort.postMessage(message),
    onMessage: (listener) =>
      void parentPort.on("message", ({ data, ports }) => listener(toEngineSchema.parse(data), ports[0] ?? null)),
  };
};

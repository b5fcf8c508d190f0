import { messagePort, type Port } from "../../shared/api/index.ts";
import { portMessage } from "../../shared/desktop/bridge.ts";
import { HeadraceError } from "../../shared/errors/index.ts";
import { askShell } from "./bridge.ts";

const longestWait = 10_000;

/** A line to the engine's process: the shell makes it, and preload posts its port to this window. */
export const openEnginePort = (): Promise<Port> =>
  new Promise((resolve, reject) => {
    const fail = (cause?: unknown): void => {
      stop();
      reject(new HeadraceError("host_gone", {}, { cause }));
    };
    const hear = ({ source, data, ports: [port] }: MessageEvent<unknown>): void => {
      if (source !== window || data !== portMessage || port === undefined) return;
      stop();
      resolve(pagePort(port));
    };
    const timer = setTimeout(fail, longestWait);
    const stop = (): void => {
      clearTimeout(timer);
      window.removeEventListener("message", hear);
    };
    window.addEventListener("message", hear);
    askShell("engine.connect", {}).catch(fail);
  });

const pagePort = (port: MessagePort): Port =>
  messagePort({
    post: (data) => port.postMessage(data),
    onMessage(listener) {
      port.addEventListener("message", ({ data }: MessageEvent<unknown>) => listener(data));
      port.start();
    },
    // Told when the engine's process is gone, however it went.
    onClose: (listener) => port.addEventListener("close", listener),
    close: () => port.close(),
  });

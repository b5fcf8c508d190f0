import type { FromHost, ToHost } from "../host-protocol.ts";

/** The host's end of the channel: Node's `fork` and Electron's `utilityProcess` offer it differently. */
export interface ParentPort {
  send(message: FromHost): void;
  onMessage(listener: (message: ToHost) => void): void;
}

interface UtilityPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { readonly data: ToHost }) => void): void;
}

/** Connects to the process that started this one, and ends this one when that one is gone. */
export const connectParent = (): ParentPort => {
  const utility = (process as NodeJS.Process & { readonly parentPort?: UtilityPort }).parentPort;
  if (utility !== undefined) {
    return {
      // eslint-disable-next-line unicorn/require-post-message-target-origin -- a port between processes has no origin
      send: (message) => utility.postMessage(message),
      onMessage: (listener) => utility.on("message", (event) => listener(event.data)),
    };
  }
  // Ctrl-C reaches every process of a terminal; what it means here is the engine's to say.
  process.on("SIGINT", () => {});
  // A plain exit would wait for DuckDB's threads, which may be in the middle of a long query.
  process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
  return {
    send: (message) => void process.send?.(message, undefined, {}, () => {}),
    onMessage: (listener) => void process.on("message", (message) => listener(message as ToHost)),
  };
};

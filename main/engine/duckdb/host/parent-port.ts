import type { FromHost, ToHost } from "../host-protocol.ts";

/** The host's end of the channel: Node's `fork` and Electron's `utilityProcess` offer it differently. */
export interface ParentPort {
  send(message: FromHost): void;
  onMessage(listener: (message: ToHost) => void): void;
}

interface MessagePort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { readonly data: ToHost }) => void): void;
  on(event: "close", listener: () => void): void;
  start(): void;
}

interface UtilityPort {
  once(event: "message", listener: (event: { readonly ports: readonly MessagePort[] }) => void): void;
}

// A plain exit would wait for DuckDB's threads, which may be in the middle of a long query.
const endAtOnce = (): void => void process.kill(process.pid, "SIGKILL");

/** Electron's main starts the host, and its first message is a line straight to the engine. */
const overHandedPort = (utility: UtilityPort): ParentPort => {
  const handed = new Promise<MessagePort>((resolve) => utility.once("message", ({ ports: [port] }) => resolve(port!)));
  const send = async (message: FromHost): Promise<void> => {
    const port = await handed;
    // eslint-disable-next-line unicorn/require-post-message-target-origin -- a port between processes has no origin
    port.postMessage(message);
  };
  const listen = async (listener: (message: ToHost) => void): Promise<void> => {
    const port = await handed;
    port.on("message", (event) => listener(event.data));
    port.on("close", endAtOnce);
    port.start();
  };
  return { send: (message) => void send(message), onMessage: (listener) => void listen(listener) };
};

/** Connects to the engine that this process works for, and ends this one when that one is gone. */
export const connectParent = (): ParentPort => {
  const utility = (process as NodeJS.Process & { readonly parentPort?: UtilityPort }).parentPort;
  // Electron says `undefined` or `null` where there is none.
  if (utility != null) return overHandedPort(utility);
  // Ctrl-C reaches every process of a terminal; what it means here is the engine's to say.
  process.on("SIGINT", () => {});
  process.on("disconnect", endAtOnce);
  return {
    send: (message) => void process.send?.(message, undefined, {}, () => {}),
    onMessage: (listener) => void process.on("message", (message) => listener(message as ToHost)),
  };
};

// The window's line to its host. Whoever calls does not know whether it is a WebSocket or a MessagePort.

import { createStore } from "zustand/vanilla";

import { createClient, decodeFrame, encodeFrame, type Port, type StudioClient } from "../shared/api/index.ts";
import { HeadraceError } from "../shared/errors/index.ts";
import { isDesktop } from "./desktop/bridge.ts";
import { watchingEdits } from "./desktop/edits.ts";

export interface Connection {
  readonly status: "connecting" | "open" | "lost";
  readonly client: StudioClient | null;
}

/** Whether there is a host, and the client to speak to it. */
export const connection = createStore<Connection>(() => ({ status: "connecting", client: null }));

/** The present host. Throws `host_gone` while there is none. */
export const host = (): StudioClient => {
  const { client } = connection.getState();
  if (client === null) throw new HeadraceError("host_gone");
  return client;
};

const firstRetry = 250;
const longestRetry = 5000;

/** Opens the line, and again whenever it breaks; `opened` is called with each new client. */
export const stayConnected = (opened: (client: StudioClient) => Promise<void>): { readonly retry: () => void } => {
  let wait = firstRetry;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const again = (): void => {
    connection.setState({ status: "lost", client: null });
    timer = setTimeout(attempt, wait);
    wait = Math.min(longestRetry, wait * 2);
  };
  const attempt = (): void => {
    timer = null;
    openPort().then((port) => {
      const client = watchingEdits(createClient(port));
      wait = firstRetry;
      connection.setState({ status: "connecting", client });
      client.onClose(again);
      return opened(client).finally(() => {
        // Only now the host has the project: what is asked before would find none.
        if (connection.getState().client === client) connection.setState({ status: "open" });
      });
    }, again);
  };
  attempt();
  return {
    retry() {
      if (timer === null) return;
      clearTimeout(timer);
      wait = firstRetry;
      attempt();
    },
  };
};

const openPort = async (): Promise<Port> => {
  if (!isDesktop()) return openSocket();
  const { openEnginePort } = await import("./desktop/engine-port.ts");
  return openEnginePort();
};

const openSocket = (): Promise<Port> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api`);
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => resolve(socketPort(socket)), { once: true });
    socket.addEventListener("error", () => reject(new HeadraceError("host_gone")), { once: true });
  });

const socketPort = (socket: WebSocket): Port => ({
  send(envelope) {
    if (socket.readyState === WebSocket.OPEN) socket.send(encodeFrame(envelope));
  },
  onMessage(listener) {
    socket.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) listener(decodeFrame(new Uint8Array(data)));
    });
  },
  onClose(listener) {
    if (socket.readyState === WebSocket.CLOSED) listener();
    else socket.addEventListener("close", listener, { once: true });
  },
  close: () => socket.close(),
});

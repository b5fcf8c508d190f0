import { WebSocket } from "ws";

import { decodeFrame, encodeFrame, type Envelope, type Port } from "../../shared/api/index.ts";

/** A window that reads nothing while this much waits for it is given up, in bytes. */
const maxWaiting = 256 * 1024 * 1024;
const pingMilliseconds = 20_000;
const unsupported = 1003;

/** The contract's port over one WebSocket: binary frames only, and a ping so that a vanished window is noticed. */
export const webSocketPort = (socket: WebSocket): Port => {
  let isAlive = true;
  const pings = setInterval(() => {
    if (!isAlive) socket.terminate();
    isAlive = false;
    socket.ping();
  }, pingMilliseconds);
  socket.on("pong", () => (isAlive = true));
  socket.on("close", () => clearInterval(pings));
  socket.on("error", () => socket.terminate());

  return {
    send(envelope) {
      if (socket.readyState !== WebSocket.OPEN) return;
      if (socket.bufferedAmount > maxWaiting) socket.terminate();
      else socket.send(encodeFrame(envelope), { binary: true });
    },
    onMessage(listener) {
      socket.on("message", (data, isBinary) => {
        isAlive = true;
        const envelope = isBinary && data instanceof Buffer ? read(data) : null;
        if (envelope === null) socket.close(unsupported, "not a frame of the studio");
        else listener(envelope);
      });
    },
    onClose: (listener) => void socket.once("close", listener),
    close: () => socket.close(),
  };
};

const read = (data: Buffer): Envelope | null => {
  try {
    return decodeFrame(data);
  } catch {
    return null;
  }
};

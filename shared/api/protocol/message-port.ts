import type { Envelope, Port } from "./port.ts";

/** The part of a message port that the page's and Electron's own have in common, whatever they call it. */
export interface RawPort {
  post(data: unknown): void;
  onMessage(listener: (data: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** A view on a larger buffer would be sent with all of it. */
const alone = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);

const read = (data: unknown): Envelope | null => {
  if (typeof data !== "object" || data === null || !("message" in data) || !("attachments" in data)) return null;
  const { message, attachments } = data;
  if (!Array.isArray(attachments)) return null;
  return attachments.every((bytes) => bytes instanceof Uint8Array) ? { message, attachments } : null;
};

/** The contract's port over a message port: structured clones instead of frames, bytes beside them as they are. */
export const messagePort = (raw: RawPort): Port => {
  let isClosed = false;
  const onClose: (() => void)[] = [];
  const closed = (): void => {
    if (isClosed) return;
    isClosed = true;
    for (const listener of onClose) listener();
  };
  const close = (): void => {
    raw.close();
    closed();
  };
  raw.onClose(closed);
  return {
    send({ message, attachments }) {
      if (!isClosed) raw.post({ message, attachments: attachments.map(alone) });
    },
    onMessage: (listener) =>
      raw.onMessage((data) => {
        if (isClosed) return;
        const envelope = read(data);
        if (envelope === null) close();
        else listener(envelope);
      }),
    onClose(listener) {
      if (isClosed) listener();
      else onClose.push(listener);
    },
    close,
  };
};

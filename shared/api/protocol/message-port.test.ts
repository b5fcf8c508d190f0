import { afterEach, expect, it, vi } from "vitest";

import { messagePort, type RawPort } from "./message-port.ts";
import type { Envelope } from "./port.ts";

const opened: MessagePort[] = [];
afterEach(() => {
  for (const port of opened.splice(0)) port.close();
});

const rawPort = (port: MessagePort): RawPort => ({
  post: (data) => port.postMessage(data),
  onMessage(listener) {
    port.addEventListener("message", ({ data }: MessageEvent<unknown>) => listener(data));
    port.start();
  },
  onClose: (listener) => port.addEventListener("close", listener),
  close: () => port.close(),
});

const ends = () => {
  const { port1, port2 } = new MessageChannel();
  opened.push(port1, port2);
  const heard: Envelope[] = [];
  const near = messagePort(rawPort(port1));
  near.onMessage((envelope) => heard.push(envelope));
  return { near, heard, far: messagePort(rawPort(port2)), raw: port2 };
};

it("carries messages in order, with bytes that bring nothing of their neighbours", async () => {
  const { near, far, heard } = ends();
  near.onMessage(() => undefined);
  const pool = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);
  far.send({ message: { n: 1 }, attachments: [pool.subarray(2, 5)] });
  far.send({ message: { n: 2 }, attachments: [Buffer.from("é")] });
  await vi.waitFor(() => expect(heard).toHaveLength(2));
  expect(heard.map(({ message }) => message)).toEqual([{ n: 1 }, { n: 2 }]);
  const [first] = heard[0]!.attachments;
  expect([...first!]).toEqual([3, 4, 5]);
  expect([first!.byteOffset, first!.buffer.byteLength]).toEqual([0, 3]);
});

it.each(["text", null, { message: 1 }, { message: 1, attachments: ["no bytes"] }, { message: 1, attachments: null }])(
  "hangs up on whoever says %j",
  async (said) => {
    const { near, raw, heard } = ends();
    const closed = vi.fn<() => void>();
    near.onClose(closed);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
    raw.postMessage(said);
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
    expect(heard).toEqual([]);
    near.send({ message: 1, attachments: [] });
  },
);

it("tells both ends once that the line is gone, also those who ask later", async () => {
  const { near, far } = ends();
  const told = vi.fn<() => void>();
  near.onClose(told);
  far.close();
  await vi.waitFor(() => expect(told).toHaveBeenCalledOnce());
  near.onClose(told);
  near.close();
  expect(told).toHaveBeenCalledTimes(2);
});

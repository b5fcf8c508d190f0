// What the older Electron that the smoke test runs in lacks or has under another name. The test build puts this in
// place of `electron`; the product never sees it.

// oxlint-disable unicorn/require-post-message-target-origin -- ports between processes have no origin

import * as real from "electron";

import { NodeUtility } from "./node-utility.ts";
import { PlainChannel, type PlainPort } from "./plain-port.ts";

interface BufferRequest {
  readonly url: string;
  readonly method: string;
}
type BufferAnswer = (answer: { statusCode: number; headers: Record<string, string>; data: Buffer }) => void;
interface OldProtocol {
  registerBufferProtocol(scheme: string, handler: (request: BufferRequest, answer: BufferAnswer) => void): void;
}

/** Node 16 has no `Response`; this much of one is what the page's host makes. */
class SmallResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array | null;
  constructor(body: Uint8Array | null, options: { status?: number; headers: Record<string, string> }) {
    this.body = body;
    this.status = options.status ?? 200;
    this.headers = options.headers;
  }
}
Object.assign(globalThis, { Response: SmallResponse });

const refuse = (): Promise<never> => Promise.reject(new Error("this Electron has no such call"));

/** Kept for as long as the app lives: this Electron drops a port that nobody holds, with messages on their way. */
const kept: real.MessagePortMain[] = [];

/** A port that a page can be given, for one of ours. */
const forPage = (ours: PlainPort): real.MessagePortMain => {
  const { port1, port2 } = new real.MessageChannelMain();
  kept.push(port1);
  port1.on("message", ({ data }) => ours.postMessage(data));
  port1.on("close", () => ours.close());
  ours.on("message", ({ data }: { data: unknown }) => port1.postMessage(data));
  ours.on("close", () => port1.close());
  port1.start();
  ours.start();
  return port2;
};

type Handler = Parameters<typeof real.ipcMain.handle>[1];

export const ipcMain = {
  handle(channel: string, handler: Handler): void {
    real.ipcMain.handle(channel, ({ sender, senderFrame: frame }, ...given) => {
      const postMessage = (to: string, message: unknown, ports: PlainPort[] = []): void =>
        frame?.postMessage(to, message, ports.map(forPage));
      const senderFrame = frame === null ? null : { url: frame.url, parent: frame.parent, postMessage };
      return handler({ sender, senderFrame } as never, ...given);
    });
  },
};
export { PlainChannel as MessageChannelMain };
export const { app, BrowserWindow, Menu, Notification, Tray, dialog } = real;
export const { nativeTheme, screen, session, shell } = real;
export const utilityProcess = {
  fork: (path: string, args: string[], options: real.ForkOptions): NodeUtility => new NodeUtility(path, args, options),
};
export const safeStorage = {
  getSelectedStorageBackend: (): string => "basic_text",
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(false),
  encryptStringAsync: refuse,
  decryptStringAsync: refuse,
};
export const protocol = {
  registerSchemesAsPrivileged: (schemes: real.CustomScheme[]): void =>
    real.protocol.registerSchemesAsPrivileged(schemes),
  handle(scheme: string, handler: (request: BufferRequest) => Promise<SmallResponse>): void {
    (real.protocol as unknown as OldProtocol).registerBufferProtocol(scheme, (request, answer) => {
      void handler(request).then(({ status, headers, body }) =>
        answer({ statusCode: status, headers, data: Buffer.from(body ?? []) }),
      );
    });
  },
};

// What the older Electron that the smoke test runs in lacks or has under another name. The test build puts this in
// place of `electron`; the product never sees it.

import * as real from "electron";

import { NodeUtility } from "./node-utility.ts";

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

export const { app, BrowserWindow, Menu, MessageChannelMain, Notification, Tray, dialog, ipcMain } = real;
export const { nativeTheme, net, screen, session, shell } = real;
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

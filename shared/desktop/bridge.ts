// The names that preload, window and shell share. No schema here: preload is to stay a few lines.

/** What preload puts on the page as `window.headrace`. It never grows. */
export interface DesktopBridge {
  invoke(name: string, input: unknown): Promise<unknown>;
  /** Returns the end of it. */
  on(name: string, listener: (event: unknown) => void): () => void;
  /** The path of a dropped or chosen file; empty when it is not one of this machine's. */
  pathForFile(file: unknown): string;
}

/** The window's message that carries the port to the engine. */
export const portMessage = "headrace:port";

/** Electron's channels. */
export const channels = { invoke: "headrace:invoke", event: "headrace:event", port: "headrace:port" } as const;

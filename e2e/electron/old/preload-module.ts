// As electron-module.ts, for the preload script.

import { contextBridge, ipcRenderer } from "electron";

export { contextBridge, ipcRenderer };
export const webUtils = {
  getPathForFile: (file: File): string => (file as File & { readonly path?: string }).path ?? "",
};

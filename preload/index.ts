// The only code between the page and Electron. It stays this small: everything else is a name in shared/desktop.

import { contextBridge, ipcRenderer, webUtils } from "electron";

import { channels, type DesktopBridge, portMessage } from "../shared/desktop/bridge.ts";

// A port cannot cross the context bridge; the page gets it as a message of its own window.
ipcRenderer.on(channels.port, ({ ports }) => window.postMessage(portMessage, window.location.origin, [...ports]));

const bridge: DesktopBridge = {
  invoke: (name, input) => ipcRenderer.invoke(channels.invoke, name, input),
  on(name, listener) {
    const hear = (_event: unknown, heard: unknown, event: unknown): void => {
      if (heard === name) listener(event);
    };
    ipcRenderer.on(channels.event, hear);
    return () => ipcRenderer.off(channels.event, hear);
  },
  pathForFile: (file) => (file instanceof File ? webUtils.getPathForFile(file) : ""),
};

contextBridge.exposeInMainWorld("headrace", Object.freeze(bridge));

import type { IpcMainInvokeEvent } from "electron";

/** The window's page lives under a scheme of its own: no port, no file access, no other page shares its origin. */
export const scheme = "app";
export const origin = `${scheme}://headrace`;
export const pageAddress = `${origin}/`;

/** Whether an address is inside our own page. */
export const isOurs = (address: string): boolean => {
  try {
    const { protocol, host } = new URL(address);
    return `${protocol}//${host}` === origin;
  } catch {
    return false;
  }
};

/** Whether a message came from the top frame of our own page. */
export const isTrusted = ({ senderFrame }: Pick<IpcMainInvokeEvent, "senderFrame">): boolean =>
  senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url);

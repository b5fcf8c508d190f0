import { host } from "../api.ts";
import { askShell, isDesktop } from "../desktop/bridge.ts";

/** Keeps a secret: in the system's keychain on the desktop, else in the person's own file. Its value stays nowhere else. */
export const keepSecret = async (name: string, value: string): Promise<void> => {
  await (isDesktop() ? askShell("secret.put", { name, value }) : host().call("secrets.put", { name, value }));
};

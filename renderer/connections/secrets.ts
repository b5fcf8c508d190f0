import { host } from "../api.ts";
import { askShell, isDesktop } from "../desktop/bridge.ts";

/** Names of the secrets that are kept, wherever that is. */
export const secretNames = async (signal: AbortSignal): Promise<readonly string[]> => {
  const inFile = await host().call("secrets.list", {}, signal);
  if (!isDesktop()) return inFile;
  const { names } = await askShell("secret.list", {});
  return [...new Set([...names, ...inFile])].toSorted((a, b) => a.localeCompare(b));
};

/** Forgets a secret, wherever it is kept. */
export const forgetSecret = async (name: string): Promise<void> => {
  if (isDesktop()) await askShell("secret.put", { name, value: null });
  await host().call("secrets.put", { name, value: null });
};

/** Keeps a secret: in the system's keychain on the desktop, else in the person's own file. Its value stays nowhere else. */
export const keepSecret = async (name: string, value: string): Promise<void> => {
  await (isDesktop() ? askShell("secret.put", { name, value }) : host().call("secrets.put", { name, value }));
};

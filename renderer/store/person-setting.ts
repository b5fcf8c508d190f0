import { connection } from "../api.ts";

/** Reads what is remembered of the person under a key, once there is a host; what cannot be read is left as it is. */
export const followPersonSetting = (key: string, take: (value: unknown) => void): (() => void) => {
  let isRead = false;
  const read = async (): Promise<void> => {
    const { client } = connection.getState();
    if (client === null || isRead) return;
    isRead = true;
    take((await client.call("settings.get", {})).person[key]);
  };
  const readQuietly = (): void => void read().catch(() => undefined);
  readQuietly();
  return connection.subscribe(readQuietly);
};

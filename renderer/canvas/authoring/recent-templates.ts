import { z } from "zod";

import { connection, host } from "../../api.ts";

const most = 12;
const key = "authoring.recent";
let recent: readonly string[] = [];

/** Templates this person used before, the last one first; a list opens at once, so it is never waited for. */
export const recentTemplates = (): readonly string[] => recent;

/** Reads them once there is a host. */
export const followRecentTemplates = (): (() => void) => {
  let isRead = false;
  const read = async (): Promise<void> => {
    const { client } = connection.getState();
    if (client === null || isRead) return;
    isRead = true;
    const { person } = await client.call("settings.get", {});
    recent = z.array(z.string()).safeParse(person[key]).data ?? [];
  };
  const readQuietly = (): void => void read().catch(() => undefined);
  readQuietly();
  return connection.subscribe(readQuietly);
};

/** Remembers that a template was used; forgetting it costs an order, no more. */
export const rememberTemplate = async (id: string): Promise<void> => {
  recent = [id, ...recent.filter((other) => other !== id)].slice(0, most);
  await host()
    .call("settings.put", { scope: "person", key, value: [...recent] })
    .catch(() => undefined);
};

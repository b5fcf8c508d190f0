import { z } from "zod";

import { host } from "../../api.ts";
import { followPersonSetting } from "../../store/person-setting.ts";

const most = 12;
const key = "authoring.recent";
let recent: readonly string[] = [];

/** Templates this person used before, the last one first; a list opens at once, so it is never waited for. */
export const recentTemplates = (): readonly string[] => recent;

/** Reads them once there is a host. */
export const followRecentTemplates = (): (() => void) =>
  followPersonSetting(key, (value) => {
    recent = z.array(z.string()).safeParse(value).data ?? [];
  });

/** Remembers that a template was used; forgetting it costs an order, no more. */
export const rememberTemplate = async (id: string): Promise<void> => {
  recent = [id, ...recent.filter((other) => other !== id)].slice(0, most);
  await host()
    .call("settings.put", { scope: "person", key, value: [...recent] })
    .catch(() => undefined);
};

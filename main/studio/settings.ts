import { join } from "node:path";

import type { StudioHandlers } from "../../shared/api/index.ts";
import { readSettings, writeSetting } from "./settings/settings-file.ts";
import type { StudioWindow } from "./studio.ts";

const pathFor = (scope: "person" | "project", window: StudioWindow): string =>
  scope === "person" ? join(window.dataDir, "studio", "settings.json") : join(window.session.dataDir, "settings.json");

/** What windows remember, kept with the person's data and not in the project. */
export const settingsHandlers = {
  "settings.get": async (_input, window) => ({
    person: await readSettings(pathFor("person", window)),
    project: window.hasProject ? await readSettings(pathFor("project", window)) : {},
  }),
  "settings.put": async ({ scope, key, value }, window) => {
    await writeSetting(pathFor(scope, window), key, value);
    return {};
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;

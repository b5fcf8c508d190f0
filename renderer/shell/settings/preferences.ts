import { z } from "zod";
import { createStore } from "zustand/vanilla";

import { host } from "../../api.ts";
import { applyTheme, reduceMotion } from "../../theme/theme.ts";

const preferencesSchema = z.object({
  theme: z.enum(["system", "light", "dark"]).catch("system"),
  motion: z.enum(["system", "less"]).catch("system"),
  /** A font family; empty for the theme's own. */
  editorFont: z.string().max(100).catch(""),
  maxWorkers: z.int().min(1).max(64).nullable().catch(null),
});
export type Preferences = z.output<typeof preferencesSchema>;

/** What a person wants of every window; kept with their own data. */
export const preferences = createStore<Preferences>(() => preferencesSchema.parse({}));

const apply = ({ theme, motion, editorFont }: Preferences): void => {
  reduceMotion(motion === "less");
  applyTheme(theme);
  const { style } = document.documentElement;
  const family = editorFont.replaceAll(/["\\;{}]/g, "").trim();
  if (family === "") style.removeProperty("--font-code");
  else style.setProperty("--font-code", `"${family}", monospace`);
};

/** Takes over what was remembered. */
export const recallPreferences = (person: Readonly<Record<string, unknown>>): void => {
  const known = preferencesSchema.parse(person);
  preferences.setState(known);
  apply(known);
};

/** Changes one and remembers it. */
export const prefer = <K extends keyof Preferences>(key: K, value: Preferences[K]): void => {
  preferences.setState({ [key]: value });
  apply(preferences.getState());
  // What cannot be remembered is not worth a message: the next change tries again.
  Promise.resolve()
    .then(() => host().call("settings.put", { scope: "person", key, value }))
    .catch(() => undefined);
};

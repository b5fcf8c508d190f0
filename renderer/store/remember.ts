import { z } from "zod";

import type { StudioClient } from "../../shared/api/index.ts";
import { type Viewport, viewport } from "../canvas/viewport.ts";
import { prefer, recallPreferences } from "../shell/settings/preferences.ts";
import type { ThemeChoice } from "../theme/theme.ts";
import { host } from "../api.ts";
import { layout, layoutSchema } from "./layout-store.ts";

const settleMilliseconds = 400;
const viewportSchema = z.object({ x: z.number(), y: z.number(), zoom: z.number().positive() });

const later = (save: () => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return () => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(save, settleMilliseconds);
  };
};

const put = (scope: "person" | "project", key: string, value: z.core.util.JSONType): void => {
  // What cannot be remembered is not worth a message: the next change tries again.
  const saved = (): Promise<unknown> => host().call("settings.put", { scope, key, value });
  Promise.resolve()
    .then(saved)
    .catch(() => undefined);
};

let isFollowing = false;

/** Puts back what was remembered of this project; returns the viewport, `null` the first time. */
export const recall = async (client: StudioClient): Promise<Viewport | null> => {
  const { person, project } = await client.call("settings.get", {});
  recallPreferences(person);
  const known = layoutSchema.safeParse(project["layout"]).data;
  if (known !== undefined) layout.setState(known);
  return viewportSchema.safeParse(project["viewport"]).data ?? null;
};

/** Remembers the layout and the viewport from now on, a moment after each change. */
export const followLayout = (): void => {
  if (isFollowing) return;
  isFollowing = true;
  layout.subscribe(later(() => put("project", "layout", layout.getState())));
  const saveViewport = (): void => {
    const { x, y, zoom } = viewport.getState();
    put("project", "viewport", { x, y, zoom });
  };
  viewport.subscribe(later(saveViewport));
};

export const chooseTheme = (theme: ThemeChoice): void => prefer("theme", theme);

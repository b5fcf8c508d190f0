import { layout, showTab, toggleArea, toggleMaximised } from "../store/layout-store.ts";
import { chooseTheme } from "../store/remember.ts";
import { goToPanel, goToPart } from "../shell/keep-focus.ts";
import { openSettings } from "../shell/settings/settings-page-store.ts";
import { panels } from "../panels/registry.ts";
import { text } from "../text/text.ts";
import type { Command } from "./command.ts";
import { openPalette } from "./palette-store.ts";

const { commands: words } = text;

const always = { where: "anywhere" } as const;

/** The window itself: areas, panels, theme. */
export const shellCommands: readonly Command[] = [
  { ...always, id: "window.palette", title: words.palette, keys: ["Mod+K", "Mod+Shift+P"], run: () => openPalette("") },
  { ...always, id: "window.left", title: words.toggleLeft, keys: ["Mod+B"], run: () => toggleArea("left") },
  { ...always, id: "window.right", title: words.toggleRight, keys: ["Mod+Alt+B"], run: () => toggleArea("right") },
  { ...always, id: "window.bottom", title: words.toggleBottom, keys: ["Mod+J"], run: () => toggleArea("bottom") },
  { ...always, id: "window.maximise", title: words.maximiseBottom, keys: [], run: toggleMaximised },
  { ...always, id: "window.next-part", title: words.nextPart, keys: ["F6"], run: () => goToPart(1) },
  { ...always, id: "window.previous-part", title: words.previousPart, keys: ["Shift+F6"], run: () => goToPart(-1) },
  { ...always, id: "settings.show", title: text.preferences.show, keys: ["Mod+,"], run: openSettings },
  { ...always, id: "theme.system", title: words.themeSystem, keys: [], run: () => chooseTheme("system") },
  { ...always, id: "theme.light", title: words.themeLight, keys: [], run: () => chooseTheme("light") },
  { ...always, id: "theme.dark", title: words.themeDark, keys: [], run: () => chooseTheme("dark") },
  ...panels.map(({ id, area, title }) => ({
    ...always,
    id: `panel.${id}`,
    title: words.show(title),
    keys: [],
    run() {
      showTab(area, id);
      goToPanel(area, id);
    },
  })),
  {
    where: "canvas",
    id: "preview.show",
    title: words.preview,
    keys: ["Space"],
    run: () => showTab("bottom", "preview"),
  },
  {
    where: "canvas",
    id: "preview.maximise",
    title: words.maximisePreview,
    keys: ["Shift+Space"],
    run() {
      if (!layout.getState().bottom.isMaximised) showTab("bottom", "preview");
      toggleMaximised();
    },
  },
];

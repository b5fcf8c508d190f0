import type { MenuCommand } from "../../../shared/desktop/index.ts";

const names: Readonly<Record<string, string>> = {
  Mod: "CommandOrControl",
  ArrowLeft: "Left",
  ArrowRight: "Right",
  ArrowUp: "Up",
  ArrowDown: "Down",
  Escape: "Esc",
};

/** A bare key, or one with Shift alone, that is not a function key: it would take letters from whoever is typing. */
const isBare = (keys: string): boolean => !/(?:Mod|Ctrl|Alt)\+/.test(keys) && !/^(?:Shift\+)?F\d+$/.test(keys);

/**
 * A command's keys as Electron spells them; `null` where a menu must not have them. The window listens for keys itself,
 * since most mean something only on the canvas: a menu shows them and does not take them. macOS has no such menu, so
 * there the menu has only those that mean the same everywhere.
 */
export const acceleratorOf = ({ keys, where }: MenuCommand, platform: NodeJS.Platform): string | null => {
  if (keys === null || (platform === "darwin" && (where === "canvas" || isBare(keys)))) return null;
  // `Mod++` is the plus key itself.
  const parts = keys.endsWith("++") ? [...keys.slice(0, -2).split("+"), "Plus"] : keys.split("+");
  return parts.map((part) => names[part] ?? part).join("+");
};

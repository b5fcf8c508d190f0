// Key combinations as text: `Mod+Shift+Enter`. Mod is Ctrl, and Cmd on macOS.

const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

const modifiers = ["Mod", "Ctrl", "Alt", "Shift"] as const;

/** What was pressed, as the registry spells it. */
export const keysOf = (event: KeyboardEvent): string => {
  const held = [
    (isMac ? event.metaKey : event.ctrlKey) ? "Mod" : "",
    isMac && event.ctrlKey ? "Ctrl" : "",
    event.altKey ? "Alt" : "",
    event.shiftKey ? "Shift" : "",
  ].filter((name) => name !== "");
  return [...held, nameOf(event)].join("+");
};

const named: Readonly<Record<string, string>> = { " ": "Space", Esc: "Escape" };

/** The key itself: letters and digits by what is printed on them, so that Alt and Shift do not change them. */
const nameOf = ({ key, code }: KeyboardEvent): string => {
  const printed = /^(?:Key|Digit)(.)$/.exec(code)?.[1];
  if (key.length === 1 && /[a-z]/i.test(key)) return key.toUpperCase();
  if (printed !== undefined && !/^[a-z0-9]$/i.test(key) && /\d/.test(printed)) return printed;
  return named[key] ?? key;
};

const shown: Readonly<Record<string, string>> = isMac
  ? { Mod: "⌘", Ctrl: "⌃", Alt: "⌥", Shift: "⇧", Enter: "↩", Escape: "⎋" }
  : { Mod: "Ctrl", Escape: "Esc" };

const arrows: Readonly<Record<string, string>> = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };

/** As it is written in menus and tooltips: `Ctrl+Shift+Enter`, `⌘⇧↩`. */
export const showKeys = (keys: string): string =>
  keys
    .split("+")
    .map((part) => shown[part] ?? arrows[part] ?? part)
    .join(isMac ? "" : "+");

/** Whether keys are a single character or a bare named key, which act only where the canvas has the focus. */
export const isBare = (keys: string): boolean =>
  !modifiers.some((name) => name !== "Shift" && keys.startsWith(`${name}+`));

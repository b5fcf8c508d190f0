/** What a person chose; `system` follows the desktop. */
export type ThemeChoice = "system" | "light" | "dark";

const more = matchMedia("(prefers-contrast: more)");
const less = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

const tell = (): void => {
  for (const listener of listeners) listener();
};

let wantsLessMotion = false;

/** Less motion than the desktop asks for, from the next `applyTheme` on. */
export const reduceMotion = (wanted: boolean): void => {
  wantsLessMotion = wanted;
};

/** Puts the choice, and what the desktop says of contrast and motion, on the page. */
export const applyTheme = (choice: ThemeChoice): void => {
  const { dataset } = document.documentElement;
  if (choice === "system") delete dataset["theme"];
  else dataset["theme"] = choice;
  dataset["contrast"] = more.matches ? "more" : "normal";
  dataset["motion"] = less.matches || wantsLessMotion ? "less" : "normal";
  tell();
};

/** Follows the desktop while the window is open. */
export const followDesktop = (): void => {
  const { dataset } = document.documentElement;
  const again = (): void => applyTheme((dataset["theme"] as ThemeChoice | undefined) ?? "system");
  for (const query of [more, less, dark]) query.addEventListener("change", again);
};

/** Calls the listener when colours changed: what draws on a canvas reads them again. */
export const onThemeChange = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The colours that tokens stand for now, as a canvas understands them. */
export const readColors = <N extends string>(names: readonly N[]): Readonly<Record<N, string>> => {
  const probe = document.createElement("span");
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const entries = names.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, style.color] as const;
  });
  probe.remove();
  return Object.fromEntries(entries) as Record<N, string>;
};

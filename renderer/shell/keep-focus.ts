// The keys of who works without a mouse: where they are when what had them goes, and how they get from part to part.

const tabbable = [
  "button",
  "input",
  "select",
  "textarea",
  "summary",
  "a[href]",
  "[contenteditable='true']",
  "[tabindex]",
]
  .map((one) => `${one}:not(:disabled):not([tabindex='-1'])`)
  .join();
/** Parts of the window, in the order of reading. */
const parts = ".tool-bar, .banner, .start, .area-left, .canvas, .area-bottom, .area-right, .status-bar";
const whole = `${parts}, .canvas-area, .messages, dialog`;

const isSeen = (element: Element): boolean => element.checkVisibility();

/** What of a part takes the keys first: its chosen tab, else itself, else the first of it that can have them. */
const entryOf = (part: Element): HTMLElement | null => {
  const chosen = part.querySelector<HTMLElement>(":scope > .area-content > .tabs [role='tab'][aria-selected='true']");
  if (chosen !== null) return chosen;
  if (part instanceof HTMLElement && part.matches(tabbable)) return part;
  return [...part.querySelectorAll<HTMLElement>(tabbable)].find(isSeen) ?? null;
};

const ancestorsOf = (element: Element | null): readonly Element[] =>
  element === null ? [] : [element, ...ancestorsOf(element.parentElement)];

/** What stands nearest to where something was, and within the same part; else the canvas. */
const heirOf = (chain: readonly Element[]): HTMLElement | null => {
  for (const element of chain) {
    if (!element.isConnected) continue;
    if (element.closest(whole) === null) break;
    const heir = entryOf(element);
    if (heir !== null) return heir;
  }
  // A canvas that is only coming takes the keys itself.
  return document.querySelector<HTMLElement>(".canvas");
};

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** Hands the focus on when the element that has it goes: without one, keys and screen readers are nowhere. */
export const keepFocus = (): (() => void) => {
  let chain: readonly Element[] = [];
  const remember = ({ target }: FocusEvent): void => {
    chain = target instanceof Element ? ancestorsOf(target) : [];
  };
  // Who leaves an element that stays wants to be nowhere.
  const forget = ({ target }: FocusEvent): void =>
    queueMicrotask(() => {
      const [last] = chain;
      const isLeft = last !== undefined && last === target && last.isConnected && !last.matches(":disabled");
      if (isLeft && isLost() && document.hasFocus()) chain = [];
    });
  const observer = new MutationObserver(() => {
    const [last] = chain;
    if (last === undefined || !isLost()) return;
    if (!last.isConnected) heirOf(chain)?.focus({ preventScroll: true });
    // A button that could not be pressed for a while has the keys again.
    else if (last instanceof HTMLElement && !last.matches(":disabled")) last.focus({ preventScroll: true });
  });
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
  document.addEventListener("focusin", remember);
  document.addEventListener("focusout", forget);
  return () => {
    observer.disconnect();
    document.removeEventListener("focusin", remember);
    document.removeEventListener("focusout", forget);
  };
};

/** Takes the keys to the next part of the window, or to the one before. */
export const goToPart = (by: 1 | -1): void => {
  if (document.querySelector("dialog[open]") !== null) return;
  const all = [...document.querySelectorAll(parts)].filter((part) => isSeen(part) && entryOf(part) !== null);
  const at = all.findIndex((part) => part.contains(document.activeElement));
  const next = all.at(at < 0 ? (by > 0 ? 0 : -1) : (at + by) % all.length);
  if (next !== undefined) entryOf(next)?.focus();
};

/** Takes the keys to a panel that is just being shown. */
export const goToPanel = (area: string, panel: string): void => {
  const go = (): boolean => {
    const tab = document.getElementById(`${area}-tab-${panel}`);
    tab?.focus();
    return tab !== null;
  };
  // The window draws what was pressed before it takes the next key; an area that comes with it may need a frame more.
  queueMicrotask(() => go() || requestAnimationFrame(go));
};

const modifiers = new Set(["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock"]);

/**
 * Marks the canvas while a person works with the keys: only then a ring says that these are on it. The browser's own
 * guess would show it in each window that has just opened, and go on showing it while a mouse clicks.
 */
export const markKeys = (canvas: HTMLElement): (() => void) => {
  const listening = new AbortController();
  const options = { signal: listening.signal, capture: true, passive: true };
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (!modifiers.has(key)) canvas.dataset["byKeys"] = "";
  };
  const onPointerDown = (): void => {
    delete canvas.dataset["byKeys"];
  };
  window.addEventListener("keydown", onKeyDown, options);
  window.addEventListener("pointerdown", onPointerDown, options);
  return () => listening.abort();
};

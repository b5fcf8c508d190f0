/** Gives the keys back to the canvas. */
export const focusCanvas = (): void => document.querySelector<HTMLElement>(".canvas")?.focus({ preventScroll: true });

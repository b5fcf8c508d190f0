/** What a hand on the canvas does from its press on until it lets go. */
export interface Hand {
  readonly move: (event: PointerEvent) => void;
  /** Takes back what it is doing; `false` when there is nothing to take back. */
  readonly escape: () => boolean;
}

/**
 * While pointers are pressed on the canvas their moves are the canvas's alone. They are heard at the window before
 * anybody else hears them, and go no further: React and React Flow would look through their whole trees for each, and
 * nobody there listens. Escape is heard here too, wherever the keys are. Returns the end of it.
 */
export const holdPointers = (pointers: ReadonlyMap<number, unknown>, { move, escape }: Hand): (() => void) => {
  const listening = new AbortController();
  const options = { signal: listening.signal, capture: true };
  const onMove = (event: PointerEvent): void => {
    if (!pointers.has(event.pointerId)) return;
    event.stopPropagation();
    move(event);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !escape()) return;
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener("pointermove", onMove, options);
  window.addEventListener("mousemove", hide, options);
  window.addEventListener("keydown", onKeyDown, options);
  return () => listening.abort();
};

const hide = (event: Event): void => event.stopPropagation();

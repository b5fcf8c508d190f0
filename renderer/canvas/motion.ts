import { createStore } from "zustand/vanilla";

/** A hand that has not moved anything for so long rests. */
const restMilliseconds = 90;

/**
 * Whether a hand is panning, zooming or dragging now. While it does, the canvas layer draws every card: moving the
 * mounted ones too would have the browser lay out the layers of the whole page in each frame.
 */
export const motion = createStore<{ readonly isMoving: boolean }>(() => ({ isMoving: false }));

let timer: ReturnType<typeof setTimeout> | null = null;

const rest = (): void => {
  timer = null;
  motion.setState({ isMoving: false });
};

/** Says that a hand moved something just now. */
export const handMoves = (): void => {
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(rest, restMilliseconds);
  if (!motion.getState().isMoving) motion.setState({ isMoving: true });
};

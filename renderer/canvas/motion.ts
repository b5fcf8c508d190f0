import { createStore } from "zustand/vanilla";

/** A hand that has not moved anything for so long rests. */
const restMilliseconds = 90;

/**
 * Whether a hand is panning, zooming or dragging now. While it does, the canvas layer draws every card: moving the
 * mounted ones too would have the browser lay out the layers of the whole page in each frame.
 */
export const motion = createStore<{ readonly isMoving: boolean }>(() => ({ isMoving: false }));

let isWaiting = false;
let lastMoved = 0;

const wait = (milliseconds: number): void => {
  isWaiting = true;
  setTimeout(rest, milliseconds);
};

const rest = (): void => {
  isWaiting = false;
  const left = lastMoved + restMilliseconds - performance.now();
  if (left > 0) wait(left);
  else motion.setState({ isMoving: false });
};

/** Says that a hand moved something just now. One timer serves a whole movement. */
export const handMoves = (): void => {
  lastMoved = performance.now();
  if (!isWaiting) wait(restMilliseconds);
  if (!motion.getState().isMoving) motion.setState({ isMoving: true });
};

import { handMoves } from "../motion.ts";
import { panBy, zoomBy } from "../viewport.ts";

/** A place on the canvas element. */
export interface Pixel {
  readonly x: number;
  readonly y: number;
}

const distance = (one: Pixel, other: Pixel): number => Math.max(1, Math.hypot(one.x - other.x, one.y - other.y));
const between = (one: Pixel, other: Pixel): Pixel => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });

/** One of two fingers moves, the other rests: what lies between them goes with them, larger the further they part. */
export const pinch = (from: Pixel, to: Pixel, other: Pixel): void => {
  const [before, after] = [between(from, other), between(to, other)];
  handMoves();
  panBy(after.x - before.x, after.y - before.y);
  zoomBy(distance(to, other) / distance(from, other), after);
};

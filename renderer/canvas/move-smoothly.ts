import { graph, type Position } from "../store/graph-store.ts";

const duration = 240;
/** More cards than this jump: a slow animation helps nobody to see where things went. */
const mostAnimated = 2000;

const eased = (part: number): number => 1 - (1 - part) ** 3;

/** Moves cards to new places so that the eye can follow, or at once where less motion is wanted. */
export const moveSmoothly = (places: ReadonlyMap<string, Position>): Promise<void> => {
  const isStill = document.documentElement.dataset["motion"] === "less" || places.size > mostAnimated;
  if (isStill) {
    graph.moveAll(places);
    return Promise.resolve();
  }
  const moves = [...places].flatMap(([id, to]) => {
    const from = graph.positionOf(id);
    return from === null ? [] : [{ id, from, to }];
  });
  const started = performance.now();
  return new Promise((resolve) => {
    const step = (now: number): void => {
      const part = eased(Math.max(0, Math.min(1, (now - started) / duration)));
      graph.moveAll(moves.map(({ id, from, to }) => [id, between(from, to, part)] as const));
      if (part < 1) requestAnimationFrame(step);
      else resolve();
    };
    requestAnimationFrame(step);
  });
};

const between = (from: Position, to: Position, part: number): Position =>
  part === 1 ? to : { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };

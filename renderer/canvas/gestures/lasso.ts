import { graph } from "../../store/graph-store.ts";
import { toCanvas } from "../viewport.ts";

/** A rectangle in pixels of the canvas element. */
export interface LassoBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** Selects what was selected before and every card, drawn or mounted, that the rectangle touches. */
export const lasso = (from: Pixel, to: Pixel, kept: ReadonlySet<string>): LassoBox => {
  const box = {
    left: Math.min(from.x, to.x),
    top: Math.min(from.y, to.y),
    width: Math.abs(from.x - to.x),
    height: Math.abs(from.y - to.y),
  };
  const start = toCanvas(box.left, box.top);
  const end = toCanvas(box.left + box.width, box.top + box.height);
  const inside = graph.cardsIn({ left: start.x, top: start.y, right: end.x, bottom: end.y });
  graph.select([...kept, ...inside.flatMap((slot) => graph.nodeAt(slot)?.id ?? [])]);
  return box;
};

import { graph } from "../../store/graph-store.ts";
import type { Rectangle } from "../../store/spatial-grid.ts";
import type { CanvasPoint } from "../canvas-hooks.ts";
import { shownGroups } from "../items/shown-groups.ts";
import { viewport } from "../viewport.ts";

/** A rectangle in pixels of the canvas element. */
export interface LassoBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Selects what was selected before and everything that the rectangle touches: cards, and those in collapsed groups. */
export const lasso = (from: CanvasPoint, to: CanvasPoint, kept: ReadonlySet<string>): LassoBox => {
  const area = {
    left: Math.min(from.x, to.x),
    top: Math.min(from.y, to.y),
    right: Math.max(from.x, to.x),
    bottom: Math.max(from.y, to.y),
  };
  const inside = graph.cardsIn(area).flatMap((slot) => graph.nodeAt(slot)?.id ?? []);
  graph.select([...kept, ...inside, ...collapsedIn(area)]);
  const { x, y, zoom } = viewport.getState();
  return {
    left: area.left * zoom + x,
    top: area.top * zoom + y,
    width: (area.right - area.left) * zoom,
    height: (area.bottom - area.top) * zoom,
  };
};

const collapsedIn = ({ left, top, right, bottom }: Rectangle): readonly string[] =>
  shownGroups().flatMap(({ isCollapsed, members, box }) =>
    isCollapsed && box.left <= right && box.right >= left && box.top <= bottom && box.bottom >= top ? members : [],
  );

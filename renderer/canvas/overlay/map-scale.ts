import type { Rectangle } from "../../store/spatial-grid.ts";

const margin = 6;
/** Less than so many pixels cannot be seen. */
const leastMove = 0.5;

/** Canvas point (0, 0) lies at (x, y) pixels of the map; one unit is `zoom` pixels. */
export interface Scale {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** Where an area lies in a map of that size, all of it seen. */
export const mapScale = (area: Rectangle, width: number, height: number): Scale => {
  const across = (width - 2 * margin) / Math.max(1, area.right - area.left);
  const down = (height - 2 * margin) / Math.max(1, area.bottom - area.top);
  const zoom = Math.min(across, down);
  return {
    zoom,
    x: (width - (area.left + area.right) * zoom) / 2,
    y: (height - (area.top + area.bottom) * zoom) / 2,
  };
};

/** Whether the frame of what is seen has moved so far on the map that it shows. */
export const differs = (before: Rectangle | null, now: Rectangle | null): boolean => {
  if (before === null || now === null) return before !== now;
  const moved = Math.max(
    Math.abs(before.left - now.left),
    Math.abs(before.top - now.top),
    Math.abs(before.right - now.right),
    Math.abs(before.bottom - now.bottom),
  );
  return moved >= leastMove;
};

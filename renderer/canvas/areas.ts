import type { Rectangle } from "../store/spatial-grid.ts";

/** Everything there can be. */
export const everywhere: Rectangle = {
  left: Number.NEGATIVE_INFINITY,
  top: Number.NEGATIVE_INFINITY,
  right: Number.POSITIVE_INFINITY,
  bottom: Number.POSITIVE_INFINITY,
};

export const isEmpty = ({ left, top, right, bottom }: Rectangle): boolean => left >= right || top >= bottom;

export const intersect = (a: Rectangle, b: Rectangle): Rectangle => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});

/** The smallest rectangle around both; `null` is nothing. */
export const unite = (a: Rectangle | null, b: Rectangle | null): Rectangle | null => {
  if (a === null || b === null) return a ?? b;
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
};

export const grow = ({ left, top, right, bottom }: Rectangle, by: number): Rectangle => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
});

/** Whether all of `outer` that matters is within `inner`. */
export const covers = (inner: Rectangle, outer: Rectangle): boolean =>
  isEmpty(outer) ||
  (inner.left <= outer.left && inner.top <= outer.top && inner.right >= outer.right && inner.bottom >= outer.bottom);

/** The rectangle widened to whole pixels, of which `zoom` are one unit: what is drawn there meets what is around it. */
export const toPixels = ({ left, top, right, bottom }: Rectangle, zoom: number): Rectangle => ({
  left: Math.floor(left * zoom) / zoom,
  top: Math.floor(top * zoom) / zoom,
  right: Math.ceil(right * zoom) / zoom,
  bottom: Math.ceil(bottom * zoom) / zoom,
});

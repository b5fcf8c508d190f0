import type { Picture } from "./picture.ts";

const gap = 24;
/** Nearer than this many pixels, dots would be a grey veil. */
const leastPixels = 11;

let tile: { readonly key: string; readonly pattern: CanvasPattern } | null = null;

/** A pattern of one dot: a thousand dots are then one fill. */
const dots = (context: CanvasRenderingContext2D, { view, scale, colours }: Picture): CanvasPattern | null => {
  const size = Math.max(1, Math.round(gap * view.zoom * scale));
  const key = `${size} ${view.zoom} ${colours["grid-dot"]} ${colours.ground}`;
  if (tile?.key === key) return tile.pattern;
  const canvas = new OffscreenCanvas(size, size);
  const brush = canvas.getContext("2d");
  if (brush === null) return null;
  const dot = Math.min(1.2, view.zoom) * scale;
  brush.fillStyle = colours["grid-dot"];
  brush.fillRect(0, 0, dot, dot);
  const pattern = context.createPattern(canvas, "repeat");
  tile = pattern === null ? null : { key, pattern };
  return pattern;
};

/** The grid of dots, in pixels of the device. */
export const drawDots = (context: CanvasRenderingContext2D, picture: Picture): void => {
  const { view, width, height, scale } = picture;
  const step = gap * view.zoom;
  if (step < leastPixels) return;
  const pattern = dots(context, picture);
  if (pattern === null) return;
  const size = Math.max(1, Math.round(step * scale));
  // The tile is a whole number of pixels; what is left over is stretched away.
  const stretch = (step * scale) / size;
  pattern.setTransform(new DOMMatrix([stretch, 0, 0, stretch, (view.x % step) * scale, (view.y % step) * scale]));
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = pattern;
  context.fillRect(0, 0, width * scale, height * scale);
};

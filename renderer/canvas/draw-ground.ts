import type { DeviceBox, Picture } from "./picture.ts";

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const gap = 24;
/** Nearer than this many pixels, dots would be a grey veil. */
const leastPixels = 11;

/** Fills a canvas with the ground and, near enough, its dots; (x, y) is where it lies, in pixels of the device. */
export const paintGround = (context: Context, picture: Picture, x: number, y: number): void => {
  const { width, height } = context.canvas;
  const { view, scale, colours } = picture;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, width, height);
  if (gap * view.zoom < leastPixels) return;
  const step = gap * view.zoom * scale;
  const size = Math.max(1, Math.round(Math.min(1.2, view.zoom) * scale));
  context.fillStyle = colours["grid-dot"];
  for (let left = offset(-x, step) - step; left < width; left += step) {
    for (let top = offset(-y, step) - step; top < height; top += step) {
      context.fillRect(Math.round(left), Math.round(top), size, size);
    }
  }
};

const offset = (at: number, step: number): number => ((at % step) + step) % step;

/** The ground of what the window looks at, or of a part of it where it is too far for dots. */
export const drawGround = (
  context: CanvasRenderingContext2D,
  picture: Picture,
  part: DeviceBox | null = null,
): void => {
  const { view, scale, colours } = picture;
  if (part === null) return paintGround(context, picture, -view.x * scale, -view.y * scale);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = colours.ground;
  context.fillRect(part.x, part.y, part.width, part.height);
};

import { createStore } from "zustand/vanilla";

import { cardHeight, cardWidth, graph } from "../store/graph-store.ts";
import type { Rectangle } from "../store/spatial-grid.ts";

/** Canvas point (0, 0) is drawn at (x, y) pixels; one unit is `zoom` pixels. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export const isSameView = (one: Viewport, other: Viewport): boolean =>
  one.x === other.x && one.y === other.y && one.zoom === other.zoom;

export const smallestZoom = 0.02;
export const largestZoom = 4;
const margin = 48;

/** The canvas element's place and size in the window, in pixels. */
export interface CanvasFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where the window looks, and where and how large its canvas is. */
export const viewport = createStore<Viewport & CanvasFrame>(() => ({
  x: 0,
  y: 0,
  zoom: 1,
  left: 0,
  top: 0,
  width: 0,
  height: 0,
}));

const clampZoom = (zoom: number): number => Math.max(smallestZoom, Math.min(largestZoom, zoom));

/** The rectangle of canvas units that can be seen. */
export const visibleArea = (): Rectangle => {
  const { x, y, zoom, width, height } = viewport.getState();
  return { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom };
};

/** A point of the canvas element, in canvas units. */
export const toCanvas = (pixelX: number, pixelY: number): { readonly x: number; readonly y: number } => {
  const { x, y, zoom } = viewport.getState();
  return { x: (pixelX - x) / zoom, y: (pixelY - y) / zoom };
};

export const panBy = (dx: number, dy: number): void => viewport.setState(({ x, y }) => ({ x: x + dx, y: y + dy }));

/** Zooms by a factor, keeping the point under the cursor (the middle when left out) where it is. */
export const zoomBy = (factor: number, at?: { readonly x: number; readonly y: number }): void =>
  viewport.setState(({ x, y, zoom, width, height }) => {
    const next = clampZoom(zoom * factor);
    const point = at ?? { x: width / 2, y: height / 2 };
    const scale = next / zoom;
    return { zoom: next, x: point.x - (point.x - x) * scale, y: point.y - (point.y - y) * scale };
  });

/** What to fit once the canvas has a size. */
let waiting: Rectangle | null = null;

/** Tells where the canvas element is. */
export const resizeViewport = ({ left, top, width, height }: CanvasFrame): void => {
  viewport.setState({ left, top, width, height });
  if (waiting !== null && width > 0) fit(waiting);
};

/** Shows all of an area, never larger than life. */
export const fit = (area: Rectangle | null): void => {
  if (area === null) return;
  viewport.setState(({ width, height }) => {
    waiting = width === 0 || height === 0 ? area : null;
    if (waiting !== null) return {};
    const across = (width - 2 * margin) / Math.max(1, area.right - area.left);
    const down = (height - 2 * margin) / Math.max(1, area.bottom - area.top);
    const zoom = clampZoom(Math.min(1, across, down));
    return {
      zoom,
      x: (width - (area.left + area.right) * zoom) / 2,
      y: (height - (area.top + area.bottom) * zoom) / 2,
    };
  });
};

export const fitAll = (): void => fit(graph.bounds());

/** Looks at a point from the same height. */
export const centreOn = ({ x, y }: { readonly x: number; readonly y: number }): void =>
  viewport.setState(({ zoom, width, height }) => ({ x: width / 2 - x * zoom, y: height / 2 - y * zoom }));

/** Where a card is to be seen: behind a collapsed group, where the group's box is. */
const shownCard = (id: string): Rectangle | null => {
  const standIn = graph.shown.standIn(graph.slotOf(id));
  if (standIn === null) return graph.bounds([id]);
  return { left: standIn.x, top: standIn.y, right: standIn.x + cardWidth, bottom: standIn.y + cardHeight };
};

/** Moves as little as it takes to see the card. */
export const reveal = (id: string): void => {
  const card = shownCard(id);
  const { width, height } = viewport.getState();
  // Behind a panel that fills the window there is nothing to be seen, and nothing to move.
  if (card === null || width === 0 || height === 0) return;
  const seen = visibleArea();
  const { zoom } = viewport.getState();
  const gap = margin / zoom;
  const overLeft = Math.max(0, seen.left + gap - card.left);
  const overRight = Math.max(0, card.right + gap - seen.right);
  const overTop = Math.max(0, seen.top + gap - card.top);
  const overBottom = Math.max(0, card.bottom + gap - seen.bottom);
  panBy((overLeft - overRight) * zoom, (overTop - overBottom) * zoom);
};

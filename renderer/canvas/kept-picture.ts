import { cardHeight, cardWidth } from "../store/graph-store.ts";
import type { Rectangle } from "../store/spatial-grid.ts";
import { drawCards } from "./draw-cards.ts";
import { drawActiveEdges, drawEdges } from "./draw-edges.ts";
import { paintGround } from "./draw-ground.ts";
import { drawCollapsed, drawFrames } from "./draw-groups.ts";
import { drawNotes } from "./draw-notes.ts";
import { areaOf, isNearZoom, type Picture } from "./picture.ts";

/** Room around the cards, in canvas units: borders and edges that swing out. */
const around = 400;
/** At most this many pixels are kept, whatever the screen. */
const mostPixels = 24_000_000;

interface Made {
  /** What it shows, in canvas units, and how many of its pixels one unit is. */
  readonly area: Rectangle;
  readonly zoom: number;
  /** Where there is anything to show. */
  readonly bounds: Rectangle;
  readonly key: readonly unknown[];
}

const intersect = (a: Rectangle, b: Rectangle): Rectangle => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});

/** Whether all of `outer` that matters is within `inner`. */
export const covers = (inner: Rectangle, outer: Rectangle): boolean =>
  outer.left >= outer.right ||
  outer.top >= outer.bottom ||
  (inner.left <= outer.left && inner.top <= outer.top && inner.right >= outer.right && inner.bottom >= outer.bottom);

/** The area to keep a picture of: what is seen, and at most that part of it more on each side, within the bounds. */
export const areaToKeep = (seen: Rectangle, bounds: Rectangle, pixelsPerUnit: number, most = 0.5): Rectangle => {
  const [width, height] = [seen.right - seen.left, seen.bottom - seen.top];
  const shown = width * height * pixelsPerUnit ** 2;
  const part = Math.max(0, Math.min(most, (Math.sqrt(mostPixels / Math.max(1, shown)) - 1) / 2));
  const wider = {
    left: seen.left - width * part,
    top: seen.top - height * part,
    right: seen.right + width * part,
    bottom: seen.bottom + height * part,
  };
  const kept = intersect(wider, bounds);
  return kept.left < kept.right && kept.top < kept.bottom ? kept : { left: 0, top: 0, right: 1, bottom: 1 };
};

/**
 * A picture of every card and edge that rests. From afar it is what the canvas shows: panning copies it and a node
 * whose status changes is patched in it. Near, it is shown while a hand moves. Cards in the hand are left out of it.
 */
export class KeptPicture {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context = this.#canvas.getContext("2d", { alpha: false });
  readonly #changed = new Set<number>();
  #made: Made | null = null;
  /** How often it was drawn anew, for tests. */
  drawn = 0;

  /** A card's status changed. */
  touch(slot: number): void {
    if (this.#made !== null) this.#changed.add(slot);
  }

  /** Frees its memory. */
  forget(): void {
    if (this.#made === null) return;
    this.#made = null;
    this.#changed.clear();
    this.#canvas.width = this.#canvas.height = 1;
  }

  /** Puts the picture on the canvas, drawn anew or patched where it has to be; `isMoving` lets an old zoom do. */
  put(onto: CanvasRenderingContext2D, picture: Picture, isMoving: boolean): void {
    const made = this.#isGood(picture, isMoving) ? this.#made : null;
    const { area, zoom } = made ?? this.#make(picture);
    if (made !== null) this.#patch(picture, made);
    const { view, scale } = picture;
    const ratio = (view.zoom * scale) / zoom;
    onto.setTransform(1, 0, 0, 1, 0, 0);
    const x = Math.round((area.left * view.zoom + view.x) * scale);
    const y = Math.round((area.top * view.zoom + view.y) * scale);
    if (ratio === 1) onto.drawImage(this.#canvas, x, y);
    else onto.drawImage(this.#canvas, x, y, this.#canvas.width * ratio, this.#canvas.height * ratio);
  }

  #isGood(picture: Picture, isMoving: boolean): boolean {
    const made = this.#made;
    if (made === null || keyOf(picture).some((part, at) => part !== made.key[at])) return false;
    const ratio = (picture.view.zoom * picture.scale) / made.zoom;
    if (ratio !== 1 && (!isMoving || ratio > 2 || ratio < 0.5)) return false;
    return covers(made.area, intersect(areaOf(picture), made.bounds));
  }

  #make(picture: Picture): Made {
    const { graph, view, scale } = picture;
    const zoom = view.zoom * scale;
    const isNear = isNearZoom(view.zoom);
    const bounds = isNear ? everywhere : boundsOf(picture);
    const area = areaToKeep(areaOf(picture), bounds, zoom, isNear ? 0.25 : 0.5);
    this.#canvas.width = Math.max(1, Math.ceil((area.right - area.left) * zoom));
    this.#canvas.height = Math.max(1, Math.ceil((area.bottom - area.top) * zoom));
    const made = { area, zoom, bounds, key: keyOf(picture) };
    this.#made = made;
    this.#changed.clear();
    this.drawn++;
    const context = this.#context;
    if (context === null) return made;
    paintGround(context, picture, area.left * zoom, area.top * zoom);
    const resting = restingOnly(picture, isNear);
    this.#look(made);
    drawNotes(context, resting, area);
    drawFrames(context, resting, area);
    drawEdges(context, picture, area, (from, to) => !graph.lifted.has(from) && !graph.lifted.has(to));
    if (isNear && graph.lifted.size === 0) drawActiveEdges(context, picture, area);
    drawCards(context, lookingAt(resting, made), graph.cardsIn(area));
    drawCollapsed(context, resting, area);
    return made;
  }

  #patch(picture: Picture, made: Made): void {
    if (this.#changed.size === 0 || this.#context === null) return;
    this.#look(made);
    if (picture.found !== null) this.#clear(picture, this.#context);
    drawCards(this.#context, lookingAt(restingOnly(picture, isNearZoom(picture.view.zoom)), made), this.#changed);
    this.#changed.clear();
  }

  /** A faint card would shine through its successor. */
  #clear({ graph, colours }: Picture, context: OffscreenCanvasRenderingContext2D): void {
    context.fillStyle = colours.ground;
    for (const slot of this.#changed) context.fillRect(graph.x[slot] ?? 0, graph.y[slot] ?? 0, cardWidth, cardHeight);
  }

  #look({ area, zoom }: Made): void {
    this.#context?.setTransform(zoom, 0, 0, zoom, -area.left * zoom, -area.top * zoom);
  }
}

const everywhere = {
  left: Number.NEGATIVE_INFINITY,
  top: Number.NEGATIVE_INFINITY,
  right: Number.POSITIVE_INFINITY,
  bottom: Number.POSITIVE_INFINITY,
};

/** The picture's own viewport: what copies cards by pixels asks for it. */
const lookingAt = (picture: Picture, { area, zoom }: Made): Picture => ({
  ...picture,
  scale: 1,
  view: { zoom, x: -area.left * zoom, y: -area.top * zoom },
});

/** What is in the hand is not part of the picture; from afar what is selected is drawn over it. */
const restingOnly = (picture: Picture, isNear: boolean): Picture => {
  const isLifted = (id: string): boolean => picture.graph.lifted.has(picture.graph.slotOf(id));
  return {
    ...picture,
    groups: picture.groups.filter(({ members }) => !members.some(isLifted)),
    isSelected: isNear ? picture.isSelected : () => false,
    isDrawn: (id) => !isLifted(id),
  };
};

/** The groups that move with what is in the hand. */
export const liftedGroups = ({ graph, groups }: Picture): Picture["groups"] =>
  graph.lifted.size === 0
    ? []
    : groups.filter(({ members }) => members.some((id) => graph.lifted.has(graph.slotOf(id))));

/** When any of these changes, the picture is another one. */
const keyOf = ({ graph, groups, notes, marks, colours, found, scale, view }: Picture): readonly unknown[] => [
  isNearZoom(view.zoom) ? graph.selection : null,
  // While a hand holds cards, the edges it may drop them on are drawn over the picture.
  isNearZoom(view.zoom) && graph.lifted.size === 0 ? marks : null,
  graph.structureVersion,
  graph.restVersion,
  graph.lifted.size === 0 ? groups : null,
  notes,
  colours,
  found,
  scale,
];

const boundsOf = ({ graph, groups, notes }: Picture): Rectangle => {
  const cards = graph.bounds() ?? { left: 0, top: 0, right: 1, bottom: 1 };
  const bounds = {
    left: cards.left - around,
    top: cards.top - around,
    right: cards.right + around,
    bottom: cards.bottom + around,
  };
  const written = Object.values(notes).map(({ x, y, width, height }) => ({
    box: { left: x, top: y, right: x + width, bottom: y + height },
  }));
  for (const { box } of [...groups, ...written]) {
    bounds.left = Math.min(bounds.left, box.left);
    bounds.top = Math.min(bounds.top, box.top);
    bounds.right = Math.max(bounds.right, box.right);
    bounds.bottom = Math.max(bounds.bottom, box.bottom);
  }
  return bounds;
};

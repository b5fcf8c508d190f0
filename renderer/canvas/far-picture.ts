import { cardHeight, cardWidth } from "../store/graph-store.ts";
import type { Rectangle } from "../store/spatial-grid.ts";
import { drawCards } from "./draw-cards.ts";
import { drawEdges } from "./draw-edges.ts";
import { drawCollapsed, drawFrames } from "./draw-groups.ts";
import { drawNotes } from "./draw-notes.ts";
import { areaOf, type Picture } from "./picture.ts";

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

/** The area to keep a picture of: what is seen and as much around it as pixels allow, where there are cards. */
export const areaToKeep = (seen: Rectangle, bounds: Rectangle, pixelsPerUnit: number): Rectangle => {
  const [width, height] = [seen.right - seen.left, seen.bottom - seen.top];
  const shown = width * height * pixelsPerUnit ** 2;
  const part = Math.max(0, Math.min(0.5, (Math.sqrt(mostPixels / Math.max(1, shown)) - 1) / 2));
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
 * A picture of every card and edge that rests, kept while the window looks from afar: panning copies it, a node whose
 * status changes is patched in it, cards in the hand are left out of it. What is selected is drawn over it.
 */
export class FarPicture {
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
    const bounds = boundsOf(picture);
    const area = areaToKeep(areaOf(picture), bounds, zoom);
    this.#canvas.width = Math.max(1, Math.ceil((area.right - area.left) * zoom));
    this.#canvas.height = Math.max(1, Math.ceil((area.bottom - area.top) * zoom));
    const made = { area, zoom, bounds, key: keyOf(picture) };
    this.#made = made;
    this.#changed.clear();
    this.drawn++;
    const context = this.#context;
    if (context === null) return made;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = picture.colours.ground;
    context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    const resting = restingOnly(picture);
    this.#look(made);
    drawNotes(context, resting, area);
    drawFrames(context, resting, area);
    drawEdges(context, picture, area, (from, to) => !graph.lifted.has(from) && !graph.lifted.has(to));
    drawCards(context, resting, graph.cardsIn(area));
    drawCollapsed(context, resting, area);
    return made;
  }

  #patch(picture: Picture, made: Made): void {
    if (this.#changed.size === 0 || this.#context === null) return;
    this.#look(made);
    if (picture.found !== null) this.#clear(picture, this.#context);
    drawCards(this.#context, restingOnly(picture), this.#changed);
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

/** What is selected or in the hand is not part of the picture. */
const restingOnly = (picture: Picture): Picture => {
  const isLifted = (id: string): boolean => picture.graph.lifted.has(picture.graph.slotOf(id));
  return {
    ...picture,
    groups: picture.groups.filter(({ members }) => !members.some(isLifted)),
    isSelected: () => false,
    isDrawn: (id) => !isLifted(id),
  };
};

/** The groups that move with what is in the hand. */
export const liftedGroups = ({ graph, groups }: Picture): Picture["groups"] =>
  graph.lifted.size === 0
    ? []
    : groups.filter(({ members }) => members.some((id) => graph.lifted.has(graph.slotOf(id))));

/** When any of these changes, the picture is another one. */
const keyOf = ({ graph, groups, notes, colours, found, scale }: Picture): readonly unknown[] => [
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

import { cardHeight, cardWidth, type GraphStore } from "../store/graph-store.ts";
import { highlight } from "../store/highlight-store.ts";
import type { Rectangle } from "../store/spatial-grid.ts";
import { covers, everywhere, intersect, isEmpty, toPixels, unite } from "./areas.ts";
import { drawCards } from "./draw-cards.ts";
import { drawActiveEdges, drawEdges } from "./draw-edges.ts";
import { paintGround } from "./draw-ground.ts";
import { drawCollapsed, drawFrames } from "./draw-groups.ts";
import { drawNotes } from "./draw-notes.ts";
import { heldFrames } from "./items/canvas-items.ts";
import { areaToKeep, boundsOf } from "./kept-area.ts";
import { areaOf, type DeviceBox, isNearZoom, type Picture } from "./picture.ts";
import { cardsReach, reachOf, withBorder } from "./reach.ts";
import { itemsChanged } from "./what-changed.ts";

interface Made {
  /** What it shows, in canvas units, and how many of its pixels one unit is. */
  readonly area: Rectangle;
  readonly zoom: number;
  /** Where there is anything to show. */
  readonly bounds: Rectangle;
  readonly key: readonly unknown[];
}

/**
 * A picture of every card and edge that rests. From afar it is what the canvas shows: panning copies it and a node
 * whose status changes is patched in it. Near, it is shown while a hand moves. Cards in the hand are left out of it.
 */
export class KeptPicture {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context = this.#canvas.getContext("2d", { alpha: false });
  readonly #changed = new Set<number>();
  /** What has to be drawn anew, in canvas units. */
  #stale: Rectangle | null = null;
  #lifted: ReadonlySet<number> = new Set();
  #drawnItems: Pick<Picture, "groups" | "notes"> = { groups: [], notes: {} };
  #made: Made | null = null;
  /** Grows with each change of it: what was copied before is another picture. */
  version = 0;

  /** A card's status changed. */
  touch(slot: number): void {
    if (this.#made !== null) this.#changed.add(slot);
  }

  /** Called whenever cards move or are lifted: those that come to a hand or leave it, where they are at that moment. */
  followHand(graph: GraphStore): void {
    if (graph.lifted === this.#lifted) return;
    for (const slots of [this.#lifted, graph.lifted]) this.#stale = unite(this.#stale, reachOf(graph, slots));
    this.#lifted = graph.lifted;
  }

  /** Draws it anew or patches it where it has to be; `mayStretch` lets an old zoom do. */
  refresh(picture: Picture, mayStretch: boolean): void {
    const made = this.#made;
    const stale = made === null ? null : this.#staleNow(picture);
    const isOutside = made !== null && stale !== null && !covers(made.bounds, stale);
    if (made === null || isOutside || !this.#isGood(picture, made, mayStretch)) this.#make(picture);
    else this.#mend(picture, made, stale);
  }

  /** Copies it, or only what a part of the canvas shows of it, to where the window looks. */
  copy(onto: CanvasRenderingContext2D, { view, scale }: Picture, part: DeviceBox | null): void {
    if (this.#made === null) return;
    const { area, zoom } = this.#made;
    const ratio = (view.zoom * scale) / zoom;
    onto.setTransform(1, 0, 0, 1, 0, 0);
    const x = Math.round((area.left * view.zoom + view.x) * scale);
    const y = Math.round((area.top * view.zoom + view.y) * scale);
    if (ratio === 1 && part !== null) {
      const { width, height } = part;
      onto.drawImage(this.#canvas, part.x - x, part.y - y, width, height, part.x, part.y, width, height);
    } else if (ratio === 1) onto.drawImage(this.#canvas, x, y);
    else onto.drawImage(this.#canvas, x, y, this.#canvas.width * ratio, this.#canvas.height * ratio);
  }

  #isGood(picture: Picture, made: Made, mayStretch: boolean): boolean {
    if (keyOf(picture).some((part, at) => part !== made.key[at])) return false;
    const ratio = (picture.view.zoom * picture.scale) / made.zoom;
    if (ratio !== 1 && (!mayStretch || ratio > 2 || ratio < 0.5)) return false;
    return covers(made.area, intersect(areaOf(picture), made.bounds));
  }

  #make(picture: Picture): void {
    const { view, scale } = picture;
    const zoom = view.zoom * scale;
    const isNear = isNearZoom(view.zoom);
    const bounds = isNear ? everywhere : boundsOf(picture);
    const area = toPixels(areaToKeep(areaOf(picture), bounds, zoom, isNear ? 0.25 : 0.5), zoom);
    this.#canvas.width = Math.max(1, Math.round((area.right - area.left) * zoom));
    this.#canvas.height = Math.max(1, Math.round((area.bottom - area.top) * zoom));
    const made = { area, zoom, bounds, key: keyOf(picture) };
    this.#made = made;
    this.#changed.clear();
    this.#stale = null;
    this.#draw(picture, made, area);
  }

  /** Draws what is in a part of it, over whatever was there. */
  #draw(picture: Picture, made: Made, area: Rectangle): void {
    const { graph, view } = picture;
    const context = this.#context;
    this.#drawnItems = restingItems(picture);
    this.version++;
    if (context === null) return;
    const isNear = isNearZoom(view.zoom);
    const { left, top } = made.area;
    context.save();
    this.#look(made);
    context.beginPath();
    context.rect(area.left, area.top, area.right - area.left, area.bottom - area.top);
    context.clip();
    paintGround(context, picture, left * made.zoom, top * made.zoom);
    const resting = restingOnly(picture, made);
    const wider = withBorder(area, view.zoom);
    this.#look(made);
    drawNotes(context, resting, wider);
    drawFrames(context, resting, wider);
    drawEdges(context, resting, wider, (from, to) => !graph.lifted.has(from) && !graph.lifted.has(to));
    if (isNear && graph.lifted.size === 0) drawActiveEdges(context, resting, wider);
    drawCards(context, resting, graph.cardsIn(wider));
    drawCollapsed(context, resting, wider);
    context.restore();
  }

  /** What has to be drawn anew, in canvas units; `null` for nothing. */
  #staleNow(picture: Picture): Rectangle | null {
    const items = itemsChanged(this.#drawnItems, restingItems(picture));
    // A card that a collapsed group hides is told of by the group's box.
    const hidden = [...this.#changed].filter((slot) => picture.graph.shown.isHidden(slot));
    return unite(unite(this.#stale, items), cardsReach(picture.graph, hidden));
  }

  /** Brings a picture that is good on the whole up to date. */
  #mend(picture: Picture, made: Made, stale: Rectangle | null): void {
    this.#stale = null;
    if (stale !== null) {
      const area = intersect(toPixels(withBorder(stale, picture.view.zoom), made.zoom), made.area);
      if (!isEmpty(area)) this.#draw(picture, made, area);
    }
    this.#patch(picture, made);
  }

  #patch(picture: Picture, made: Made): void {
    if (this.#changed.size === 0 || this.#context === null) return;
    this.version++;
    this.#look(made);
    if (picture.found !== null) this.#clear(picture, this.#context);
    drawCards(this.#context, restingOnly(picture, made), this.#changed);
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

const isHeld = ({ graph }: Picture, id: string): boolean => graph.lifted.has(graph.slotOf(id));

/** What is in the hand is not part of the picture; from afar what is selected is drawn over it. */
const restingOnly = (picture: Picture, { area, zoom }: Made): Picture => {
  const { scale } = picture;
  const ownZoom = zoom / scale;
  return {
    ...picture,
    ...restingItems(picture),
    // Its own viewport: what copies cards by pixels asks for it.
    view: { zoom: ownZoom, x: -area.left * ownZoom, y: -area.top * ownZoom },
    isSelected: isNearZoom(picture.view.zoom) ? picture.isSelected : never,
    isDrawn: (id) => !isHeld(picture, id),
  };
};

const never = (): boolean => false;

const restingItems = ({ graph, groups, notes }: Picture): Pick<Picture, "groups" | "notes"> => {
  const held = heldFrames(graph, groups);
  return { groups: held.length === 0 ? groups : groups.filter((frame) => !held.includes(frame)), notes };
};

/** When any of these changes, the picture is another one. Near, it shows what is selected and marked, too. */
const keyOf = ({ graph, marks, colours, found, scale, view }: Picture): readonly unknown[] => {
  const isNear = isNearZoom(view.zoom);
  const marked = isNear && graph.lifted.size === 0 ? marks : { hovered: null, selected: null };
  return [
    isNear ? graph.selection : null,
    marked.hovered,
    marked.selected,
    isNear ? highlight.getState().shown : null,
    graph.structureVersion,
    graph.restVersion,
    colours,
    found,
    scale,
  ];
};

import type { Rectangle } from "../store/spatial-grid.ts";
import { unite } from "./areas.ts";
import { drawCards, drawSelected } from "./draw-cards.ts";
import { drawActiveEdges, drawEdges, drawHeldEdges } from "./draw-edges.ts";
import { drawGround } from "./draw-ground.ts";
import { drawCollapsed, drawFrames } from "./draw-groups.ts";
import { drawNotes } from "./draw-notes.ts";
import { type InHand, inHand } from "./in-hand.ts";
import type { KeptPicture } from "./kept-picture.ts";
import { areaOf, type DeviceBox, isNearZoom, type Picture } from "./picture.ts";
import { isSameView, type Viewport } from "./viewport.ts";

/** What the last copy of the kept picture was of, and where something was drawn over it. */
interface Copied {
  readonly version: number;
  readonly view: Viewport;
  readonly scale: number;
  readonly hand: Rectangle | null;
}

/** The canvas that shows everything which is no element of its own: ground, groups, edges, cards that are not mounted. */
export class CanvasLayer {
  readonly #context: CanvasRenderingContext2D;
  readonly #kept: KeptPicture;
  #lastZoom = 0;
  #copied: Copied | null = null;

  constructor(context: CanvasRenderingContext2D, kept: KeptPicture) {
    this.#context = context;
    this.#kept = kept;
  }

  draw(picture: Picture, isMoving: boolean): void {
    const { zoom } = picture.view;
    const isNear = isNearZoom(zoom);
    // Near, a picture pays while it only slides; a zoom would make a new one each frame.
    const isSliding = isMoving && zoom === this.#lastZoom;
    this.#lastZoom = zoom;
    this.#fit(picture);
    if (!isNear || isSliding) this.#drawKept(picture, !isNear && isMoving);
    else this.#drawEach(picture);
  }

  #fit({ width, height, scale }: Picture): void {
    const { canvas } = this.#context;
    const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
    if (canvas.width === wide && canvas.height === high) return;
    canvas.width = wide;
    canvas.height = high;
    this.#copied = null;
  }

  #drawEach(picture: Picture): void {
    const context = this.#context;
    const area = areaOf(picture);
    this.#copied = null;
    drawGround(context, picture);
    look(context, picture);
    drawNotes(context, picture, area);
    drawFrames(context, picture, area);
    drawEdges(context, picture, area, always);
    drawActiveEdges(context, picture, area);
    drawCards(context, picture, picture.graph.cardsIn(area));
    drawCollapsed(context, picture, area);
  }

  /** The kept picture, and over it what a hand holds; where neither changed, what was drawn last stays. */
  #drawKept(picture: Picture, mayStretch: boolean): void {
    const context = this.#context;
    const { view, scale } = picture;
    this.#kept.refresh(picture, mayStretch);
    const last = this.#copied;
    const { version } = this.#kept;
    const isSame = last !== null && last.version === version && last.scale === scale && isSameView(last.view, view);
    const hand = inHand(picture);
    this.#copied = { version, view, scale, hand: hand?.box ?? null };
    // All that is drawn over the picture lies in the box: outside of it nothing is touched.
    const box = isSame ? unite(last.hand, this.#copied.hand) : null;
    const part = box === null ? null : toDevice(picture, box);
    if (isSame && part === null) return;
    if (!isNearZoom(view.zoom)) drawGround(context, picture, part);
    this.#kept.copy(context, picture, part);
    look(context, picture);
    if (hand !== null) drawHand(context, picture, hand);
  }
}

const always = (): boolean => true;

const look = (context: CanvasRenderingContext2D, { view, scale }: Picture): void =>
  context.setTransform(scale * view.zoom, 0, 0, scale * view.zoom, scale * view.x, scale * view.y);

/** Where a box is drawn, widened to whole pixels of the device and cut to the canvas. */
const toDevice = ({ view, scale, width, height }: Picture, { left, top, right, bottom }: Rectangle): DeviceBox => {
  const across = (at: number): number => Math.max(0, Math.min(width, at * view.zoom + view.x)) * scale;
  const down = (at: number): number => Math.max(0, Math.min(height, at * view.zoom + view.y)) * scale;
  const [x, y] = [Math.floor(across(left)), Math.floor(down(top))];
  return { x, y, width: Math.ceil(across(right)) - x, height: Math.ceil(down(bottom)) - y };
};

const drawHand = (context: CanvasRenderingContext2D, picture: Picture, { edges, groups, isSelected }: InHand): void => {
  const { graph, view } = picture;
  const area = areaOf(picture);
  const held = groups.length === 0 ? null : { ...picture, groups };
  if (held !== null) drawFrames(context, held, area);
  if (graph.lifted.size > 0 && !isSelected) drawHeldEdges(context, picture, area);
  drawActiveEdges(context, picture, area, edges);
  drawCards(context, picture, graph.lifted);
  if (held !== null) drawCollapsed(context, held, area);
  if (!isNearZoom(view.zoom)) drawSelected(context, picture);
};

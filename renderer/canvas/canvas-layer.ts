import type { Rectangle } from "../store/spatial-grid.ts";
import { unite } from "./areas.ts";
import { drawCards, drawSelected } from "./draw-cards.ts";
import { drawActiveEdges, drawEdges, drawHeldEdges } from "./draw-edges.ts";
import { drawGround } from "./draw-ground.ts";
import { drawCollapsed, drawFrames } from "./draw-groups.ts";
import { drawNotes } from "./draw-notes.ts";
import { handBox } from "./hand-box.ts";
import { heldFrames } from "./items/canvas-items.ts";
import type { KeptPicture } from "./kept-picture.ts";
import { areaOf, isNearZoom, type Picture } from "./picture.ts";

/** What the last copy of the kept picture was of, and where something was drawn over it. */
interface Copied {
  readonly key: readonly unknown[];
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
    const key = [this.#kept.version, view.x, view.y, view.zoom, scale];
    const isSame = last?.key.every((part, at) => part === key[at]) === true;
    const hand = handBox(picture);
    this.#copied = { key, hand };
    context.save();
    if (isSame) clipTo(context, picture, unite(last.hand, hand));
    if (!isNearZoom(view.zoom)) drawGround(context, picture);
    this.#kept.copy(context, picture);
    look(context, picture);
    if (hand !== null) drawHand(context, picture);
    context.restore();
  }
}

const always = (): boolean => true;

const look = (context: CanvasRenderingContext2D, { view, scale }: Picture): void =>
  context.setTransform(scale * view.zoom, 0, 0, scale * view.zoom, scale * view.x, scale * view.y);

/** Lets nothing be drawn outside a box, widened to whole pixels of the device. */
const clipTo = (context: CanvasRenderingContext2D, { view, scale }: Picture, box: Rectangle | null): void => {
  const { left, top, right, bottom } = box ?? { left: 0, top: 0, right: 0, bottom: 0 };
  const [x, y] = [Math.floor((left * view.zoom + view.x) * scale), Math.floor((top * view.zoom + view.y) * scale)];
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.beginPath();
  context.rect(
    x,
    y,
    Math.ceil((right * view.zoom + view.x) * scale) - x,
    Math.ceil((bottom * view.zoom + view.y) * scale) - y,
  );
  context.clip();
};

const drawHand = (context: CanvasRenderingContext2D, picture: Picture): void => {
  const { graph, view } = picture;
  const isFar = !isNearZoom(view.zoom);
  const area = areaOf(picture);
  const held = { ...picture, groups: heldFrames(graph, picture.groups) };
  if (graph.lifted.size > 0) {
    drawFrames(context, held, area);
    drawHeldEdges(context, picture, area);
  }
  if (isFar || graph.lifted.size > 0) drawActiveEdges(context, picture, area);
  drawCards(context, picture, graph.lifted);
  drawCollapsed(context, held, area);
  if (isFar) drawSelected(context, picture);
};

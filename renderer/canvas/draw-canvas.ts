import { drawCards, drawSelected } from "./draw-cards.ts";
import { drawActiveEdges, drawEdges, drawHeldEdges } from "./draw-edges.ts";
import { drawGround } from "./draw-ground.ts";
import { drawCollapsed, drawFrames } from "./draw-groups.ts";
import { drawNotes } from "./draw-notes.ts";
import { type KeptPicture, liftedGroups } from "./kept-picture.ts";
import { areaOf, isNearZoom, type Picture } from "./picture.ts";

let lastZoom = 0;

/** Everything that is no element of its own: ground, groups, edges and the cards that are not mounted. */
export const drawCanvas = (
  context: CanvasRenderingContext2D,
  picture: Picture,
  kept: KeptPicture,
  isMoving: boolean,
): void => {
  const { zoom } = picture.view;
  // Near, a picture pays while it only slides; a zoom would make a new one each frame.
  const isSliding = isMoving && zoom === lastZoom;
  lastZoom = zoom;
  if (!isNearZoom(zoom)) {
    drawGround(context, picture);
    drawKept(context, picture, kept, isMoving);
    drawSelected(context, picture);
  } else if (isSliding) drawKept(context, picture, kept, false);
  else drawEach(context, picture);
};

const look = (context: CanvasRenderingContext2D, { view, scale }: Picture): void =>
  context.setTransform(scale * view.zoom, 0, 0, scale * view.zoom, scale * view.x, scale * view.y);

const drawEach = (context: CanvasRenderingContext2D, picture: Picture): void => {
  const area = areaOf(picture);
  drawGround(context, picture);
  look(context, picture);
  drawNotes(context, picture, area);
  drawFrames(context, picture, area);
  drawEdges(context, picture, area, always);
  drawActiveEdges(context, picture, area);
  drawCards(context, picture, picture.graph.cardsIn(area));
  drawCollapsed(context, picture, area);
};

const always = (): boolean => true;

/** The kept picture, and over it what a hand holds. */
const drawKept = (
  context: CanvasRenderingContext2D,
  picture: Picture,
  kept: KeptPicture,
  mayStretch: boolean,
): void => {
  const { graph } = picture;
  kept.put(context, picture, mayStretch);
  const area = areaOf(picture);
  look(context, picture);
  const isHeld = graph.lifted.size > 0;
  const held = { ...picture, groups: liftedGroups(picture) };
  if (isHeld) {
    drawFrames(context, held, area);
    drawHeldEdges(context, picture, area);
  }
  if (isHeld || !isNearZoom(picture.view.zoom)) drawActiveEdges(context, picture, area);
  drawCards(context, picture, graph.lifted);
  drawCollapsed(context, held, area);
};

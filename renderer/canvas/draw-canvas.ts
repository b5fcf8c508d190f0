import type { CanvasEdge } from "./canvas-hooks.ts";
import { drawCards, drawSelected } from "./draw-cards.ts";
import { drawDots } from "./draw-dots.ts";
import { drawActiveEdges, drawEdges } from "./draw-edges.ts";
import { drawCollapsed, drawFrames } from "./draw-groups.ts";
import { drawNotes } from "./draw-notes.ts";
import { type FarPicture, liftedGroups } from "./far-picture.ts";
import { areaOf, type Picture } from "./picture.ts";

/** Below this zoom a kept picture is shown instead of drawing each card. */
export const pictureZoom = 0.15;

export interface Marks {
  readonly selected: CanvasEdge | null;
  readonly hovered: CanvasEdge | null;
}

/** Everything that is no element of its own: ground, groups, edges and the cards that are not mounted. */
export const drawCanvas = (
  context: CanvasRenderingContext2D,
  picture: Picture,
  marks: Marks,
  far: FarPicture,
  isMoving: boolean,
): void => {
  const { view, width, height, scale, colours } = picture;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, width, height);
  if (view.zoom < pictureZoom) drawFar(context, picture, marks, far, isMoving);
  else drawNear(context, picture, marks);
};

const look = (context: CanvasRenderingContext2D, { view, scale }: Picture): void =>
  context.setTransform(scale * view.zoom, 0, 0, scale * view.zoom, scale * view.x, scale * view.y);

const drawNear = (context: CanvasRenderingContext2D, picture: Picture, marks: Marks): void => {
  const area = areaOf(picture);
  drawDots(context, picture);
  look(context, picture);
  drawNotes(context, picture, area);
  drawFrames(context, picture, area);
  drawEdges(context, picture, area, always);
  drawActiveEdges(context, picture, area, marks);
  drawCards(context, picture, picture.graph.cardsIn(area));
  drawCollapsed(context, picture, area);
};

const always = (): boolean => true;

const drawFar = (
  context: CanvasRenderingContext2D,
  picture: Picture,
  marks: Marks,
  far: FarPicture,
  isMoving: boolean,
): void => {
  const { graph } = picture;
  far.put(context, picture, isMoving);
  const area = areaOf(picture);
  look(context, picture);
  const lifted = { ...picture, groups: liftedGroups(picture) };
  if (graph.lifted.size > 0) {
    drawFrames(context, lifted, area);
    drawEdges(context, picture, area, (from, to) => graph.lifted.has(from) || graph.lifted.has(to));
  }
  drawActiveEdges(context, picture, area, marks);
  drawCards(context, picture, graph.lifted);
  drawCollapsed(context, lifted, area);
  drawSelected(context, picture);
};

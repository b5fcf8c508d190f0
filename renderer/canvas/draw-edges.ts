import { edgesOf } from "../store/edge-list.ts";
import { highlight } from "../store/highlight-store.ts";
import type { Rectangle } from "../store/spatial-grid.ts";
import { unite } from "./areas.ts";
import { type EdgeShape, edgeShape, mayTouch, touches } from "./edge-shape.ts";
import { faint, type Picture } from "./picture.ts";
import { hullOf } from "./reach.ts";

const trace = (context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, shape: EdgeShape): void => {
  const { startX, startY, endX, endY, bend } = shape;
  context.moveTo(startX, startY);
  context.bezierCurveTo(startX + bend, startY, endX - bend, endY, endX, endY);
};

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
type Chosen = (from: number, to: number) => boolean;

const widthAt = (zoom: number, width: number): number => width / zoom ** 0.5;

/** All edges that are chosen and in the area, in one path with one stroke: what makes thousands of them cheap. */
export const drawEdges = (context: Context, picture: Picture, area: Rectangle, chosen: Chosen): void => {
  const { graph } = picture;
  const edges = edgesOf(graph);
  context.beginPath();
  for (let at = 0; at < edges.length; at += 2) {
    const from = edges[at] ?? -1;
    const to = edges[at + 1] ?? -1;
    if (!chosen(from, to) || !mayTouch(graph, from, to, area)) continue;
    const shape = edgeShape(graph, from, to);
    if (shape !== null && touches(shape, area)) trace(context, shape);
  }
  strokePlain(context, picture);
};

const strokePlain = (context: Context, { view, colours, found }: Picture): void => {
  context.strokeStyle = colours.edge;
  context.lineWidth = widthAt(view.zoom, 1.4);
  context.globalAlpha = found === null ? 1 : faint;
  context.stroke();
  context.globalAlpha = 1;
};

/** Whether the edges of what is in a hand are drawn as those of selected cards are, over the plain ones. */
export const areHeldActive = ({ graph }: Picture): boolean => {
  if (highlight.getState().shown !== null) return false;
  for (const slot of graph.lifted) if (!graph.selection.has(graph.nodeAt(slot)?.id ?? "")) return false;
  return true;
};

/** The edges of the cards in a hand, found from the cards: all others are not even looked at. */
export const drawHeldEdges = (context: Context, picture: Picture, area: Rectangle): void => {
  const { graph } = picture;
  const add = (from: number, to: number): void => {
    const shape = from < 0 || to < 0 ? null : edgeShape(graph, from, to);
    if (shape !== null && touches(shape, area)) trace(context, shape);
  };
  context.beginPath();
  for (const slot of graph.lifted) {
    for (const from of graph.inputsOf(slot)) add(from, slot);
    for (const reader of graph.readersOf(graph.nodeAt(slot)?.id ?? "")) {
      const to = graph.slotOf(reader);
      if (!graph.lifted.has(to)) add(slot, to);
    }
  }
  strokePlain(context, picture);
};

/** The edges that are drawn over all others: of selected cards, and those that a hand or the keys are at. */
export interface ActiveEdges {
  readonly strong: readonly EdgeShape[];
  readonly marked: readonly EdgeShape[];
}

/** Finds the edges that stand out. */
export const activeEdges = ({ graph, marks }: Picture): ActiveEdges => {
  const strong: EdgeShape[] = [];
  const add = (list: EdgeShape[], from: number, to: number): void => {
    const shape = from < 0 || to < 0 ? null : edgeShape(graph, from, to);
    if (shape !== null) list.push(shape);
  };
  const { shown } = highlight.getState();
  // A column's way is told by its own wires alone.
  for (const id of shown === null ? graph.selection : []) {
    const slot = graph.slotOf(id);
    for (const from of graph.inputsOf(slot)) add(strong, from, slot);
    for (const reader of graph.readersOf(id)) if (!graph.selection.has(reader)) add(strong, slot, graph.slotOf(reader));
  }
  for (const [from, to] of shown?.wires ?? []) add(strong, graph.slotOf(from), graph.slotOf(to));
  const marked: EdgeShape[] = [];
  for (const edge of [marks.hovered, marks.selected]) {
    if (edge !== null) add(marked, graph.slotOf(edge.from), graph.slotOf(edge.to));
  }
  return { strong, marked };
};

/** The rectangle around edges that stand out; `null` without any. */
export const activeEdgesReach = ({ strong, marked }: ActiveEdges): Rectangle | null => {
  let reach: Rectangle | null = null;
  for (const shape of strong) reach = unite(reach, hullOf(shape));
  for (const shape of marked) reach = unite(reach, hullOf(shape));
  return reach;
};

/** Draws the edges that stand out. */
export const drawActiveEdges = (
  context: Context,
  picture: Picture,
  area: Rectangle,
  { strong, marked }: ActiveEdges = activeEdges(picture),
): void => {
  const { view, colours } = picture;
  const isSeen = (shape: EdgeShape): boolean => touches(shape, area);
  stroke(context, strong.filter(isSeen), colours["edge-active"], widthAt(view.zoom, 2));
  stroke(context, marked.filter(isSeen), colours.accent, widthAt(view.zoom, 3.2));
};

const stroke = (context: Context, shapes: readonly EdgeShape[], colour: string, width: number): void => {
  if (shapes.length === 0) return;
  context.beginPath();
  for (const shape of shapes) trace(context, shape);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
};

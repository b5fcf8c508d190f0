import { cardHeight, cardWidth, type GraphNode, nodeName } from "../store/graph-store.ts";
import { nodeState } from "../store/node-state.ts";
import { runs } from "../store/run-store.ts";
import { cardContent } from "./card-content.ts";
import { shortened } from "./card-text.ts";
import { borderOf, drawIcon, drawNearCard, isTold, kindColour, stateColour } from "./draw-near-card.ts";
import { faint, type Picture } from "./picture.ts";
import { portsOf } from "./ports.ts";

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** From this zoom on a drawn card is as full as its element; below, it is kind, name and state. */
const fullZoom = 0.4;
/** Below this zoom a name would be dust. */
const smallestNamed = 0.15;
/** From this zoom on a state that wants to be seen has its mark, so many pixels large: colour is not its only sign. */
const smallestMarked = 0.25;
const markPixels = 11;
/** Names keep this size in pixels where the card has room for it. */
const namePixels = 11;
const smallestNamePixels = 8.5;

/** Draws these cards as far as the zoom shows. Expects canvas units. */
export const drawCards = (context: Context, picture: Picture, slots: Iterable<number>): void => {
  const { graph, view, found, isDrawn } = picture;
  for (const slot of slots) {
    const node = graph.nodeAt(slot);
    if (node === null || graph.shown.isHidden(slot) || !isDrawn(node.id)) continue;
    if (found !== null && !found.has(node.id)) context.globalAlpha = faint;
    if (view.zoom >= fullZoom) drawFull(context, picture, slot, node);
    else drawShape(context, picture, slot, node);
    context.globalAlpha = 1;
  }
};

const drawFull = (context: Context, picture: Picture, slot: number, node: GraphNode): void => {
  const { graph, view, scale, colours, sprites } = picture;
  const [x, y] = [graph.x[slot] ?? 0, graph.y[slot] ?? 0];
  // A card that runs looks different in each frame.
  if (sprites === null || runs.live(node.id)?.phase === "running")
    return drawContent(context, picture, slot, node, x, y);
  const zoom = view.zoom * scale;
  const at = { x: (x * view.zoom + view.x) * scale, y: (y * view.zoom + view.y) * scale };
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  sprites.put(context, at, { slot, node, zoom, isSelected: picture.isSelected(node.id), colours }, (onto) =>
    drawContent(onto, picture, slot, node, 0, 0),
  );
  context.restore();
};

const drawContent = (context: Context, picture: Picture, slot: number, node: GraphNode, x: number, y: number): void => {
  const [step, live] = [runs.step(node.id), runs.live(node.id)];
  const state = nodeState(node, step, live, picture.graph.inputsOf(slot).includes(-1));
  drawNearCard(context, picture, x, y, {
    content: cardContent(node, state, step, live, picture.now),
    ports: portsOf(node),
    isSelected: picture.isSelected(node.id),
    fraction: live?.phase === "running" ? live.fraction : null,
  });
};

/** A card as a shape: its kind, its state and, where it can be read, its name. */
const drawShape = (context: Context, picture: Picture, slot: number, node: GraphNode): void => {
  const { graph, view, colours, fonts } = picture;
  const [x, y] = [graph.x[slot] ?? 0, graph.y[slot] ?? 0];
  const isMissing = graph.inputsOf(slot).includes(-1);
  const { state } = nodeState(node, runs.step(node.id), runs.live(node.id), isMissing);
  context.fillStyle = colours[state === "disabled" ? "sunken" : "raised"];
  context.fillRect(x, y, cardWidth, cardHeight);
  context.fillStyle = kindColour(node.type === "node" ? node.view.kind : "broken", colours);
  const kindBar = Math.max(12, 3 / view.zoom);
  context.fillRect(x, y, kindBar, cardHeight);
  context.fillStyle = colours[stateColour[state]];
  const stateBar = Math.min(cardHeight / 2, Math.max(12, 2 / view.zoom));
  context.fillRect(x + kindBar, y + cardHeight - stateBar, cardWidth - kindBar, stateBar);
  const { colour, dash } = borderOf(state, picture.isSelected(node.id));
  context.lineWidth = (colour === "line-strong" ? Math.min(1, view.zoom * 6) : 2) / view.zoom;
  context.strokeStyle = colours[colour];
  const isDashed = dash.length > 0 && view.zoom >= smallestNamed;
  if (isDashed) context.setLineDash(dash.map((length) => length / view.zoom));
  context.strokeRect(x, y, cardWidth, cardHeight);
  if (isDashed) context.setLineDash([]);
  if (view.zoom < smallestNamed) return;
  const mark = view.zoom >= smallestMarked && isTold(state) ? markPixels / view.zoom : 0;
  const middle = y + cardHeight / 2 - 6;
  if (mark > 0)
    drawIcon(context, state, x + cardWidth - mark - 12, middle - mark / 2, mark, colours[stateColour[state]]);
  context.textBaseline = "middle";
  context.fillStyle = colours[state === "disabled" ? "ink-soft" : "ink"];
  const room = cardWidth - 32 - (mark > 0 ? mark + 8 : 0);
  context.fillText(fittedName(context, nodeName(node), room, view.zoom, fonts.ui), x + 22, middle);
};

/** A name as large as it may be, smaller before any of it is left out. Sets the font that it fits in. */
const fittedName = (context: Context, name: string, room: number, zoom: number, font: string): string => {
  let words = "";
  for (const pixels of [namePixels, smallestNamePixels]) {
    context.font = `600 ${Math.min(46, pixels / zoom)}px ${font}`;
    words = shortened(context, name, room);
    if (words === name) break;
  }
  return words;
};

/** What says, over a picture in which nothing is selected, that a card is; one in the hand is drawn so anyway. */
export const drawSelected = (context: Context, { graph, view, colours }: Picture): void => {
  context.strokeStyle = colours.accent;
  context.lineWidth = 2.5 / view.zoom;
  for (const id of graph.selection) {
    const slot = graph.slotOf(id);
    if (graph.shown.isHidden(slot) || graph.lifted.has(slot)) continue;
    context.strokeRect(graph.x[slot] ?? 0, graph.y[slot] ?? 0, cardWidth, cardHeight);
  }
};

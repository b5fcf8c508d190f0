import { type Colours, drawFarCards } from "./draw-cards.ts";
import { cardHeight, cardWidth, type GraphStore } from "../store/graph-store.ts";
import type { Rectangle } from "../store/spatial-grid.ts";
import type { Viewport } from "./viewport.ts";

export interface Picture {
  readonly graph: GraphStore;
  readonly view: Viewport;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly colours: Colours;
  /** Whether a card is drawn here: it is no element of its own. */
  readonly isDrawn: (id: string) => boolean;
}

const dotGap = 24;
const drawn: number[] = [];

/** Background, edges and, far out, cards: everything that is no element of its own. */
export const drawCanvas = (context: CanvasRenderingContext2D, picture: Picture): void => {
  const { view, width, height, scale, colours } = picture;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, width, height);
  drawDots(context, picture);
  const area = {
    left: -view.x / view.zoom,
    top: -view.y / view.zoom,
    right: (width - view.x) / view.zoom,
    bottom: (height - view.y) / view.zoom,
  };
  context.setTransform(scale * view.zoom, 0, 0, scale * view.zoom, scale * view.x, scale * view.y);
  drawEdges(context, picture, area);
  drawFarCards(context, picture, area);
};

const drawDots = (context: CanvasRenderingContext2D, { view, width, height, colours }: Picture): void => {
  const gap = dotGap * view.zoom;
  if (gap < 11) return;
  const radius = Math.min(1.2, view.zoom);
  context.fillStyle = colours["grid-dot"];
  for (let x = ((view.x % gap) + gap) % gap; x < width; x += gap) {
    for (let y = ((view.y % gap) + gap) % gap; y < height; y += gap) {
      context.fillRect(x - radius / 2, y - radius / 2, radius, radius);
    }
  }
};

const curve = (context: CanvasRenderingContext2D, graph: GraphStore, from: number, to: number): void => {
  const startX = (graph.x[from] ?? 0) + cardWidth;
  const startY = (graph.y[from] ?? 0) + cardHeight / 2;
  const endX = graph.x[to] ?? 0;
  const endY = (graph.y[to] ?? 0) + cardHeight / 2;
  const bend = Math.max(32, Math.abs(endX - startX) / 2);
  context.moveTo(startX, startY);
  context.bezierCurveTo(startX + bend, startY, endX - bend, endY, endX, endY);
};

const isSeen = (graph: GraphStore, from: number, to: number, area: Rectangle): boolean => {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [graph.x[from], graph.y[from], graph.x[to], graph.y[to]];
  const slack = 2 * cardWidth;
  return (
    Math.max(x1, x2) + slack > area.left &&
    Math.min(x1, x2) - slack < area.right &&
    Math.max(y1, y2) + slack > area.top &&
    Math.min(y1, y2) - slack < area.bottom
  );
};

const drawEdges = (context: CanvasRenderingContext2D, { graph, view, colours }: Picture, area: Rectangle): void => {
  const active = new Path2DBatch(context, colours["edge-active"], 2 / view.zoom ** 0.5);
  const plain = new Path2DBatch(context, colours.edge, 1.4 / view.zoom ** 0.5);
  drawn.length = 0;
  plain.begin();
  for (let to = 0; to < graph.slotCount; to++) {
    const inputs = graph.inputsOf(to);
    if (inputs.length === 0) continue;
    const isSelected = graph.selection.size > 0 && graph.selection.has(graph.nodeAt(to)?.id ?? "");
    for (const from of inputs) {
      if (from < 0 || !isSeen(graph, from, to, area)) continue;
      if (isSelected || graph.selection.has(graph.nodeAt(from)?.id ?? "")) drawn.push(from, to);
      else curve(context, graph, from, to);
    }
  }
  plain.end();
  active.begin();
  for (let at = 0; at < drawn.length; at += 2) curve(context, graph, drawn[at] ?? 0, drawn[at + 1] ?? 0);
  active.end();
};

/** One path with one stroke: what makes thousands of edges cheap. */
class Path2DBatch {
  readonly #context: CanvasRenderingContext2D;
  readonly #colour: string;
  readonly #width: number;

  constructor(context: CanvasRenderingContext2D, colour: string, width: number) {
    this.#context = context;
    this.#colour = colour;
    this.#width = width;
  }

  begin(): void {
    this.#context.beginPath();
  }

  end(): void {
    this.#context.strokeStyle = this.#colour;
    this.#context.lineWidth = this.#width;
    this.#context.stroke();
  }
}

import { cardHeight, cardWidth, graph } from "../../store/graph-store.ts";
import { nodeState, type NodeState } from "../../store/node-state.ts";
import { runs } from "../../store/run-store.ts";
import type { Rectangle } from "../../store/spatial-grid.ts";
import { onThemeChange, readColors } from "../../theme/theme.ts";
import { kindColour } from "../draw-near-card.ts";
import { canvasItems } from "../items/canvas-items.ts";
import { shownGroups } from "../items/shown-groups.ts";
import { colourNames } from "../picture.ts";
import { viewport, visibleArea } from "../viewport.ts";

/** The cards are drawn again this long after the first of many changes. */
const calmMilliseconds = 250;
const margin = 6;

interface Scale {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** Where an area lies in a map of that size, all of it seen. */
export const mapScale = (area: Rectangle, width: number, height: number): Scale => {
  const across = (width - 2 * margin) / Math.max(1, area.right - area.left);
  const down = (height - 2 * margin) / Math.max(1, area.bottom - area.top);
  const zoom = Math.min(across, down);
  return {
    zoom,
    x: (width - (area.left + area.right) * zoom) / 2,
    y: (height - (area.top + area.bottom) * zoom) / 2,
  };
};

/** Draws the map: cards after changes have calmed down, the frame of what is seen with every move. */
export const startMinimap = (
  frame: HTMLElement,
  canvas: HTMLCanvasElement,
  seen: HTMLElement,
): {
  /** The canvas point under a pixel of the map; `null` when there is nothing to look at. */
  readonly toCanvas: (x: number, y: number) => { readonly x: number; readonly y: number } | null;
  readonly stop: () => void;
} => {
  const context = canvas.getContext("2d");
  let colours = readColors(colourNames);
  let scale: Scale | null = null;
  let all: Rectangle | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const paint = (): void => {
    timer = null;
    if (graph.lifted.size > 0) return later();
    all = graph.bounds();
    const { width, height } = frame.getBoundingClientRect();
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    scale = all === null ? null : mapScale(all, width, height);
    if (context !== null && scale !== null) drawCards(context, scale);
    place();
  };
  const drawCards = (onto: CanvasRenderingContext2D, { zoom, x, y }: Scale): void => {
    const ratio = devicePixelRatio;
    onto.setTransform(zoom * ratio, 0, 0, zoom * ratio, x * ratio, y * ratio);
    const [wide, high] = [Math.max(cardWidth, 2 / zoom), Math.max(cardHeight, 1.5 / zoom)];
    for (const node of graph.nodes()) {
      const slot = graph.slotOf(node.id);
      const isMissing = graph.inputsOf(slot).includes(-1);
      const { state } = nodeState(node, runs.step(node.id), runs.live(node.id), isMissing);
      onto.fillStyle = told[state] === undefined ? kindOf(node) : colours[told[state]];
      onto.fillRect(graph.x[slot] ?? 0, graph.y[slot] ?? 0, wide, high);
    }
    onto.strokeStyle = colours["line-strong"];
    onto.lineWidth = 1 / zoom;
    for (const { box } of shownGroups()) {
      onto.strokeRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    }
  };
  const kindOf = (node: Parameters<typeof nodeState>[0]): string =>
    kindColour(node.type === "node" ? node.view.kind : "broken", colours);
  const place = (): void => {
    const { left, top, right, bottom } = visibleArea();
    const isAllSeen =
      all === null || (left <= all.left && top <= all.top && right >= all.right && bottom >= all.bottom);
    frame.dataset["needed"] = String(!isAllSeen);
    if (scale === null) return;
    const { zoom, x, y } = scale;
    seen.style.transform = `translate(${left * zoom + x}px, ${top * zoom + y}px)`;
    seen.style.width = `${(right - left) * zoom}px`;
    seen.style.height = `${(bottom - top) * zoom}px`;
  };
  const later = (): void => {
    timer ??= setTimeout(paint, calmMilliseconds);
  };

  const stops = [
    viewport.subscribe(place),
    graph.on("positions", later),
    runs.on("run", later),
    runs.on("plan", later),
    canvasItems.subscribe(later),
    onThemeChange(() => {
      colours = readColors(colourNames);
      later();
    }),
  ];
  paint();
  return {
    toCanvas: (x, y) => (scale === null ? null : { x: (x - scale.x) / scale.zoom, y: (y - scale.y) / scale.zoom }),
    stop() {
      for (const stop of stops) stop();
      if (timer !== null) clearTimeout(timer);
    },
  };
};

/** States that are seen from any distance; the others show the kind. */
const told: Partial<Record<NodeState, "bad" | "warn" | "busy">> = {
  failed: "bad",
  invalid: "bad",
  "input-missing": "warn",
  running: "busy",
  building: "busy",
};

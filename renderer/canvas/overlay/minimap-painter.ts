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
import { differs, mapScale, type Scale } from "./map-scale.ts";

/** The cards are drawn again this long after the first of many changes. */
const calmMilliseconds = 250;

/** Draws the map: cards after changes have calmed down, the frame of what is seen with every move. */
export const startMinimap = (
  frame: HTMLElement,
  canvas: HTMLCanvasElement,
): {
  /** The canvas point under a pixel of the map; `null` when there is nothing to look at. */
  readonly toCanvas: (x: number, y: number) => { readonly x: number; readonly y: number } | null;
  readonly stop: () => void;
} => {
  const context = canvas.getContext("2d");
  const cards = new OffscreenCanvas(1, 1);
  let request = 0;
  let colours = readColors(colourNames);
  let scale: Scale | null = null;
  let all: Rectangle | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** The frame as it was drawn last. */
  let shown: Rectangle | null = null;

  const paint = (): void => {
    timer = null;
    if (graph.lifted.size > 0) return later();
    all = graph.bounds();
    const { width, height } = frame.getBoundingClientRect();
    const ratio = devicePixelRatio;
    for (const drawn of [canvas, cards]) {
      drawn.width = Math.max(1, Math.round(width * ratio));
      drawn.height = Math.max(1, Math.round(height * ratio));
    }
    scale = all === null ? null : mapScale(all, width, height);
    const onto = cards.getContext("2d");
    if (onto !== null && scale !== null) drawCards(onto, scale);
    soon();
  };
  const drawCards = (onto: OffscreenCanvasRenderingContext2D, { zoom, x, y }: Scale): void => {
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
  /** Where the window looks, over the picture of the cards: nothing of the page's own layout moves. */
  const place = (): void => {
    request = 0;
    shown = seenNow();
    const needed = String(shown !== null);
    if (frame.dataset["needed"] !== needed) frame.dataset["needed"] = needed;
    if (shown === null || context === null) return;
    const ratio = devicePixelRatio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(cards, 0, 0);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const seen = [shown.left, shown.top, shown.right - shown.left, shown.bottom - shown.top] as const;
    context.globalAlpha = 0.12;
    context.fillStyle = colours.accent;
    context.fillRect(...seen);
    context.globalAlpha = 1;
    context.strokeStyle = colours.accent;
    context.lineWidth = 1.5;
    context.strokeRect(...seen);
  };
  /** What is seen, in pixels of the map; `null` where all of it is. */
  const seenNow = (): Rectangle | null => {
    const { left, top, right, bottom } = visibleArea();
    const isAllSeen =
      all === null || (left <= all.left && top <= all.top && right >= all.right && bottom >= all.bottom);
    if (scale === null || isAllSeen) return null;
    const { zoom, x, y } = scale;
    return { left: left * zoom + x, top: top * zoom + y, right: right * zoom + x, bottom: bottom * zoom + y };
  };
  const soon = (): void => {
    request ||= requestAnimationFrame(place);
  };
  /** A pan of a large pipeline moves the frame by a fraction of a pixel: that is not drawn. */
  const looked = (): void => {
    if (request === 0 && differs(shown, seenNow())) soon();
  };
  const later = (): void => {
    timer ??= setTimeout(paint, calmMilliseconds);
  };

  const stops = [
    viewport.subscribe(looked),
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
      cancelAnimationFrame(request);
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

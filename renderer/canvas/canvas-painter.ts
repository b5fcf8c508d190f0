import { graph } from "../store/graph-store.ts";
import { highlight } from "../store/highlight-store.ts";
import { runs } from "../store/run-store.ts";
import { onThemeChange, readColors } from "../theme/theme.ts";
import { CanvasLayer } from "./canvas-layer.ts";
import { CardSprites } from "./card-sprites.ts";
import { edgeMarks } from "./edge-selection.ts";
import { find } from "./find/find-store.ts";
import type { FlowView } from "./flow/flow-view.ts";
import { isMounted, onMountedChange } from "./flow/mounted-cards.ts";
import { canvasItems } from "./items/canvas-items.ts";
import { shownGroups } from "./items/shown-groups.ts";
import { KeptPicture } from "./kept-picture.ts";
import { motion } from "./motion.ts";
import { colourNames } from "./picture.ts";
import { resizeViewport, viewport, visibleArea } from "./viewport.ts";
import { nextWindow } from "./window-of-cards.ts";

/** Below this zoom a card is a shape on the canvas layer, not an element. */
const elementZoom = 0.4;

export interface CanvasPainter {
  readonly setFlow: (flow: FlowView | null) => void;
  readonly stop: () => void;
}

/** The cards that stay bright: what is searched for, else a column's path; `null` for all. */
const brightNow = (): ReadonlySet<string> | null => find.getState().found ?? highlight.getState().shown?.nodes ?? null;

/** Draws the canvas layer and tells React Flow what to show, both in one frame, whenever something of it changed. */
export const startPainter = (frame: HTMLElement, canvas: HTMLCanvasElement): CanvasPainter => {
  let colours = readColors(colourNames);
  let request = 0;
  let flow: FlowView | null = null;
  let shown: readonly string[] = [];
  const sprites = new CardSprites();
  const fonts = readFonts();
  let found = brightNow();
  const context = canvas.getContext("2d", { alpha: false });
  const kept = new KeptPicture();
  const layer = context === null ? null : new CanvasLayer(context, kept);

  const schedule = (): void => {
    request ||= requestAnimationFrame(paint);
  };
  const paint = (): void => {
    request = 0;
    const { x, y, zoom, width, height } = viewport.getState();
    // What a hand holds lies over all other cards, also while the hand rests. A wire in hand is React Flow's: it then
    // moves with everything else.
    const isHeld = motion.getState().isMoving || graph.lifted.size > 0;
    const isMoving = isHeld && !("wiring" in frame.dataset);
    // It hides the mounted cards: where there are none, nothing has to be styled anew for it.
    frame.toggleAttribute("data-moving", isMoving && shown.length > 0);
    if (!isMoving) {
      showCards(zoom < elementZoom);
      flow?.look({ x, y, zoom });
    }
    const picture = {
      graph,
      groups: shownGroups(),
      notes: canvasItems.getState().notes,
      view: { x, y, zoom },
      width,
      height,
      scale: devicePixelRatio,
      colours,
      fonts,
      found,
      isDrawn: isMoving ? always : isUnmounted,
      isSelected: (id: string) => graph.selection.has(id),
      sprites: isMoving ? sprites : null,
      marks: edgeMarks.getState(),
      now: Date.now(),
    };
    layer?.draw(picture, isMoving);
  };
  const showCards = (isFar: boolean): void => {
    if (flow === null) return;
    if (isFar) {
      if (shown.length > 0) flow.show((shown = []));
      return;
    }
    const { ids, isWhole } = nextWindow(shown, visibleArea());
    shown = ids;
    if (!isWhole) schedule();
    flow.show(shown);
  };

  const brighten = (): void => {
    const now = brightNow();
    if (now === found) return;
    found = now;
    schedule();
  };
  const place = (): void => resizeViewport(frame.getBoundingClientRect());
  const sizes = new ResizeObserver(place);
  sizes.observe(frame);
  addEventListener("resize", place);
  const stops = [
    viewport.subscribe(schedule),
    motion.subscribe(schedule),
    graph.on("positions", () => {
      kept.followHand(graph);
      schedule();
    }),
    graph.on("selection", schedule),
    runs.on("run", schedule),
    runs.on("plan", schedule),
    runs.onEachNode((id) => {
      kept.touch(graph.slotOf(id));
      sprites.touch(graph.slotOf(id));
    }),
    graph.on("structure", () => sprites.forget()),
    canvasItems.subscribe(schedule),
    find.subscribe(brighten),
    highlight.subscribe(brighten),
    edgeMarks.subscribe(schedule),
    onMountedChange(schedule),
    onThemeChange(() => {
      colours = readColors(colourNames);
      schedule();
    }),
  ];
  schedule();
  return {
    setFlow(given) {
      flow = given;
      shown = [];
      schedule();
    },
    stop() {
      for (const stop of stops) stop();
      sizes.disconnect();
      removeEventListener("resize", place);
      cancelAnimationFrame(request);
    },
  };
};

const always = (): boolean => true;
const isUnmounted = (id: string): boolean => !isMounted(id);

const readFonts = (): { readonly ui: string; readonly code: string } => {
  const style = getComputedStyle(document.documentElement);
  return { ui: style.getPropertyValue("--font-ui"), code: style.getPropertyValue("--font-code") };
};

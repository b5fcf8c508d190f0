import { type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";

import { cardHeight, cardWidth, graph } from "../store/graph-store.ts";
import { showTab } from "../store/layout-store.ts";
import { runs } from "../store/run-store.ts";
import { project } from "../store/project-store.ts";
import { useSelection } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { onThemeChange, readColors } from "../theme/theme.ts";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { colourNames } from "./draw-cards.ts";
import { drawCanvas } from "./draw-canvas.ts";
import { cardElementId, NodeCard } from "./node-card.tsx";
import { type GestureCallbacks, useGestures } from "./use-gestures.ts";
import { resizeViewport, viewport, visibleArea } from "./viewport.ts";
import "./canvas.css";

/** Below this zoom a card is a shape on the canvas layer, not an element. */
const elementZoom = 0.4;

/** The pipeline: edges and far cards on a canvas, near cards as elements over it. */
export const CanvasView = (): ReactElement => {
  const { status, error } = useStore(project);
  if (status === "loading") return <LoadingState label={text.canvas.loading} />;
  if (status === "failed") return <FailedState error={error} />;
  return <OpenCanvas />;
};

const OpenCanvas = (): ReactElement => {
  const frame = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const drawing = useRef<HTMLCanvasElement>(null);
  const selection = useSelection();
  const [mounted, setMounted] = useState<readonly string[]>([]);
  const [box, setBox] = useState<Parameters<GestureCallbacks["lasso"]>[0]>(null);
  const callbacks = useMemo<GestureCallbacks>(
    () => ({ lasso: setBox, clicked: () => showTab("bottom", "preview") }),
    [],
  );
  useGestures(frame, callbacks);
  useEffect(() => {
    if (frame.current === null || layer.current === null || drawing.current === null) return undefined;
    // A window that has just opened is on its pipeline: keys work without a click.
    if (document.activeElement === document.body) frame.current.focus({ preventScroll: true });
    return present(frame.current, layer.current, drawing.current, setMounted);
  }, []);

  const active = [...selection].at(-1) ?? null;
  return (
    <div
      className="canvas"
      data-keys="canvas"
      ref={frame}
      tabIndex={0}
      role="listbox"
      aria-multiselectable="true"
      aria-label={text.canvas.label}
      aria-describedby="canvas-help"
      aria-activedescendant={active !== null && mounted.includes(active) ? cardElementId(active) : undefined}
    >
      <canvas className="canvas-drawing" ref={drawing} aria-hidden="true" />
      <div className="canvas-layer" ref={layer} role="presentation">
        {mounted.map((id) => (
          <NodeCard key={id} id={id} isSelected={selection.has(id)} />
        ))}
      </div>
      {box === null ? null : <LassoBox {...box} />}
      <span id="canvas-help" hidden>
        {text.canvas.help}
      </span>
      {graph.size === 0 ? <EmptyState icon="transform" title={text.canvas.empty} next={text.canvas.emptyNext} /> : null}
    </div>
  );
};

const LassoBox = (style: {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}): ReactElement => <div className="lasso" style={style} aria-hidden="true" />;

/** Keeps drawing and elements where the viewport is; React is asked only when other cards come into view. */
const present = (
  frame: HTMLElement,
  layer: HTMLElement,
  canvas: HTMLCanvasElement,
  mount: (ids: readonly string[]) => void,
): (() => void) => {
  let colours = readColors(colourNames);
  let request = 0;
  let shown = "";
  const context = canvas.getContext("2d", { alpha: false });

  const place = (): void => {
    for (const element of layer.children) {
      if (!(element instanceof HTMLElement)) continue;
      const slot = graph.slotOf(element.dataset["node"] ?? "");
      if (slot >= 0) element.style.transform = `translate(${graph.x[slot] ?? 0}px, ${graph.y[slot] ?? 0}px)`;
    }
  };
  const paint = (): void => {
    request = 0;
    const { x, y, zoom, width, height } = viewport.getState();
    const scale = devicePixelRatio;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
    }
    const isFar = zoom < elementZoom;
    if (context !== null) {
      drawCanvas(context, { graph, view: { x, y, zoom }, width, height, scale, colours, drawsCards: isFar });
    }
    layer.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
    layer.dataset["far"] = String(isFar);
    const ids = isFar ? heardIds() : visibleIds();
    const key = ids.join("\n");
    if (key !== shown) {
      shown = key;
      mount(ids);
    }
    place();
  };
  const schedule = (): void => {
    request ||= requestAnimationFrame(paint);
  };

  const sizes = new ResizeObserver(() => {
    resizeViewport(frame.getBoundingClientRect());
  });
  sizes.observe(frame);
  // Cards that React has just added still have to be put in their place.
  const added = new MutationObserver(place);
  added.observe(layer, { childList: true });
  const stops = [
    viewport.subscribe(schedule),
    graph.on("positions", schedule),
    graph.on("selection", schedule),
    runs.on("run", schedule),
    runs.on("plan", schedule),
    onThemeChange(() => {
      colours = readColors(colourNames);
      schedule();
    }),
  ];
  schedule();
  return () => {
    for (const stop of stops) stop();
    sizes.disconnect();
    added.disconnect();
    cancelAnimationFrame(request);
  };
};

/** Far out, the card that a screen reader is told of is still an element, though not to be seen. */
const heardIds = (): readonly string[] => {
  const id = [...graph.selection].at(-1) ?? graph.ids()[0];
  return id === undefined ? [] : [id];
};

/** Cards near what can be seen, the selected one included, in a steady order. */
const visibleIds = (): readonly string[] => {
  const area = visibleArea();
  const wider = {
    left: area.left - cardWidth,
    top: area.top - cardHeight,
    right: area.right + cardWidth,
    bottom: area.bottom + cardHeight,
  };
  const ids = new Set(graph.cardsIn(wider).flatMap((slot) => graph.nodeAt(slot)?.id ?? []));
  const active = [...graph.selection].at(-1);
  if (active !== undefined) ids.add(active);
  return [...ids].toSorted();
};

import { type RefObject, useEffect } from "react";

import { graph } from "../store/graph-store.ts";
import { text } from "../text/text.ts";
import { savePositions } from "./save-positions.ts";
import { panBy, toCanvas, viewport, zoomBy } from "./viewport.ts";

const threshold = 4;

type Gesture =
  | { readonly type: "pan"; x: number; y: number; moved: boolean }
  | {
      readonly type: "drag";
      readonly id: string;
      readonly startX: number;
      readonly startY: number;
      x: number;
      y: number;
      moved: boolean;
    }
  | { readonly type: "lasso"; readonly x: number; readonly y: number; readonly kept: ReadonlySet<string> };

export interface GestureCallbacks {
  /** The lasso in pixels of the canvas element, `null` when it ends. */
  readonly lasso: (box: { left: number; top: number; width: number; height: number } | null) => void;
  /** A card was clicked and not dragged. */
  readonly clicked: (id: string) => void;
}

const cardAt = (event: PointerEvent, element: HTMLElement): string | null => {
  const card = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-node]") : null;
  if (card !== null) return card.dataset["node"] ?? null;
  const box = element.getBoundingClientRect();
  const { x, y } = toCanvas(event.clientX - box.left, event.clientY - box.top);
  const slot = graph.cardsIn({ left: x, top: y, right: x, bottom: y }).at(-1);
  return slot === undefined ? null : (graph.nodeAt(slot)?.id ?? null);
};

/** Wires begin at ports, and buttons on the canvas are pressed: both have listeners of their own. */
const isOnPort = (event: PointerEvent): boolean =>
  event.target instanceof Element && event.target.closest(".port, .canvas button, .canvas textarea") !== null;

/** Pans, zooms, selects, drags and lassos with mouse, pen and touch. */
export const useGestures = (ref: RefObject<HTMLElement | null>, callbacks: GestureCallbacks): void => {
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    let gesture: Gesture | null = null;

    const down = (event: PointerEvent): void => {
      if (event.button === 2 || isOnPort(event)) return;
      const id = event.button === 0 ? cardAt(event, element) : null;
      element.setPointerCapture(event.pointerId);
      const { clientX: x, clientY: y } = event;
      if (id !== null) {
        press(id, event);
        gesture = { type: "drag", id, startX: x, startY: y, x, y, moved: false };
      } else if (event.shiftKey && event.button === 0) gesture = { type: "lasso", x, y, kept: graph.selection };
      else gesture = { type: "pan", x, y, moved: false };
    };
    const press = (id: string, event: PointerEvent): void => {
      if (event.shiftKey || event.ctrlKey || event.metaKey) {
        const { selection } = graph;
        graph.select(selection.has(id) ? [...selection].filter((other) => other !== id) : [...selection, id]);
      } else if (!graph.selection.has(id)) graph.select([id]);
    };
    const move = (event: PointerEvent): void => {
      if (gesture === null) return;
      if (gesture.type === "lasso") return lasso(gesture, event);
      const dx = event.clientX - gesture.x;
      const dy = event.clientY - gesture.y;
      if (!gesture.moved && Math.hypot(dx, dy) < threshold) return undefined;
      gesture.moved = true;
      gesture.x = event.clientX;
      gesture.y = event.clientY;
      if (gesture.type === "pan") return panBy(dx, dy);
      return dragBy(dx, dy);
    };
    const dragBy = (dx: number, dy: number): void => {
      const { zoom } = viewport.getState();
      graph.moveAll(
        [...graph.selection].flatMap((id) => {
          const at = graph.positionOf(id);
          return at === null ? [] : [[id, { x: at.x + dx / zoom, y: at.y + dy / zoom }] as const];
        }),
      );
    };
    const lasso = (from: Gesture & { readonly type: "lasso" }, event: PointerEvent): void => {
      const box = element.getBoundingClientRect();
      const [left, right] = [from.x - box.left, event.clientX - box.left].toSorted((a, b) => a - b);
      const [top, bottom] = [from.y - box.top, event.clientY - box.top].toSorted((a, b) => a - b);
      if (left === undefined || right === undefined || top === undefined || bottom === undefined) return;
      callbacks.lasso({ left, top, width: right - left, height: bottom - top });
      const start = toCanvas(left, top);
      const end = toCanvas(right, bottom);
      const inside = graph.cardsIn({ left: start.x, top: start.y, right: end.x, bottom: end.y });
      graph.select([...from.kept, ...inside.flatMap((slot) => graph.nodeAt(slot)?.id ?? [])]);
    };
    const up = (event: PointerEvent): void => {
      const ended = gesture;
      gesture = null;
      callbacks.lasso(null);
      if (ended?.type === "drag" && ended.moved) {
        const ids = [...graph.selection];
        void savePositions(ids, text.canvas.moved(ids.length), null);
      } else if (ended?.type === "drag") clicked(ended.id, event);
      else if (ended?.type === "pan" && !ended.moved && event.type === "pointerup") graph.select([]);
    };
    const clicked = (id: string, event: PointerEvent): void => {
      if (event.shiftKey || event.ctrlKey || event.metaKey) return;
      graph.select([id]);
      callbacks.clicked(id);
    };
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const box = element.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) {
        const at = { x: event.clientX - box.left, y: event.clientY - box.top };
        zoomBy(2 ** (-event.deltaY * lines * 0.005), at);
      } else if (event.shiftKey) panBy(-(event.deltaY + event.deltaX) * lines, 0);
      else panBy(-event.deltaX * lines, -event.deltaY * lines);
    };

    const listening = new AbortController();
    const { signal } = listening;
    element.addEventListener("pointerdown", down, { signal });
    element.addEventListener("pointermove", move, { signal });
    element.addEventListener("pointerup", up, { signal });
    element.addEventListener("pointercancel", up, { signal });
    element.addEventListener("wheel", wheel, { signal, passive: false });
    return () => listening.abort();
  }, [ref, callbacks]);
};

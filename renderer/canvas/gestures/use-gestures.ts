import { type RefObject, useEffect } from "react";

import { graph } from "../../store/graph-store.ts";
import { canvasHooks, canvasPointAt } from "../canvas-hooks.ts";
import { hoverEdge, selectEdge } from "../edge-selection.ts";
import { editNote } from "../items/note-actions.ts";
import { editTitle } from "../items/title-editing.ts";
import { handMoves } from "../motion.ts";
import { panBy } from "../viewport.ts";
import { type Drag, dragSelection } from "./drag-cards.ts";
import { dragNote } from "./drag-note.ts";
import { lasso, type LassoBox } from "./lasso.ts";
import { listenForDrops } from "./outside-drops.ts";
import { edgeNear, isElsewhere, type Target, targetAt } from "./target.ts";
import { onWheel } from "./wheel.ts";

const threshold = 4;

interface Press {
  readonly target: Target;
  readonly startX: number;
  readonly startY: number;
  readonly isAdding: boolean;
  /** What was selected before a lasso; `null` when this press draws none. */
  readonly kept: ReadonlySet<string> | null;
  x: number;
  y: number;
  moved: boolean;
  drag: Drag | null;
}

export interface GestureCallbacks {
  /** The lasso in pixels of the canvas element, `null` when it ends. */
  readonly lasso: (box: LassoBox | null) => void;
  /** A card was clicked and not dragged. */
  readonly clicked: (id: string) => void;
}

/** Pans, zooms, selects, drags and lassos with mouse, pen and touch, whatever draws what is under them. */
export const useGestures = (ref: RefObject<HTMLElement | null>, callbacks: GestureCallbacks): void => {
  useEffect(() => {
    const element = ref.current;
    return element === null ? undefined : listen(element, callbacks);
  }, [ref, callbacks]);
};

const listen = (element: HTMLElement, callbacks: GestureCallbacks): (() => void) => {
  let press: Press | null = null;

  const down = (event: PointerEvent): void => {
    if (event.button === 2 || isElsewhere(event.target)) return;
    const target: Target =
      event.button === 0 ? targetAt(canvasPointAt(event.clientX, event.clientY)) : { type: "ground" };
    element.setPointerCapture(event.pointerId);
    const { clientX: x, clientY: y } = event;
    const isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
    const isLasso = event.shiftKey && event.button === 0 && target.type !== "card" && target.type !== "group";
    press = {
      target,
      startX: x,
      startY: y,
      x,
      y,
      isAdding,
      moved: false,
      drag: null,
      kept: isLasso ? graph.selection : null,
    };
    pressed(target, isAdding);
  };
  const move = (event: PointerEvent): void => {
    if (press === null) return hover(event);
    const [dx, dy] = [event.clientX - press.x, event.clientY - press.y];
    if (!press.moved && Math.hypot(dx, dy) < threshold) return;
    press.moved = true;
    if (press.kept === null) handMoves();
    press.x = event.clientX;
    press.y = event.clientY;
    if (press.kept !== null)
      callbacks.lasso(lasso(pixel(press.startX, press.startY), pixel(press.x, press.y), press.kept));
    else if (press.target.type === "card" || press.target.type === "group") {
      press.drag ??= dragSelection();
    } else if (press.target.type === "note") press.drag ??= dragNote(press.target.id, press.target.isCorner);
    else panBy(dx, dy);
    press.drag?.to(press.x - press.startX, press.y - press.startY, canvasPointAt(press.x, press.y));
  };
  const pixel = (clientX: number, clientY: number): { readonly x: number; readonly y: number } => {
    const box = element.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };
  const up = (event: PointerEvent): void => {
    const ended = press;
    press = null;
    callbacks.lasso(null);
    if (ended === null) return;
    if (event.type === "pointercancel") ended.drag?.cancel();
    else if (ended.drag !== null) ended.drag.drop();
    else if (!ended.moved) released(ended, callbacks);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || press?.drag === null || press === null) return;
    event.preventDefault();
    event.stopPropagation();
    press.drag.cancel();
    press = null;
  };

  const listening = new AbortController();
  const { signal } = listening;
  element.addEventListener("pointerdown", down, { signal });
  element.addEventListener("pointermove", move, { signal });
  element.addEventListener("pointerup", up, { signal });
  element.addEventListener("pointercancel", up, { signal });
  element.addEventListener("pointerleave", leave, { signal });
  element.addEventListener("dblclick", doubleClick, { signal });
  element.addEventListener("wheel", (event) => onWheel(event, element), { signal, passive: false });
  element.addEventListener("keydown", key, { signal, capture: true });
  listenForDrops(element, signal);
  return () => listening.abort();
};

const pressed = (target: Target, isAdding: boolean): void => {
  const ids = target.type === "card" ? [target.id] : target.type === "group" ? target.group.members : [];
  if (ids.length === 0) return;
  const { selection } = graph;
  const isSelected = ids.every((id) => selection.has(id));
  if (!isAdding) {
    if (!isSelected) graph.select(ids);
  } else if (isSelected) graph.select([...selection].filter((id) => !ids.includes(id)));
  else graph.select([...selection, ...ids]);
};

const released = ({ target, isAdding }: Press, { clicked }: GestureCallbacks): void => {
  if (isAdding) return;
  if (target.type === "card") {
    graph.select([target.id]);
    clicked(target.id);
  } else if (target.type === "group") graph.select(target.group.members);
  else {
    graph.select([]);
    selectEdge(target.type === "edge" ? target.edge : null);
  }
};

/** Marks the edge under a pointer that holds nothing. */
const hover = (event: PointerEvent): void => {
  const point = canvasPointAt(event.clientX, event.clientY);
  const isOnCard = isElsewhere(event.target) || targetAt(point).type === "card";
  hoverEdge(isOnCard ? null : edgeNear(point));
};

/** The + over the edge belongs to it; anywhere else outside, no edge is under the pointer. */
const leave = ({ relatedTarget }: PointerEvent): void => {
  if (!(relatedTarget instanceof Element) || relatedTarget.closest(".edge-plus") === null) hoverEdge(null);
};

const doubleClick = (event: MouseEvent): void => {
  if (isElsewhere(event.target)) return;
  const point = canvasPointAt(event.clientX, event.clientY);
  const target = targetAt(point);
  if (target.type === "group") editTitle(target.group.id);
  else if (target.type === "note") editNote(target.id);
  else if (target.type === "ground") canvasHooks().onEmptyDoubleClick(point);
};

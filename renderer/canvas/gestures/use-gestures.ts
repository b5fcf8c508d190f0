import { type RefObject, useEffect } from "react";

import { canvasHooks, canvasPointAt } from "../canvas-hooks.ts";
import { hoverEdge } from "../edge-selection.ts";
import { editNote } from "../items/note-actions.ts";
import { editTitle } from "../items/title-editing.ts";
import { viewport } from "../viewport.ts";
import { holdPointers } from "./held-pointers.ts";
import { listenForDrops } from "./outside-drops.ts";
import { pinch, type Pixel } from "./pinch.ts";
import { type GestureCallbacks, Press } from "./press.ts";
import { edgeNear, isElsewhere, targetAt } from "./target.ts";
import { onWheel } from "./wheel.ts";

/** Pans, zooms, selects, drags and lassos with mouse, pen and touch, whatever draws what is under them. */
export const useGestures = (ref: RefObject<HTMLElement | null>, callbacks: GestureCallbacks): void => {
  useEffect(() => {
    const element = ref.current;
    return element === null ? undefined : listen(element, callbacks);
  }, [ref, callbacks]);
};

const listen = (element: HTMLElement, callbacks: GestureCallbacks): (() => void) => {
  /** Where the pressed pointers are on the canvas: a mouse, a pen, or at most two fingers. */
  const pointers = new Map<number, Pixel>();
  /** What the one that is pressed does; `null` while two fingers zoom, and once Escape took it back. */
  let press: Press | null = null;
  let letGo: () => void = nothing;

  const begin = (event: PointerEvent): void => {
    press = new Press(event, callbacks);
    const stopHearing = holdPointers(pointers, { move, escape: takeBack });
    const stopFollowing = viewport.subscribe(() => press?.follow());
    letGo = () => {
      stopHearing();
      stopFollowing();
    };
  };
  const takeBack = (): boolean => {
    const isTaken = press?.cancel() === true;
    if (isTaken) press = null;
    return isTaken;
  };
  const down = (event: PointerEvent): void => {
    if (event.button === 2 || isElsewhere(event.target)) return;
    const isSecondFinger = pointers.size === 1 && event.pointerType === "touch";
    if (pointers.size > 0 && !isSecondFinger) return;
    element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, pixelOf(event));
    if (!isSecondFinger) return begin(event);
    press?.cancel();
    press = null;
  };
  const move = (event: PointerEvent): void => {
    if (pointers.size > 1) pinched(event);
    // A button that was let go where nobody could hear it.
    else if (event.buttons === 0) cancelled(event);
    else press?.move(event);
  };
  const pinched = (event: PointerEvent): void => {
    const now = pixelOf(event);
    for (const [id, other] of pointers) {
      if (id !== event.pointerId) pinch(pointers.get(event.pointerId) ?? now, now, other);
    }
    pointers.set(event.pointerId, now);
  };
  const ended = (event: PointerEvent, end: (ended: Press) => void): void => {
    if (!pointers.delete(event.pointerId)) return;
    const before = press;
    press = null;
    if (pointers.size === 0) letGo();
    if (before !== null) end(before);
  };
  const released = (event: PointerEvent): void => ended(event, (before) => before.release());
  const cancelled = (event: PointerEvent): void => ended(event, (before) => before.cancel());

  const listening = new AbortController();
  const { signal } = listening;
  element.addEventListener("pointerdown", down, { signal });
  element.addEventListener("pointermove", hover, { signal });
  element.addEventListener("pointerup", released, { signal });
  element.addEventListener("pointercancel", cancelled, { signal });
  element.addEventListener("lostpointercapture", cancelled, { signal });
  element.addEventListener("pointerleave", leave, { signal });
  element.addEventListener("dblclick", doubleClick, { signal });
  element.addEventListener("wheel", (event) => onWheel(event, element), { signal, passive: false });
  listenForDrops(element, signal);
  return () => {
    listening.abort();
    letGo();
    press?.cancel();
  };
};

const nothing = (): void => undefined;

const pixelOf = ({ clientX, clientY }: PointerEvent): Pixel => {
  const { left, top } = viewport.getState();
  return { x: clientX - left, y: clientY - top };
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

import { type RefObject, useLayoutEffect } from "react";

import { graph } from "../../store/graph-store.ts";
import type { CanvasPoint } from "../canvas-hooks.ts";
import { viewport } from "../viewport.ts";

/** Keeps an element where a canvas point is, whatever moves; `scales` lets it grow and shrink with the canvas. */
export const usePlaced = (
  ref: RefObject<HTMLElement | null>,
  point: () => CanvasPoint | null,
  scales = false,
): void => {
  useLayoutEffect(() => {
    const place = (): void => {
      const at = point();
      if (ref.current === null) return;
      ref.current.hidden = at === null;
      if (at === null) return;
      const { x, y, zoom } = viewport.getState();
      const scale = scales ? ` scale(${zoom})` : "";
      ref.current.style.transform = `translate(${at.x * zoom + x}px, ${at.y * zoom + y}px)${scale}`;
    };
    place();
    const stops = [viewport.subscribe(place), graph.on("positions", place)];
    return () => stops.forEach((stop) => stop());
  }, [ref, point, scales]);
};

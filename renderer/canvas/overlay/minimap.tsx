import { type PointerEvent, type ReactElement, useEffect, useRef } from "react";
import { useStore } from "zustand";

import { minimapText } from "../../text/canvas-text.ts";
import { layout } from "../../store/layout-store.ts";
import { handMoves } from "../motion.ts";
import { centreOn } from "../viewport.ts";
import { startMinimap } from "./minimap-painter.ts";

/** The whole pipeline in small, and what of it can be seen. A press or a drag looks there. */
export const Minimap = (): ReactElement | null => {
  const isOn = useStore(layout, ({ minimap }) => minimap);
  return isOn ? <Map /> : null;
};

const Map = (): ReactElement => {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const toCanvas = useRef<ReturnType<typeof startMinimap>["toCanvas"] | null>(null);
  useEffect(() => {
    if (frame.current === null || canvas.current === null) return undefined;
    const map = startMinimap(frame.current, canvas.current);
    toCanvas.current = map.toCanvas;
    return map.stop;
  }, []);
  const look = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const box = event.currentTarget.getBoundingClientRect();
    const point = toCanvas.current?.(event.clientX - box.left, event.clientY - box.top);
    if (point === undefined || point === null) return;
    handMoves();
    centreOn(point);
  };
  // The keys look around with arrows, 1 and 2: to whoever hears the canvas the map says nothing more.
  return (
    <div
      className="minimap"
      ref={frame}
      title={minimapText.label}
      aria-hidden="true"
      onPointerDown={look}
      onPointerMove={look}
    >
      <canvas ref={canvas} />
    </div>
  );
};

import { handMoves } from "../motion.ts";
import { panBy, zoomBy } from "../viewport.ts";

/** The wheel pans; with Ctrl (a pinch on a touch pad, too) it zooms at the pointer; with Shift it pans sideways. */
export const onWheel = (event: WheelEvent, element: HTMLElement): void => {
  if (event.target instanceof Element && event.target.closest("textarea:focus") !== null) return;
  event.preventDefault();
  handMoves();
  const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
  if (event.ctrlKey || event.metaKey) {
    const box = element.getBoundingClientRect();
    zoomBy(2 ** (-event.deltaY * lines * 0.005), { x: event.clientX - box.left, y: event.clientY - box.top });
  } else if (event.shiftKey) panBy(-(event.deltaY + event.deltaX) * lines, 0);
  else panBy(-event.deltaX * lines, -event.deltaY * lines);
};

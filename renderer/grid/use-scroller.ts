import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";

import { type Size, useSize } from "../charts/use-size.ts";
import {
  clampPosition,
  positionAt,
  positionShowing,
  type ScrollScale,
  scrollScale,
  scrollTopAt,
} from "./scroll-scale.ts";

export interface Scroller {
  readonly size: Size;
  readonly scale: ScrollScale;
  /** Pixels of the table above the viewport. */
  readonly position: number;
  readonly scrollLeft: number;
  readonly onScroll: () => void;
  readonly showRow: (row: number) => void;
  readonly showColumn: (from: number, to: number) => void;
}

interface Layout {
  readonly rows: number;
  readonly rowHeight: number;
  readonly headerHeight: number;
  /** Pixels at the left that do not scroll. */
  readonly fixedWidth: number;
}

/** Scrolling of a table that may be taller than an element can be. */
export const useScroller = ({
  rows,
  rowHeight,
  headerHeight,
  fixedWidth,
}: Layout): readonly [RefObject<HTMLDivElement | null>, Scroller] => {
  const element = useRef<HTMLDivElement>(null);
  const size = useSize(element) ?? { width: 0, height: 0 };
  const [{ position, scrollLeft }, setAt] = useState({ position: 0, scrollLeft: 0 });
  /** What we set, and need not follow. */
  const set = useRef(0);
  const viewport = Math.max(0, size.height - headerHeight);
  const scale = useMemo(() => scrollScale(rows, rowHeight, viewport), [rows, rowHeight, viewport]);

  const scrollTo = useCallback(
    (wanted: number): void => {
      const { current } = element;
      if (current === null) return;
      const next = clampPosition(scale, wanted);
      current.scrollTop = scrollTopAt(scale, next);
      set.current = current.scrollTop;
      setAt((former) => (former.position === next ? former : { ...former, position: next }));
    },
    [element, scale],
  );

  const onScroll = useCallback((): void => {
    const { current } = element;
    if (current === null) return;
    const { scrollTop, scrollLeft: left } = current;
    const isOurs = scale.isScaled && Math.abs(scrollTop - set.current) < 1;
    set.current = scrollTop;
    setAt((former) => ({ position: isOurs ? former.position : positionAt(scale, scrollTop), scrollLeft: left }));
  }, [element, scale]);

  const now = useRef({ position, scale, scrollTo });
  useLayoutEffect(() => {
    now.current = { position, scale, scrollTo };
  }, [position, scale, scrollTo]);
  // Fewer rows, or a larger window: the end may be nearer than where we are.
  useEffect(() => scrollTo(now.current.position), [scrollTo]);
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    // A turn of the wheel moves by as much as in any other list, however tall the table is.
    const onWheel = (event: WheelEvent): void => {
      const { current: at } = now;
      if (!at.scale.isScaled || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const next = clampPosition(at.scale, at.position + event.deltaY * lines);
      now.current = { ...at, position: next };
      at.scrollTo(next);
    };
    current.addEventListener("wheel", onWheel, { passive: false });
    return () => current.removeEventListener("wheel", onWheel);
  }, [element]);

  const showRow = useCallback((row: number): void => {
    const { current: at } = now;
    at.scrollTo(positionShowing(at.scale, at.position, row));
  }, []);
  const showColumn = useCallback(
    (from: number, to: number): void => {
      const { current } = element;
      if (current === null) return;
      const room = current.clientWidth - fixedWidth;
      if (from < current.scrollLeft) current.scrollLeft = from;
      else if (to > current.scrollLeft + room) current.scrollLeft = Math.min(from, to - room);
    },
    [element, fixedWidth],
  );
  return [element, { size, scale, position, scrollLeft, onScroll, showRow, showColumn }];
};

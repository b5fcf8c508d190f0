import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";

/** So many rows are kept above and below what is seen, so that the tab key and a quick scroll find them. */
const around = 12;

export interface RowsInView<E extends HTMLElement> {
  /** The element that scrolls. */
  readonly box: RefObject<E | null>;
  /** Call it when the element is scrolled. */
  readonly look: () => void;
  /** The rows from `first` up to, not including, `last` are needed. */
  readonly first: number;
  readonly last: number;
}

/** Which of many rows of one height (in pixels) have to be elements: ten thousand are then as quick as ten. */
export const useRowsInView = <E extends HTMLElement>(count: number, height: number): RowsInView<E> => {
  const box = useRef<E>(null);
  const [view, setView] = useState({ top: 0, rows: 40 });
  const look = useCallback((): void => {
    const { current } = box;
    if (current === null) return;
    const next = { top: Math.floor(current.scrollTop / height), rows: Math.ceil(current.clientHeight / height) };
    setView((before) => (before.top === next.top && before.rows === next.rows ? before : next));
  }, [height]);
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return undefined;
    look();
    const observer = new ResizeObserver(look);
    observer.observe(current);
    return () => observer.disconnect();
  }, [look]);
  const first = Math.max(0, Math.min(view.top, count - view.rows) - around);
  return { box, look, first, last: Math.min(count, view.top + view.rows + around) };
};

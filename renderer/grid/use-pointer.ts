import { type PointerEvent, useRef } from "react";

import type { PlacedColumns } from "./columns-layout.ts";
import type { Extent, Selection } from "./selection.ts";

/** The cell an element belongs to; `column` is `null` on a row number. */
export const cellOf = (target: EventTarget): { readonly row: number; readonly column: number | null } | null => {
  const element = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  if (element === null) return null;
  const { row, column } = element.dataset;
  return { row: Number(row), column: column === undefined ? null : Number(column) };
};

/** Selecting by mouse: a cell, with Shift or by dragging a range, on row numbers whole rows. */
export const usePointer = (
  placed: PlacedColumns,
  extent: Extent,
  selection: Selection,
  select: (next: Selection) => void,
) => {
  const isDragging = useRef(false);
  const last = placed.columns.length - 1;
  const cornersOf = ({ row, column }: { readonly row: number; readonly column: number | null }) =>
    column === null
      ? ([
          { row, column: 0 },
          { row, column: last },
        ] as const)
      : ([
          { row, column },
          { row, column },
        ] as const);
  return {
    onPointerDown: (event: PointerEvent): void => {
      const cell = event.button === 0 ? cellOf(event.target) : null;
      if (cell === null || extent.columns === 0) return;
      const [start, end] = cornersOf(cell);
      isDragging.current = cell.row >= 0;
      if (event.shiftKey && cell.row >= 0)
        select({
          active: start,
          anchor: cell.column === null ? { ...selection.anchor, column: last } : selection.anchor,
        });
      else select({ active: start, anchor: cell.row === -1 ? start : end });
    },
    onPointerMove: (event: PointerEvent): void => {
      if (!isDragging.current || event.buttons !== 1) return;
      const cell = cellOf(event.target);
      if (cell === null || cell.row < 0) return;
      const active = { row: cell.row, column: cell.column ?? 0 };
      if (active.row === selection.active.row && active.column === selection.active.column) return;
      select({ active, anchor: selection.anchor });
    },
    onPointerUp: (): void => {
      isDragging.current = false;
    },
  };
};

import type { KeyboardEvent } from "react";

import type { PlacedColumns } from "./columns-layout.ts";
import type { HeaderActions } from "./grid-header.tsx";
import { type Extent, moveSelection, type Selection } from "./selection.ts";

/** What keys reach outside the grid. */
export interface KeyTargets extends Pick<HeaderActions, "onSort" | "onMenu"> {
  readonly placed: PlacedColumns;
  /** Enter on a cell, or a double click. */
  readonly onInspect: () => void;
  readonly onCopy: () => void;
  readonly onFind: () => void;
}

/** What a key does in the grid; `null` leaves it to the window. */
export const keyAction = (
  event: KeyboardEvent,
  { placed, onSort, onMenu, onInspect, onCopy, onFind }: KeyTargets,
  selection: Selection,
  extent: Extent,
  select: (next: Selection) => void,
): (() => void) | null => {
  const { key, shiftKey, altKey } = event;
  const isControl = event.ctrlKey || event.metaKey;
  const column = placed.columns[selection.active.column];
  if (column === undefined) return null;
  if (key === "ContextMenu" || (key === "F10" && shiftKey) || (key === "ArrowDown" && altKey)) {
    const head = event.currentTarget.querySelector(`[role="columnheader"][data-column="${selection.active.column}"]`);
    const near = head?.getBoundingClientRect() ?? null;
    return () => onMenu(column.name, near);
  }
  if (altKey) return null;
  const moved = moveSelection(selection, event, extent);
  if (moved !== selection) return () => select(moved);
  if (isControl) {
    switch (key.toLowerCase()) {
      case "a":
        return () =>
          select({ active: { row: 0, column: 0 }, anchor: { row: extent.rows - 1, column: extent.columns - 1 } });
      case "c":
        return onCopy;
      case "f":
        return onFind;
      default:
        return null;
    }
  }
  if (key === "Enter" || key === " ")
    return selection.active.row === -1 ? () => onSort(column.name, shiftKey) : onInspect;
  if (key === "Escape" && selection.anchor !== selection.active) {
    return () => select({ active: selection.active, anchor: selection.active });
  }
  return null;
};

import "./grid.css";

import { type KeyboardEvent, type PointerEvent, type ReactElement, useEffect, useId, useRef } from "react";

import { text } from "../text/text.ts";
import { exactCount } from "../ui/numbers.ts";
import { columnsAt, type PlacedColumn, type PlacedColumns } from "./columns-layout.ts";
import { GridCell } from "./grid-cell.tsx";
import { GridHeader, type HeaderActions } from "./grid-header.tsx";
import { rowsAt } from "./scroll-scale.ts";
import {
  type CellAt,
  clampSelection,
  contains,
  type Extent,
  moveSelection,
  rangeOf,
  type Selection,
} from "./selection.ts";
import type { Profiles } from "./use-profiles.ts";
import { useScroller } from "./use-scroller.ts";
import type { TableModel } from "./use-table.ts";

const rowHeight = 20;
const headerHeight = 44;

export interface DataGridProps extends HeaderActions {
  readonly label: string;
  readonly model: TableModel;
  readonly placed: PlacedColumns;
  readonly profiles: Profiles;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  /** Enter on a cell, or a double click. */
  readonly onInspect: () => void;
  readonly onCopy: () => void;
  readonly onFind: () => void;
}

/** Pixels of the row numbers. */
const numbersWidth = (rows: number): number => Math.max(44, exactCount(rows).length * 7 + 18);

/** Rows and columns of a table as a spreadsheet shows them; only what is seen is drawn and read. */
export const DataGrid = (props: DataGridProps): ReactElement => {
  const { label, model, placed, profiles, selection, onSelect } = props;
  const id = useId();
  const rows = model.opened?.rows ?? 0;
  const numbers = numbersWidth(rows);
  const fixedWidth = numbers + placed.frozenWidth;
  const [element, scroller] = useScroller({ rows, rowHeight, headerHeight, fixedWidth });
  const { size, scale, position, scrollLeft } = scroller;
  const seenRows = rowsAt(scale, position, rows);
  const seenColumns = columnsAt(placed, scrollLeft, Math.max(0, size.width - numbers));
  const extent: Extent = {
    rows,
    columns: placed.columns.length,
    pageRows: Math.max(1, Math.floor(scale.viewport / rowHeight) - 1),
  };
  const present = clampSelection(selection, extent);
  const isKnown = size.height > 0 && model.cache !== null;

  const places = seenColumns.map(({ place }) => place);
  const placesKey = places.join(" ");
  useEffect(() => {
    if (!isKnown) return;
    const columns = placesKey === "" ? [] : placesKey.split(" ").map(Number);
    model.cache?.look({ from: seenRows.from, before: seenRows.before, columns });
    profiles.look(columns);
  }, [isKnown, model.cache, seenRows.from, seenRows.before, placesKey, profiles]);

  // Another view begins at its first row; the same view of a table made anew stays where it is.
  const viewKey = JSON.stringify(model.view);
  const { showRow } = scroller;
  const shownKey = useRef(viewKey);
  useEffect(() => {
    if (shownKey.current === viewKey) return;
    shownKey.current = viewKey;
    showRow(0);
  }, [viewKey, showRow]);

  const show = ({ row, column }: CellAt): void => {
    if (row >= 0) scroller.showRow(row);
    const target = placed.columns[column];
    if (target !== undefined && !target.isFrozen) {
      const left = target.left - placed.frozenWidth;
      scroller.showColumn(left, left + target.width);
    }
  };
  const select = (next: Selection): void => {
    onSelect(next);
    show(next.active);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const action = keyAction(event, props, present, extent, select);
    if (action === null) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  const pointer = usePointer(placed, extent, present, select);
  const range = rangeOf(present);
  const { active } = present;
  const leftOf = ({ left, isFrozen }: PlacedColumn): number => numbers + left - (isFrozen ? 0 : scrollLeft);
  const at = new Map(placed.columns.map((column, place) => [column.name, place]));

  return (
    <div
      className="grid"
      role="grid"
      tabIndex={0}
      ref={element}
      onScroll={scroller.onScroll}
      onKeyDown={onKeyDown}
      aria-label={label}
      aria-rowcount={rows + 1}
      aria-colcount={placed.columns.length + 1}
      aria-multiselectable="true"
      aria-busy={model.cache?.isWaiting ?? true}
      aria-activedescendant={placed.columns.length === 0 ? undefined : `${id}${active.row}-${active.column}`}
      data-keys="grid"
      {...pointer}
      onDoubleClick={(event) => {
        if (cellOf(event.target)?.row !== -1) props.onInspect();
      }}
    >
      <div
        className="grid-space"
        role="presentation"
        style={{ height: headerHeight + scale.height, width: numbers + placed.width }}
      >
        <div className="grid-port" role="presentation" style={{ width: size.width, height: size.height }}>
          <div className="grid-head" role="row" aria-rowindex={1} style={{ height: headerHeight }}>
            <div className="grid-corner" role="columnheader" aria-colindex={1} style={{ width: numbers }}>
              <span className="hidden-visually">{text.grid.rowNumber}</span>
            </div>
            {seenColumns.map((column) => (
              <GridHeader
                {...props}
                key={column.name}
                id={`${id}-1-${at.get(column.name)}`}
                column={column}
                at={at.get(column.name) ?? 0}
                left={leftOf(column)}
                sort={model.view.sort.find(({ column: name }) => name === column.name) ?? null}
                profile={profiles.of(column.place)}
                isActive={active.row === -1 && active.column === at.get(column.name)}
                isFiltered={model.view.filters.some(({ column: name }) => name === column.name)}
              />
            ))}
          </div>
          {Array.from({ length: seenRows.before - seenRows.from }, (_value, index) => {
            const row = seenRows.from + index;
            return (
              <div
                key={row}
                role="row"
                className={`grid-row ${row % 2 === 1 ? "odd" : ""}`}
                aria-rowindex={row + 2}
                style={{ transform: `translateY(${headerHeight + row * rowHeight - position}px)`, height: rowHeight }}
              >
                <div
                  role="rowheader"
                  className="grid-number"
                  aria-colindex={1}
                  data-row={row}
                  style={{ width: numbers }}
                >
                  {exactCount(row + 1)}
                </div>
                {seenColumns.map((column) => {
                  const cell = model.cache?.cell(row, column.place) ?? null;
                  const place = at.get(column.name) ?? 0;
                  return (
                    <GridCell
                      key={column.name}
                      id={`${id}${row}-${place}`}
                      value={cell?.text ?? null}
                      length={cell?.length ?? null}
                      isThere={cell !== null}
                      type={column.type}
                      row={row}
                      column={place}
                      left={leftOf(column)}
                      width={column.width}
                      isFrozen={column.isFrozen}
                      isSelected={contains(range, { row, column: place })}
                      isActive={row === active.row && place === active.column}
                    />
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
};

/** What a key does in the grid; `null` leaves it to the window. */
const keyAction = (
  event: KeyboardEvent,
  { placed, onSort, onMenu, onInspect, onCopy, onFind }: DataGridProps,
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

/** The cell an element belongs to; `column` is `null` on a row number. */
const cellOf = (target: EventTarget): { readonly row: number; readonly column: number | null } | null => {
  const element = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  if (element === null) return null;
  const { row, column } = element.dataset;
  return { row: Number(row), column: column === undefined ? null : Number(column) };
};

/** Selecting by mouse: a cell, with Shift or by dragging a range, on row numbers whole rows. */
const usePointer = (placed: PlacedColumns, extent: Extent, selection: Selection, select: (next: Selection) => void) => {
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

import "./grid.css";

import { type KeyboardEvent, type ReactElement, useEffect, useId, useRef } from "react";

import { text } from "../text/text.ts";
import { exactCount } from "../ui/numbers.ts";
import { columnsAt, type PlacedColumn } from "./columns-layout.ts";
import { GridHeader, type HeaderActions } from "./grid-header.tsx";
import { keyAction, type KeyTargets } from "./grid-keys.ts";
import { GridRow, rowHeight } from "./grid-row.tsx";
import { rowsAt } from "./scroll-scale.ts";
import { type CellAt, clampSelection, type Extent, rangeOf, type Selection } from "./selection.ts";
import { cellOf, usePointer } from "./use-pointer.ts";
import type { Profiles } from "./use-profiles.ts";
import { useScroller } from "./use-scroller.ts";
import type { TableModel } from "./use-table.ts";

const headerHeight = 44;

export interface DataGridProps extends HeaderActions, KeyTargets {
  readonly label: string;
  readonly model: TableModel;
  readonly profiles: Profiles;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
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
  const placeOf = ({ name }: PlacedColumn): number => at.get(name) ?? 0;

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
                id={`${id}-1-${placeOf(column)}`}
                column={column}
                at={placeOf(column)}
                left={leftOf(column)}
                sort={model.view.sort.find(({ column: name }) => name === column.name) ?? null}
                profile={profiles.of(column.place)}
                isActive={active.row === -1 && active.column === placeOf(column)}
                isFiltered={model.view.filters.some(({ column: name }) => name === column.name)}
              />
            ))}
          </div>
          {Array.from({ length: seenRows.before - seenRows.from }, (_value, index) => {
            const row = seenRows.from + index;
            return (
              <GridRow
                key={row}
                id={id}
                row={row}
                top={headerHeight + row * rowHeight - position}
                numbers={numbers}
                columns={seenColumns}
                placeOf={placeOf}
                leftOf={leftOf}
                cellOf={(place) => model.cache?.cell(row, place) ?? null}
                range={range}
                active={active}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
};

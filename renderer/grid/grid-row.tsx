import type { ReactElement } from "react";

import { exactCount } from "../ui/numbers.ts";
import type { PlacedColumn } from "./columns-layout.ts";
import { GridCell } from "./grid-cell.tsx";
import type { Cell } from "./page-cache.ts";
import { type CellAt, contains, type Range } from "./selection.ts";

/** Pixels of a row. */
export const rowHeight = 20;

interface GridRowProps {
  /** Of the grid. */
  readonly id: string;
  readonly row: number;
  /** Pixels below the grid's upper edge. */
  readonly top: number;
  /** Pixels of the row's number. */
  readonly numbers: number;
  /** Those that are seen. */
  readonly columns: readonly PlacedColumn[];
  /** A column's place among the shown ones. */
  readonly placeOf: (column: PlacedColumn) => number;
  readonly leftOf: (column: PlacedColumn) => number;
  /** By the column's place in the table; `null` while it has not arrived. */
  readonly cellOf: (place: number) => Cell | null;
  readonly range: Range;
  readonly active: CellAt;
}

/** A row: its number, and the cells of the columns that are seen. */
export const GridRow = (props: GridRowProps): ReactElement => {
  const { id, row, top, numbers, columns, placeOf, leftOf, cellOf, range, active } = props;
  return (
    <div
      role="row"
      className={`grid-row ${row % 2 === 1 ? "odd" : ""}`}
      aria-rowindex={row + 2}
      style={{ transform: `translateY(${top}px)`, height: rowHeight }}
    >
      <div role="rowheader" className="grid-number" aria-colindex={1} data-row={row} style={{ width: numbers }}>
        {exactCount(row + 1)}
      </div>
      {columns.map((column) => {
        const cell = cellOf(column.place);
        const place = placeOf(column);
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
};

import { type CSSProperties, memo, type ReactElement } from "react";

import { typeClass } from "../../shared/table/index.ts";
import { text } from "../text/text.ts";
import { CellValue, spokenValue } from "./cell-value.tsx";
import type { Cell } from "./page-cache.ts";

interface GridCellProps {
  readonly id: string;
  /** `null` while it has not arrived. */
  readonly value: Cell["text"];
  readonly isThere: boolean;
  readonly length: number | null;
  readonly type: string;
  readonly row: number;
  /** Place among the shown columns. */
  readonly column: number;
  readonly left: number;
  readonly width: number;
  readonly isFrozen: boolean;
  readonly isSelected: boolean;
  readonly isActive: boolean;
}

const { grid: words } = text;

const classOf = ({ value, isThere, type, isFrozen, isSelected, isActive }: GridCellProps): string =>
  [
    "grid-cell",
    typeClass(type) === "number" ? "numeric" : "",
    isThere && value === null ? "null" : "",
    isThere && value === "" ? "empty" : "",
    isFrozen ? "frozen" : "",
    isSelected ? "selected" : "",
    isActive ? "active" : "",
  ]
    .filter((part) => part !== "")
    .join(" ");

/** One cell: exact text, numbers to the right, NULL, empty texts and blanks told apart. */
export const GridCell = memo((props: GridCellProps): ReactElement => {
  const { id, value, isThere, length, row, column, left, width, isSelected } = props;
  const style: CSSProperties = { transform: `translateX(${left}px)`, width };
  return (
    <div
      role="gridcell"
      id={id}
      className={classOf(props)}
      style={style}
      aria-colindex={column + 2}
      aria-selected={isSelected}
      aria-label={isThere ? spokenValue(value, length) : words.notYet}
      data-row={row}
      data-column={column}
    >
      {isThere ? <CellValue value={value} length={length} /> : <span className="grid-waiting">{words.loading}</span>}
    </div>
  );
});

import type { DragEvent, PointerEvent, ReactElement } from "react";

import type { Filter, Sort } from "../../shared/table/index.ts";
import { typeClass } from "../../shared/table/index.ts";
import { text } from "../text/text.ts";
import { Icon } from "../ui/icon.tsx";
import type { PlacedColumn } from "./columns-layout.ts";
import { MiniProfile } from "./mini-profile.tsx";
import type { KnownProfile } from "./use-profiles.ts";

/** What a person can do with a column from its header. */
export interface HeaderActions {
  readonly onSort: (name: string, isAdded: boolean) => void;
  /** `near`: where the head is on the screen. */
  readonly onMenu: (name: string, near: DOMRect | null) => void;
  readonly onFilter: (filter: Filter) => void;
  readonly onResize: (name: string, width: number) => void;
  readonly onFit: (column: PlacedColumn) => void;
  /** Puts one column where another is. */
  readonly onMoveTo: (name: string, target: string) => void;
}

interface GridHeaderProps extends HeaderActions {
  readonly id: string;
  readonly column: PlacedColumn;
  /** Place among the shown columns. */
  readonly at: number;
  readonly left: number;
  readonly sort: Sort | null;
  readonly profile: KnownProfile | null;
  readonly isActive: boolean;
  readonly isFiltered: boolean;
}

const dragType = "application/x-headrace-column";

const sortState = (sort: Sort | null): "none" | "ascending" | "descending" => {
  if (sort === null) return "none";
  return sort.descending ? "descending" : "ascending";
};

/** A column's head: name, type, how its values are spread. */
export const GridHeader = (props: GridHeaderProps): ReactElement => {
  const { id, column, at, left, sort, profile, isActive, isFiltered } = props;
  const { onSort, onMenu, onFilter, onMoveTo } = props;
  const { name, type, width, isFrozen } = column;
  const onDrop = (event: DragEvent): void => {
    const dragged = event.dataTransfer.getData(dragType);
    if (dragged === "" || dragged === name) return;
    event.preventDefault();
    onMoveTo(dragged, name);
  };
  return (
    <div
      role="columnheader"
      id={id}
      className={`grid-header ${isFrozen ? "frozen" : ""} ${isActive ? "active" : ""}`}
      style={{ transform: `translateX(${left}px)`, width }}
      aria-colindex={at + 2}
      aria-sort={sortState(sort)}
      data-row={-1}
      data-column={at}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(dragType, name)}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(dragType)) event.preventDefault();
      }}
      onDrop={onDrop}
    >
      <div className="grid-header-line" onClick={(event) => onSort(name, event.shiftKey)} title={`${name} ${type}`}>
        <span className={`column-name ${typeClass(type) === "number" ? "numeric" : ""}`}>{name}</span>
        <span className="column-type">{type}</span>
        {sort === null ? null : <span className="grid-sort">{sort.descending ? "↓" : "↑"}</span>}
      </div>
      <button
        type="button"
        tabIndex={-1}
        className={`grid-menu ${isFiltered ? "is-filtered" : ""}`}
        aria-label={text.grid.columnMenu(name)}
        title={text.grid.columnMenu(name)}
        onClick={({ currentTarget }) => onMenu(name, currentTarget.parentElement?.getBoundingClientRect() ?? null)}
      >
        <Icon name="chevron" size={12} />
      </button>
      {profile === null ? null : <MiniProfile column={name} profile={profile} onFilter={onFilter} />}
      <ResizeHandle {...props} />
    </div>
  );
};

const ResizeHandle = ({ column, onResize, onFit }: GridHeaderProps): ReactElement => {
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>): void => {
    event.preventDefault();
    event.stopPropagation();
    const { currentTarget, clientX } = event;
    currentTarget.setPointerCapture(event.pointerId);
    const onMove = (move: globalThis.PointerEvent): void =>
      onResize(column.name, column.width + move.clientX - clientX);
    currentTarget.addEventListener("pointermove", onMove);
    currentTarget.addEventListener(
      "lostpointercapture",
      () => currentTarget.removeEventListener("pointermove", onMove),
      {
        once: true,
      },
    );
  };
  return (
    <span
      className="grid-resize"
      aria-hidden="true"
      onPointerDown={onPointerDown}
      onDoubleClick={() => onFit(column)}
      // Dragging the edge is not dragging the column.
      draggable
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
};

import type { KeyboardEvent, ReactElement, ReactNode } from "react";

import { useRowsInView } from "./rows-in-view.ts";

interface RowListProps {
  readonly label: string;
  /** Titles of the columns, and the widths of a CSS grid's columns. */
  readonly titles: readonly ReactNode[];
  readonly template: string;
  readonly count: number;
  readonly keyOf: (at: number) => string;
  /** The cells of a row, in order. */
  readonly renderRow: (at: number) => readonly ReactNode[];
}

const height = 28;

/** A table of which only the rows near the view are elements: ten thousand nodes are as quick as ten. */
export const RowList = ({ label, titles, template, count, keyOf, renderRow }: RowListProps): ReactElement => {
  const { box, look, first, last } = useRowsInView<HTMLDivElement>(count, height);
  const onKeyDown = (event: KeyboardEvent): void => {
    const end = event.key === "End" ? count * height : event.key === "Home" ? 0 : null;
    if (end === null || event.target !== box.current) return;
    event.preventDefault();
    box.current?.scrollTo({ top: end });
  };
  const grid = { gridTemplateColumns: template };
  return (
    <div
      className="row-list"
      ref={box}
      role="table"
      aria-label={label}
      aria-rowcount={count + 1}
      tabIndex={0}
      onScroll={look}
      onKeyDown={onKeyDown}
    >
      <div className="row-list-head" role="row" aria-rowindex={1} style={grid}>
        {titles.map((title, at) => (
          // oxlint-disable-next-line react/no-array-index-key
          <div role="columnheader" className="row-list-cell" key={at}>
            {title}
          </div>
        ))}
      </div>
      <div role="rowgroup" className="row-list-body" style={{ height: count * height }}>
        {Array.from({ length: Math.max(0, last - first) }, (_value, offset) => {
          const at = first + offset;
          const style = { ...grid, height, transform: `translateY(${at * height}px)` };
          return (
            <div role="row" aria-rowindex={at + 2} className="row-list-row" key={keyOf(at)} style={style}>
              {renderRow(at).map((cell, column) => (
                // oxlint-disable-next-line react/no-array-index-key
                <div role="cell" className="row-list-cell" key={column}>
                  {cell}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
};

import { type ReactElement, type ReactNode, useRef, useState } from "react";

import {
  type Filter,
  isWhole,
  type Sort,
  type TableRef,
  type TableView as View,
  wholeView,
} from "../../shared/table/index.ts";
import { toHeadraceError } from "../../shared/errors/index.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { showMessage } from "../ui/messages.tsx";
import { FailedState, LoadingState } from "../ui/state-view.tsx";
import { CellInspector } from "./cell-inspector.tsx";
import { ColumnCard } from "./column-card.tsx";
import { moveColumn, placeColumns } from "./columns-layout.ts";
import { DataGrid } from "./data-grid.tsx";
import { type CellAt, rangeOf, type Selection } from "./selection.ts";
import { copyRange, exportView, makeNode } from "./table-actions.ts";
import { TableBar } from "./table-bar.tsx";
import { useColumnsLayout } from "./use-columns-layout.ts";
import { useFittingWidths } from "./use-fitting-widths.ts";
import { useProfiles } from "./use-profiles.ts";
import { useTable } from "./use-table.ts";
import { fitted, movedTo, nextSort, resized, toggled, turned } from "./view-changes.ts";

const { grid: words } = text;

export interface TableViewProps {
  readonly label: string;
  readonly table: TableRef;
  /** Another one looks at the table again, such as after a run. */
  readonly version?: string;
  /** Under this name columns' widths, order and so on are remembered; `null` forgets them. */
  readonly remember?: string | null;
  /** Before the count, in the same line. */
  readonly lead?: ReactNode;
  /** Beside the message when the table cannot be opened. */
  readonly remedy?: ReactNode;
  /** Beside the count of first rows of something that did not run: how to have all of them. */
  readonly whole?: ReactNode;
  /** A run that reads all of it is under way. */
  readonly isGoing?: boolean;
  /** In place of the rows, such as a chart of them. */
  readonly instead?: ReactNode;
}

const start: Selection = { active: { row: 0, column: 0 }, anchor: { row: 0, column: 0 } };

/** A table with everything a person does to look at it: sort, filter, search, select, copy, export. */
export const TableView = (props: TableViewProps): ReactElement => {
  const { label, table, version = "", remember = null, lead, remedy, whole, isGoing = false, instead } = props;
  const [view, setView] = useState<View>(wholeView);
  const model = useTable(table, view, version);
  const [layout, changeLayout] = useColumnsLayout(remember);
  const ownWidths = useFittingWidths(model);
  const profiles = useProfiles(table, model.opened?.version ?? null);
  const [selection, setSelection] = useState(start);
  const [card, setCard] = useState<{ readonly name: string; readonly near: DOMRect | null } | null>(null);
  const [inspected, setInspected] = useState<CellAt | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const { opened } = model;
  const placed = placeColumns(opened?.columns ?? [], layout, ownWidths);
  const focusGrid = (): void => root.current?.querySelector<HTMLElement>("[role='grid']")?.focus();
  const change = (next: View): void => {
    setView(next);
    // Another view begins at its first row, in the column one was in.
    setSelection(({ active }) => {
      const first = { row: Math.min(0, active.row), column: active.column };
      return { active: first, anchor: first };
    });
  };

  if (opened === null) {
    if (model.error === null) return <LoadingState label={text.preview.loading} />;
    return <FailedState error={model.error}>{remedy}</FailedState>;
  }
  const places = placed.columns.map(({ place }) => place);
  const range = rangeOf(selection);
  const selected = placed.columns.slice(range.fromColumn, range.beforeColumn).map(({ place }) => place);
  const attempt = (work: Promise<unknown>): void => void work.catch(showMessage);
  const sortBy = (sort: Sort | null, isAdded: boolean, name: string): void =>
    change({ ...view, sort: nextSort(view.sort, sort, isAdded, name) });
  const filterBy = (filter: Filter): void => {
    change({ ...view, filters: [...view.filters.filter(({ column }) => column !== filter.column), filter] });
    setCard(null);
    focusGrid();
  };
  const carded = placed.columns.find(({ name }) => name === card?.name);
  const inspectedColumn = inspected === null ? undefined : placed.columns[inspected.column];
  const failure = model.error ?? model.cache?.failure ?? null;

  return (
    <div className="table-view" ref={root}>
      <TableBar
        opened={opened}
        view={view}
        isOpening={model.isOpening}
        isGoing={isGoing}
        hidden={layout.hidden.length}
        search={search}
        lead={lead}
        whole={whole}
        onChange={change}
        onLeave={focusGrid}
        onShowAll={() => changeLayout((former) => ({ ...former, hidden: [] }))}
        onCopy={(format) => attempt(copyRange(table, view, range, selected, format))}
        onExport={(format) => attempt(exportView(table, view, places, format))}
        onMakeNode={table.type === "node" ? () => attempt(makeNode(table.node, view)) : null}
      />
      {failure === null ? null : (
        <div className="grid-failure" role="alert">
          <FailedLine error={failure} onRetry={() => (model.error === null ? model.cache?.retry() : model.reopen())} />
        </div>
      )}
      {instead ?? (
        <div className="table-body">
          <DataGrid
            label={label}
            model={model}
            placed={placed}
            profiles={profiles}
            selection={selection}
            onSelect={(next) => {
              setSelection(next);
              if (inspected !== null && next.active.row >= 0) setInspected(next.active);
            }}
            onInspect={() => setInspected(selection.active)}
            onCopy={() => attempt(copyRange(table, view, range, selected, "tsv"))}
            onFind={() => search.current?.focus()}
            onSort={(name, isAdded) => sortBy(turned(view.sort, name), isAdded, name)}
            onMenu={(name, near) => setCard({ name, near })}
            onFilter={filterBy}
            onResize={(name, width) => changeLayout((former) => resized(former, name, width))}
            onFit={({ name }) => changeLayout((former) => fitted(former, name))}
            onMoveTo={(name, target) => changeLayout((former) => movedTo(former, placed, name, target))}
          />
          {opened.rows === 0 ? (
            <p className="grid-empty">{isWhole(view) ? text.preview.empty : words.emptyView}</p>
          ) : null}
          {carded === undefined ? null : (
            <ColumnCard
              key={carded.name}
              near={card?.near ?? null}
              column={carded}
              sort={view.sort.find(({ column }) => column === carded.name) ?? null}
              isSortedElsewhere={view.sort.some(({ column }) => column !== carded.name)}
              filter={view.filters.find(({ column }) => column === carded.name) ?? null}
              profile={profiles.of(carded.place)}
              allRows={opened.allRows}
              onSort={(sort, isAdded) => sortBy(sort, isAdded, carded.name)}
              onFilter={filterBy}
              onFreeze={() => changeLayout((former) => toggled(former, "frozen", carded.name))}
              onHide={() => {
                changeLayout((former) => toggled(former, "hidden", carded.name));
                setCard(null);
                focusGrid();
              }}
              onMove={(by) => changeLayout((former) => moveColumn(former, placed, carded.name, by))}
              onCountAll={() => profiles.countAll(carded.place).catch(showMessage)}
              onClose={() => {
                setCard(null);
                focusGrid();
              }}
            />
          )}
          {inspected === null || inspectedColumn === undefined || inspected.row < 0 || opened.rows === 0 ? null : (
            <CellInspector
              table={table}
              view={view}
              version={opened.version}
              row={Math.min(inspected.row, opened.rows - 1)}
              column={inspectedColumn}
              place={inspectedColumn.place}
              onClose={() => {
                setInspected(null);
                focusGrid();
              }}
            />
          )}
        </div>
      )}
    </div>
  );
};

const FailedLine = ({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }): ReactElement => {
  const { message, next } = toHeadraceError(error);
  return (
    <>
      <span>{`${message}. ${next}`}</span>
      <Button onClick={onRetry}>{words.retry}</Button>
    </>
  );
};

import { type ReactElement, useState } from "react";

import { Histogram } from "../charts/index.ts";
import type { Filter, Sort } from "../../shared/table/index.ts";
import { text } from "../text/text.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { exactCount } from "../ui/numbers.ts";
import type { PlacedColumn } from "./columns-layout.ts";
import { FilterForm } from "./filter-form.tsx";
import { binFilter, distinctWords, percent } from "./mini-profile.tsx";
import { Popover } from "./popover.tsx";
import type { KnownProfile } from "./use-profiles.ts";

const { grid: words } = text;

export interface ColumnActions {
  readonly onSort: (sort: Sort | null, isAdded: boolean) => void;
  readonly onFilter: (filter: Filter) => void;
  readonly onFreeze: () => void;
  readonly onHide: () => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onCountAll: () => Promise<void>;
}

interface ColumnCardProps extends ColumnActions {
  readonly column: PlacedColumn;
  readonly sort: Sort | null;
  /** Whether the view is sorted by another column. */
  readonly isSortedElsewhere: boolean;
  readonly filter: Filter | null;
  readonly profile: KnownProfile | null;
  readonly allRows: number;
  /** Where its head is on the screen. */
  readonly near: DOMRect | null;
  readonly onClose: () => void;
}

/** Everything about one column: sort, filter, its values, its place. */
export const ColumnCard = (props: ColumnCardProps): ReactElement => {
  const { column, sort, isSortedElsewhere, filter, near, onClose, onSort, onFilter, onFreeze, onHide, onMove } = props;
  const { name, type, isFrozen } = column;
  return (
    <Popover label={words.column(name)} className="column-card" near={near} onClose={onClose}>
      <header className="table-card-head">
        <strong>{name}</strong>
        <span className="column-type">{type}</span>
        <IconButton icon="close" label={text.actions.close} onClick={onClose} />
      </header>
      <h2 className="panel-heading">{words.sort}</h2>
      <div className="card-row">
        <Button
          aria-pressed={sort?.descending === false}
          onClick={() => onSort({ column: name, descending: false }, false)}
        >
          {words.sortUp}
        </Button>
        <Button
          aria-pressed={sort?.descending === true}
          onClick={() => onSort({ column: name, descending: true }, false)}
        >
          {words.sortDown}
        </Button>
        {sort === null && isSortedElsewhere ? (
          <Button onClick={() => onSort({ column: name, descending: false }, true)}>{words.sortAlso}</Button>
        ) : null}
        {sort === null ? null : <Button onClick={() => onSort(null, false)}>{words.sortNone}</Button>}
      </div>
      <h2 className="panel-heading">{words.filter}</h2>
      <FilterForm column={column} filter={filter} onApply={onFilter} />
      <Values {...props} />
      <h2 className="panel-heading">{words.place}</h2>
      <div className="card-row">
        <Button onClick={() => onMove(-1)}>{words.moveLeft}</Button>
        <Button onClick={() => onMove(1)}>{words.moveRight}</Button>
        <Button onClick={onFreeze}>{isFrozen ? words.unfreeze : words.freeze}</Button>
        <Button onClick={onHide}>{words.hide}</Button>
      </div>
    </Popover>
  );
};

const figuresOf = (profile: KnownProfile): readonly string[] => {
  const { nulls, nullsOf, distinct, min, max, mean } = profile;
  return [
    ...(nulls === null ? [] : [words.nulls(`${exactCount(nulls)} (${percent(nulls, nullsOf)})`)]),
    ...(distinct === null ? [] : [distinctWords(profile)]),
    ...(min === null || max === null ? [] : [words.range(min, max)]),
    ...(mean === null ? [] : [words.mean(mean)]),
  ];
};

const Values = ({ column, profile, allRows, onFilter, onCountAll }: ColumnCardProps): ReactElement | null => {
  const [isCounting, setCounting] = useState(false);
  if (profile === null || profile.scope === "metadata") return null;
  const isAll = profile.rows === allRows;
  const countAll = async (): Promise<void> => {
    setCounting(true);
    await onCountAll().finally(() => setCounting(false));
  };
  return (
    <>
      <h2 className="panel-heading">{words.values}</h2>
      <p className="card-figures">{figuresOf(profile).join(" · ")}</p>
      {profile.bins.length > 1 ? (
        <div className="card-histogram">
          <Histogram
            label={`${column.name}: ${figuresOf(profile).join(", ")}`}
            bins={profile.bins}
            onPick={(at) => onFilter(binFilter(column.name, profile.bins, at))}
          />
        </div>
      ) : null}
      <ul className="card-values">
        {profile.bins.map(({ from, to, rows }, at) => (
          <ValueRow
            // Bins of days may have the same name; their places do not.
            // eslint-disable-next-line react/no-array-index-key
            key={at}
            label={profile.bins.length === 1 ? from : `${from} – ${to}`}
            rows={rows}
            of={profile.bins}
            onClick={() => onFilter(binFilter(column.name, profile.bins, at))}
          />
        ))}
        {profile.top.map(({ value, rows }) => (
          <ValueRow
            key={value}
            label={value.trim() === "" ? `'${value}'` : value}
            rows={rows}
            of={profile.top}
            onClick={() => onFilter({ test: "equals", column: column.name, value })}
          />
        ))}
      </ul>
      <p className="panel-hint">
        {isAll ? words.ofAll(text.rows(profile.rows)) : words.ofSample(exactCount(profile.rows), text.rows(allRows))}
      </p>
      {isAll ? null : (
        <Button disabled={isCounting} onClick={() => void countAll()}>
          {isCounting ? words.counting : words.countAll}
        </Button>
      )}
    </>
  );
};

interface ValueRowProps {
  readonly label: string;
  readonly rows: number;
  readonly of: readonly { readonly rows: number }[];
  readonly onClick: () => void;
}

const ValueRow = ({ label, rows, of, onClick }: ValueRowProps): ReactElement | null => {
  if (rows === 0) return null;
  const most = Math.max(1, ...of.map((entry) => entry.rows));
  return (
    <li>
      <button type="button" className="value-row" onClick={onClick}>
        <span className="value-bar" style={{ width: `${(rows / most) * 100}%` }} />
        <span className="value-label">{label}</span>
        <span className="hidden-visually">: </span>
        <span className="value-rows">{exactCount(rows)}</span>
      </button>
    </li>
  );
};

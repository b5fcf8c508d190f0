import { type ReactElement, type RefObject, useEffect, useState } from "react";

import type { OpenedTable } from "../../shared/api/index.ts";
import { isWhole, type TableView, wholeView } from "../../shared/table/index.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { exactCount } from "../ui/numbers.ts";
import { useLatest } from "../ui/use-latest.ts";
import { filterWords, sortWords } from "./filter-words.ts";

const { grid: words } = text;

/** What the rows shown are of: never a silent sample. */
export const coverageOf = (opened: OpenedTable, view: TableView, isGoing = false): string => {
  const { rows, allRows, isCut, samples, head } = opened;
  if (head !== null) return headCoverage(opened, head, view, isGoing);
  const all = isCut ? words.cut(text.rows(allRows)) : words.all(text.rows(allRows));
  const isFiltered = view.filters.length > 0 || view.search !== "";
  const shown = isFiltered ? words.some(exactCount(rows), isCut ? all : text.rows(allRows)) : all;
  const from = samples.map((sample) =>
    words.sample(exactCount(sample.rows), sample.input, sample.of === null ? null : exactCount(sample.of)),
  );
  return [shown, ...from].join(", ");
};

const headCoverage = (
  { rows, allRows }: OpenedTable,
  { of, isAll }: NonNullable<OpenedTable["head"]>,
  { filters, search }: TableView,
  isGoing: boolean,
): string => {
  const total = text.rows(allRows);
  const all = isAll ? words.allOf(total, of) : words.headOf(total, of);
  const shown = filters.length > 0 || search !== "" ? words.some(exactCount(rows), all) : all;
  if (isAll) return shown;
  return isGoing ? words.countFollows(shown) : words.notRun(shown);
};

interface SearchProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly input: RefObject<HTMLInputElement | null>;
  /** Leaves the field for the rows. */
  readonly onLeave: () => void;
}

const settleMilliseconds = 300;

/** Looks for a text in every column, a moment after typing stops. */
export const SearchField = ({ value, onChange, input, onLeave }: SearchProps): ReactElement => {
  // What is typed begins anew when the search itself is another one.
  const [draft, setDraft] = useState({ of: value, typed: value });
  const typed = draft.of === value ? draft.typed : value;
  const setTyped = (next: string): void => setDraft({ of: value, typed: next });
  const latest = useLatest(onChange);
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => latest.get()(typed), settleMilliseconds);
    return () => clearTimeout(timer);
  }, [typed, value, latest]);
  return (
    <span className="grid-search">
      <Icon name="search" size={13} />
      <input
        type="search"
        className="field"
        ref={input}
        aria-label={words.search}
        placeholder={words.search}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") latest.get()(typed);
          if (event.key === "Escape" && typed !== "") setTyped("");
          else if (event.key !== "Enter" && event.key !== "ArrowDown" && event.key !== "Escape") return;
          else onLeave();
          event.preventDefault();
          event.stopPropagation();
        }}
      />
    </span>
  );
};

interface ChipsProps {
  readonly view: TableView;
  readonly onChange: (view: TableView) => void;
}

/** The filters and sorts of a view, each to be taken away. */
export const ViewChips = ({ view, onChange }: ChipsProps): ReactElement | null => {
  if (isWhole(view)) return null;
  const { filters, sort } = view;
  return (
    <span className="chips">
      {filters.map((filter, at) => (
        <Chip
          key={filterWords(filter)}
          words={filterWords(filter)}
          onRemove={() => onChange({ ...view, filters: filters.filter((_other, place) => place !== at) })}
        />
      ))}
      {sort.map((entry) => (
        <Chip
          key={entry.column}
          words={sortWords(entry)}
          onRemove={() => onChange({ ...view, sort: sort.filter((other) => other !== entry) })}
        />
      ))}
      {filters.length + sort.length > 1 || view.search !== "" ? (
        <Button look="quiet" onClick={() => onChange(wholeView)}>
          {words.clearView}
        </Button>
      ) : null}
    </span>
  );
};

const Chip = ({ words: label, onRemove }: { readonly words: string; readonly onRemove: () => void }): ReactElement => (
  <button
    type="button"
    className="chip"
    aria-label={words.removeChip(label)}
    title={words.removeChip(label)}
    onClick={onRemove}
  >
    <span>{label}</span>
    <Icon name="close" size={10} />
  </button>
);

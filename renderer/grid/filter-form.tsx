import { type FormEvent, type ReactElement, useId, useState } from "react";

import { type Filter, type FilterTest, typeClass } from "../../shared/table/index.ts";
import { text } from "../text/text.ts";
import type { TableColumn } from "./columns-layout.ts";

const { grid: words } = text;

interface FilterFormProps {
  readonly column: TableColumn;
  /** The filter that the column has; `null` for none. */
  readonly filter: Filter | null;
  readonly onApply: (filter: Filter) => void;
}

interface Draft {
  readonly test: FilterTest;
  readonly value: string;
  readonly to: string;
}

const draftOf = ({ type }: TableColumn, filter: Filter | null): Draft => {
  const usual: FilterTest = typeClass(type) === "text" || typeClass(type) === "nested" ? "contains" : "equals";
  if (filter === null) return { test: usual, value: "", to: "" };
  const { test } = filter;
  if (filter.test === "range") return { test, value: filter.from ?? "", to: filter.to ?? "" };
  if (filter.test === "in") return { test, value: filter.values.map((value) => value ?? "NULL").join("\n"), to: "" };
  return { test, value: "value" in filter ? filter.value : "", to: "" };
};

const filterOf = (column: string, { test, value, to }: Draft): Filter => {
  switch (test) {
    case "range":
      return { test, column, from: value === "" ? null : value, to: to === "" ? null : to, isBelow: false };
    case "in":
      return { test, column, values: value.split("\n").map((line) => (line === "NULL" ? null : line)) };
    case "null":
    case "not-null":
      return { test, column };
    default:
      return { test, column, value };
  }
};

const tests = Object.keys(words.tests) as readonly FilterTest[];

/** What a column's values are to be like. */
export const FilterForm = ({ column, filter, onApply }: FilterFormProps): ReactElement => {
  const [draft, setDraft] = useState(() => draftOf(column, filter));
  const id = useId();
  const change = (part: Partial<Draft>): void => setDraft((former) => ({ ...former, ...part }));
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    onApply(filterOf(column.name, draft));
  };
  return (
    <form className="filter-form" onSubmit={onSubmit}>
      <select
        className="field"
        aria-label={words.filterTest}
        value={draft.test}
        onChange={(event) => change({ test: event.target.value as FilterTest })}
      >
        {tests.map((test) => (
          <option key={test} value={test}>
            {words.tests[test]}
          </option>
        ))}
      </select>
      <Value id={id} draft={draft} change={change} />
      <button type="submit" className="button button-primary">
        {words.apply}
      </button>
    </form>
  );
};

interface ValueProps {
  readonly id: string;
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
}

const Value = ({ id, draft, change }: ValueProps): ReactElement | null => {
  const { test, value, to } = draft;
  if (test === "null" || test === "not-null") return null;
  if (test === "in") {
    return (
      <textarea
        id={id}
        className="field code"
        rows={3}
        aria-label={words.filterValues}
        placeholder={words.filterValues}
        value={value}
        onChange={(event) => change({ value: event.target.value })}
      />
    );
  }
  const from = test === "range" ? words.filterFrom : words.filterValue;
  return (
    <>
      <input
        id={id}
        className="field"
        aria-label={from}
        placeholder={from}
        value={value}
        onChange={(event) => change({ value: event.target.value })}
      />
      {test === "range" ? (
        <input
          className="field"
          aria-label={words.filterTo}
          placeholder={words.filterTo}
          value={to}
          onChange={(event) => change({ to: event.target.value })}
        />
      ) : null}
    </>
  );
};

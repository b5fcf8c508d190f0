import type { CatalogueEntry } from "./entry.ts";

export const aggregationErrors = {
  aggregation_nothing: {
    message: "{node} names nothing to compute",
    next: "Add `features:` (a column with `basic:` functions) or `aggregations:` (a column and a function).",
    exit: 2,
  },
  aggregation_no_input: {
    message: "{node} has no rows to aggregate: it reads no node",
    next: "Add `inputs: [{ref: kind.name}]`.",
    exit: 2,
  },
  aggregation_column_unnamed: {
    message: "{node}: {function} in {place} does not say of which column",
    next: "Add `column:`; only count works without one and counts rows.",
    exit: 2,
  },
  aggregation_functions_missing: {
    message: "{node}: {place} lists no functions",
    next: "Add `basic:`, `rolling:`, `ratio:` or `since:` to it, or leave it out.",
    exit: 2,
  },
  aggregation_function_unknown: {
    message: "{node}: there is no function {function} (in {place})",
    next: "Use one of: {known}.",
    exit: 2,
  },
  aggregation_fill_invalid: {
    message: "{node}: {function} in {place} gives numbers, and its fill is {fill}",
    next: "Write a number, or leave `fill:` out.",
    exit: 2,
  },
  aggregation_time_missing: {
    message: "{node} looks at time ({what}), but nothing says when a row happened",
    next: "Add `time_column: <column>` to {node}{or}.",
    exit: 2,
  },
  aggregation_time_twice: {
    message: "{node} names two time columns: feature_date_col {first} and time_column {second}",
    next: "They are two spellings of one key: keep one.",
    exit: 2,
  },
  aggregation_time_invalid: {
    message: "{node}: {key} is {value}, which is neither a date nor a time",
    next: "Write 2024-06-30, 2024-06-30T12:00:00 or 2024-06-30T12:00:00Z, or for as_of $date, $start or $end.",
    exit: 2,
  },
  aggregation_interval_missing: {
    message: "{node}: {key} is {value}, but this run was given no --{option}",
    next: "Run with --{option}, or write a date.",
    exit: 2,
  },
  aggregation_zone_unknown: {
    message: "{node}: there is no time zone {timezone}",
    next: "Write a name such as Europe/Berlin, America/New_York or UTC.",
    exit: 2,
  },
  aggregation_mode_windows: {
    message: "{node} has mode: none, which looks at no time, but {what}",
    next: "Leave `mode` out, or the windows.",
    exit: 2,
  },
  aggregation_mode_key: {
    message: "{node} has mode: {mode}, which needs `{key}`",
    next: "Add `{key}: {example}`.",
    exit: 2,
  },
  aggregation_mode_conflict: {
    message: "{node} has mode: {mode}, which does not go with {what}",
    next: "{remedy}",
    exit: 2,
  },
  aggregation_names_collide: {
    message: "{node} would make two columns called {column}: {first} and {second}",
    next: "Give one of them a `name:` of its own.",
    exit: 2,
  },
  aggregation_tables_collide: {
    message: "{node} would make two tables called {table}: by {first} and by {second}",
    next: "Move one of the groupings to a node of its own.",
    exit: 2,
  },
  aggregation_column_missing: {
    message: "{node} reads the column {column} ({use}), which {input} does not have",
    next: "{suggestion}",
    exit: 1,
  },
  aggregation_column_type: {
    message: "{node}: {use} needs {wanted}, but {column} of {input} is {type}",
    next: "Cast it where it is made, or give {node} `transform: select * replace ({column}::{cast} as {column}) from ref('…')`.",
    exit: 1,
  },
  aggregation_keys_differ: {
    message: "{node}: {column} is {type} in {input} and {other_type} in {other}, so no row would be found",
    next: "Cast one of them to the other's type.",
    exit: 1,
  },
  aggregation_name_taken: {
    message: "{node} keeps the columns of {input}, which has a {column} already",
    next: "Give the aggregate another `name:`.",
    exit: 1,
  },
  aggregation_filter_invalid: {
    message: "{node}: the condition `{filter}` cannot be used: {detail}",
    next: "Write a condition on the columns of {input}: {columns}.",
    exit: 1,
  },
  aggregation_filter_volatile: {
    message: "{node}: the condition `{filter}` uses {functions}, which give another value on each run",
    next: "Use $date, $start or $end: they are the run's logical date and interval.",
    exit: 2,
  },
} as const satisfies Record<string, CatalogueEntry>;

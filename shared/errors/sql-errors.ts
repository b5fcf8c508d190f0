import type { CatalogueEntry } from "./entry.ts";

export const sqlErrors = {
  sql_failed: {
    message: "The SQL of {node} failed: {detail}",
    next: "Correct the SQL; `headrace preview` shows the tables it reads.",
    exit: 1,
  },
  sql_out_of_memory: {
    message: "The SQL of {node} needs more memory than it may use: {detail}",
    next: "Give the node `resources: {memory: …}`, run fewer nodes at a time, or make the query smaller.",
    exit: 1,
  },
  sql_value_too_large: {
    message: "Column {column} of {node} holds {value} in row {row}: parquet stores {type} with at most 38 digits",
    next: "Cast the column to VARCHAR or DOUBLE in the SQL, or leave the row out.",
    exit: 1,
  },
  sql_type_unstorable: {
    message: "Column {column} is of type {type}, which has a struct without field names where parquet needs them",
    next: "Give the fields names: {'a': 1, 'b': 2} in place of row(1, 2).",
    exit: 1,
  },
  sql_not_select: {
    message: "A transform is one SELECT, but {node} has {found}",
    next: "Keep one SELECT (WITH, FROM-first, VALUES and PIVOT included); materializations write results.",
    exit: 2,
  },
  sql_syntax: {
    message: "The SQL of {node} cannot be read: {detail}",
    next: "Correct the SQL at the place shown.",
    exit: 2,
  },
  sql_unlistable: {
    message: "The tables that {node} reads cannot be known before it runs: {detail}",
    next: "Name each table in FROM or JOIN with ref('kind.name'), so that it runs after them and again when they change.",
    exit: 2,
  },
  sql_unknown_table: {
    message: "{node} reads {table}, which is not one of its inputs ({known})",
    next: "Write ref('kind.name') for a node of this project, or add it to `inputs`.",
    exit: 2,
  },
  sql_input_unreadable: {
    message: "{node} cannot read the output of {input}: {detail}",
    next: "Make it again: run {input} with --full.",
    exit: 1,
  },
  sql_reaches_outside: {
    message: "{node} uses {detail}, which reaches beyond its inputs",
    next: "Read files and databases in a node of kind source and refer to that.",
    exit: 2,
  },
  sql_parameter_missing: {
    message: "The SQL of {node} uses ${parameter}, which has no value",
    next: "Add it under `params` of the node.",
    exit: 2,
  },
  sql_host_lost: {
    message: "The process that ran the SQL of {node} ended unexpectedly ({how})",
    next: "Run again; if it happens twice, give the node `resources: {memory: …}` or make the query smaller.",
    exit: 1,
  },
  extension_unavailable: {
    message: "DuckDB's {name} extension cannot be loaded here: {why}",
    next: "Run `headrace demo` or `headrace db start` once with a network, which fetches it, or install it beside DuckDB.",
    exit: 1,
  },
  connector_failed: {
    message: "Reading or writing outside the project failed for {node}: {detail}",
    next: "Check the file or connection that the node names.",
    exit: 1,
  },
  parquet_damaged: {
    message: "{file} is not a whole parquet file: {detail}",
    next: "Make the file again: run the node that writes it with --full.",
    exit: 1,
  },
} as const satisfies Record<string, CatalogueEntry>;

import type { CatalogueEntry } from "./entry.ts";

export const runErrors = {
  internal_error: {
    message: "Headrace met a state it should not be in: {what}",
    next: "Please report this with the output of the same command and --verbose.",
    exit: 1,
  },
  cancelled: {
    message: "Cancelled",
    next: "Run the same command again: it resumes where it stopped.",
    exit: 130,
  },
  project_locked: {
    message: "Another run of this project is under way (its lock is in {path})",
    next: "Wait for it or cancel it; looking at tables needs no lock.",
    exit: 2,
  },
  state_newer: {
    message: "{path} was written by a newer Headrace (schema version {found}; this one reads up to {known})",
    next: "Use that version, or move the file away: everything then runs once more.",
    exit: 2,
  },
  project_has_errors: {
    message: "The project has errors ({count}); the first: {first}",
    next: "Run `headrace validate` for all of them with their places.",
    exit: 2,
  },
  executor_not_found: {
    message: "Nodes of kind {kind} cannot be run by this version ({node})",
    next: "Use one of the kinds {known}, or disable the node (`enabled: false`) to run the rest.",
    exit: 2,
  },
  engine_not_available: {
    message: "{node} needs {what}, which is not part of this version",
    next: "Use the duckdb engine and a file, SQLite or PostgreSQL source, or disable the node.",
    exit: 1,
  },
  environment_not_available: {
    message: "--env is recognised, but environments are not part of this version",
    next: "Use --profile to read another profile.",
    exit: 2,
  },
  node_timeout: {
    message: "{node} took longer than its timeout of {seconds} s and was stopped",
    next: "Raise `timeout:` on the node or --timeout, or make the node smaller.",
    exit: 1,
  },
  node_not_found: {
    message: "There is no node {node}",
    next: "{suggestion}",
    exit: 2,
  },
  query_failed: {
    message: "The query failed: {detail}",
    next: "Correct the SQL; a table's columns are what its preview shows.",
    exit: 1,
  },
  query_refused: {
    message: "The query cannot be run: {detail}",
    next: "Write one SELECT over nodes, e.g. `select * from transform.orders limit 10`.",
    exit: 2,
  },
  output_missing: {
    message: "{node} has no output yet",
    next: "Make it with `headrace run +{node}`.",
    exit: 1,
  },
  extra_table_missing: {
    message: "{node} reads {table}, but {owner} makes no such table (it makes {known})",
    next: "Write one of those names.",
    exit: 1,
  },
  output_changed: {
    message: "The output of {node} is not the file that its run wrote",
    next: "Run it again: `headrace run {node}`.",
    exit: 1,
  },
  parameter_missing: {
    message: "The SQL of {node} binds ${parameter}, which has no value",
    next: "Give it under `params:` of the node or `vars:` of the project.",
    exit: 2,
  },
  body_missing: {
    message: "{node} has neither SQL nor a Python function",
    next: "Add `transform:` with one SELECT, or `file:` and `function:`.",
    exit: 2,
  },
  hook_failed: {
    message: "The {when} hook of {node} failed: {detail}",
    next: "Correct the hook or what it checks, then run again.",
    exit: 1,
  },
  targets_failed: {
    message: "{node}: {failed} of {total} targets could not be written: {detail}",
    next: "The node's table is kept; the next run writes only the failed targets.",
    exit: 1,
  },
  run_not_found: {
    message: "There is no run {run}",
    next: "`headrace history` lists the runs.",
    exit: 2,
  },
  run_id_invalid: {
    message: "{run} cannot be a run id: use letters, digits, '-' and '_', at most 80, and one that is not taken",
    next: "Leave --run-id out to get one made.",
    exit: 2,
  },
} as const satisfies Record<string, CatalogueEntry>;

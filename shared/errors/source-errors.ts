import type { CatalogueEntry } from "./entry.ts";

export const sourceErrors = {
  // What the node's file says.
  source_type_missing: {
    message: "{node} does not say what it reads",
    next: "Add `source:` with one of {known}.",
    exit: 2,
  },
  source_place_missing: {
    message: "{node} does not say where its data is: {what} is missing",
    next: "{how}",
    exit: 2,
  },
  source_url_refused: {
    message: "{node} names a URL ({path}); sources read files and databases",
    next: "Download the file into the project and name its path, e.g. `table: data/orders.csv`.",
    exit: 2,
  },
  source_option_unknown: {
    message: "{node} has an option that {type} sources do not know: params.{option}",
    next: "{suggestion}",
    exit: 2,
  },
  source_option_invalid: {
    message: "{node} cannot use params.{option}: {detail}",
    next: "Correct or remove params.{option}.",
    exit: 2,
  },
  source_data_type_unknown: {
    message: "{node} declares column {column} with a data type that does not exist: {type}",
    next: "{suggestion}",
    exit: 2,
  },
  source_column_twice: {
    message: "{node} declares column {column} twice",
    next: "Remove one of the two; capitals do not make another column.",
    exit: 2,
  },
  source_connection_wrong: {
    message: "{node} reads {wanted}, but the connection {connection} is {found}",
    next: "Name a connection of the right type, or write `source: database` to take the connection's own.",
    exit: 2,
  },
  source_watermark_useless: {
    message: "{node} has `cache.watermark`, which only database sources have a use for",
    next: "Remove it: a file is read again when its bytes change.",
    exit: 2,
  },
  source_freshness_incomplete: {
    message: "{node} checks freshness, but a database table has no age of its own",
    next: "Add `freshness.time_column` with the column that says when a row was written.",
    exit: 2,
  },

  // Files.
  source_file_missing: {
    message: "The source file {path} does not exist",
    next: "Correct the path; it is relative to the project folder.",
    exit: 1,
  },
  source_file_unreadable: {
    message: "{path} cannot be read: {detail}",
    next: "Correct what the message names, then run again.",
    exit: 1,
  },
  source_file_empty: {
    message: "{path} is empty",
    next: "Export it again, or disable the node (`enabled: false`) until there is data.",
    exit: 1,
  },
  source_format_unknown: {
    message: "{file} has no ending that tells its format",
    next: "Drop a .csv, .tsv, .parquet, .json or .jsonl file (.csv.gz and .csv.zst too), or add a source and choose.",
    exit: 1,
  },
  source_file_binary: {
    message: "{path} is not a text file: {detail}",
    next: "{how}",
    exit: 1,
  },
  source_file_damaged: {
    message: "{path} is damaged: {detail}",
    next: "Fetch or export the file again; nothing of it was used.",
    exit: 1,
  },
  source_encoding_wrong: {
    message: "{path}, line {line}: these bytes are not {encoding}",
    next: "Name the file's real encoding, e.g. `params: {encoding: windows-1252}`, or save it as UTF-8.",
    exit: 1,
  },
  source_schema_differs: {
    message: "{path} and {other} do not have the same columns: {detail}",
    next: "Make them alike, or read them with two source nodes.",
    exit: 1,
  },
  source_column_missing: {
    message: "{path} has no column {column}, which {node} declares",
    next: "{suggestion}",
    exit: 1,
  },
  source_column_extra: {
    message: "{path} has a column {column}, which {node} does not declare",
    next: "Add {column} to the declared columns, or remove the declaration of all columns.",
    exit: 1,
  },
  source_value_wrong: {
    message: "{path}, {place}, column {column}: {value} is not {type} without loss",
    next: "Correct the value, or declare another type for {column} (VARCHAR takes anything).",
    exit: 1,
  },

  // CSV.
  csv_ragged: {
    message: "{path}, line {line}: {found} fields where {expected} are expected",
    next: "Correct the line; if the columns begin further down, say `params: {skip: <lines>}`.",
    exit: 1,
  },
  csv_quotes_wrong: {
    message: "{path}, line {line}: {detail}",
    next: "Correct the quotes, or name the file's own with `params: {quote: …, escape: …}`.",
    exit: 1,
  },
  csv_one_column: {
    message: "{path} comes out as a single column, but its first line looks separated by {likely}",
    next: "Write `params: {delimiter: {likely}}`.",
    exit: 1,
  },
  csv_header_unclear: {
    message: "{path}: the first line looks like data, not like column names ({line})",
    next: "Write `params: {header: true}` or `{header: false}`.",
    exit: 1,
  },
  csv_header_twice: {
    message: "{path}: the columns {first} and {second} have the same name, {column}",
    next: "Rename one, or read by position: `params: {header: false, skip: 1}` with a `schema:`.",
    exit: 1,
  },

  // JSON.
  json_damaged: {
    message: "{path}, line {line}: this is not JSON: {detail}",
    next: "Correct the line; `source: json` reads one array or object, `source: jsonl` one object a line.",
    exit: 1,
  },
  json_not_records: {
    message: "{path}, {place}: an object with columns is expected, but this is {found}",
    next: 'Make every record an object, e.g. {"id": 1}.',
    exit: 1,
  },
  json_number_inexact: {
    message: "{path}, {place}: the number {value} has more digits than JSON readers keep",
    next: 'Write it as a text ("…"), which is read to the last digit.',
    exit: 1,
  },
  json_key_twice: {
    message: "{path}, {place}: the key {column} occurs twice",
    next: "Remove or rename one of the two.",
    exit: 1,
  },

  // Databases.
  source_table_missing: {
    message: "There is no table {table} in {where}",
    next: "{suggestion}",
    exit: 1,
  },
  source_query_failed: {
    message: "The query of {node} failed in {where}: {detail}",
    next: "Correct the query; it is written in the server's own dialect.",
    exit: 1,
  },
  source_query_not_select: {
    message: "The query of {node} is not one SELECT: {detail}",
    next: "Keep one SELECT; sources never write.",
    exit: 2,
  },
  source_parameter_missing: {
    message: "The query of {node} binds ${parameter}, which has no value",
    next: "Give it under `params:` of the node; $date, $start and $end come from the run.",
    exit: 2,
  },
  source_head_slow: {
    message: "{where} has not given the first rows of {table} within {seconds} s",
    next: "Run {node} to read all of it, however long that takes. A view may have to be computed whole before its first row, and a table may be locked by somebody else.",
    exit: 1,
  },
  source_watermark_failed: {
    message: "The watermark query of {node} failed in {where}: {detail}",
    next: "Correct `cache.watermark`: one SELECT on the source, whose answer changes with the data.",
    exit: 1,
  },
  source_no_columns: {
    message: "{node} reads no columns from {where}",
    next: "Name a table or a query that has some.",
    exit: 1,
  },
  source_rows_differ: {
    message: "{path}: {found} rows arrived where {expected} were sent; nothing of it was used",
    next: "Run again; if it happens twice, please report it with the file's first lines.",
    exit: 1,
  },

  // Freshness.
  source_stale: {
    message: "{node} is too old: its newest data is from {newest}, {age} ago, and {limit} is the limit",
    next: "See why the source is not written any more, or raise `freshness.error_after`.",
    exit: 1,
  },
} as const satisfies Record<string, CatalogueEntry>;

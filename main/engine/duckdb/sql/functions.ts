/** Table functions that compute from their arguments alone; every other one may read what is not an input. */
export const tableFunctions: ReadonlySet<string> = new Set([
  "generate_series",
  "range",
  "unnest",
  "repeat",
  "repeat_row",
  "json_each",
  "json_tree",
  "icu_calendar_names",
  "pg_timezone_names",
  "test_all_types",
]);

/** Functions that give another value on each run or depend on the session. */
export const volatileFunctions: ReadonlySet<string> = new Set([
  "now",
  "today",
  "current_localtime",
  "current_localtimestamp",
  "get_current_time",
  "get_current_timestamp",
  "transaction_timestamp",
  "statement_timestamp",
  "clock_timestamp",
  "random",
  "setseed",
  "uuid",
  "uuidv4",
  "uuidv7",
  "gen_random_uuid",
  "nextval",
  "currval",
  "txid_current",
  "current_query_id",
  "current_transaction_id",
  "current_connection_id",
  "pg_backend_pid",
]);

/** Names that stand for such a function without parentheses. */
export const sessionNames: ReadonlySet<string> = new Set([
  "current_date",
  "current_time",
  "current_timestamp",
  "localtime",
  "localtimestamp",
]);

/** Functions that take tables by name; with names in quotes they can be listed. */
export const lookupFunctions: ReadonlySet<string> = new Set(["query_table"]);

/** Functions that run or bind SQL they are given as text, or reach out of the query. */
export const refusedFunctions: ReadonlySet<string> = new Set([
  "query",
  "json_execute_serialized_sql",
  "json_serialize_plan",
  "getenv",
  "write_log",
]);

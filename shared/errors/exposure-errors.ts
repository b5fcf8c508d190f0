import type { CatalogueEntry } from "./entry.ts";

export const exposureErrors = {
  exposure_no_input: {
    message: "{node} exposes nothing: it reads no table",
    next: "Add `inputs: [{ref: kind.name}]`.",
    exit: 2,
  },
  exposure_inputs_several: {
    message: "{node} hands out one table and reads {count}: {inputs}",
    next: "Leave one in `inputs`, or join them in a transform that the exposure reads. What only reads (dashboard, report, notebook, ml, application; without uses, contract, path and targets) may have several.",
    exit: 2,
  },
  exposure_path_missing: {
    message: "{node} has type file and does not say where the file goes",
    next: "Add `params: {path: exports/{name}.csv}`.",
    exit: 2,
  },
  exposure_path_refused: {
    message: "{node} cannot write {path}: {why}",
    next: "Give `params.path` a file or folder of its own inside the project, e.g. exports/{name}.csv.",
    exit: 2,
  },
  exposure_format_missing: {
    message: "{node} does not say which format {path} has",
    next: "Add `format:` (csv, parquet, json, jsonl, xlsx or arrow), or end the path in one of them.",
    exit: 2,
  },
  exposure_option_refused: {
    message: "{node}: {option} cannot be used: {why}",
    next: "Change or remove that key.",
    exit: 2,
  },
  exposure_target_missing: {
    message: "{node} has type database and no target",
    next: "Add `materializations: [{connection: …, table: schema.table}]`: its table is written there.",
    exit: 2,
  },
  exposure_column_missing: {
    message: "{node}: {key} names {column}, which {input} does not have",
    next: "{suggestion}",
    exit: 1,
  },
  exposure_contract_broken: {
    message: "{node}: its contract with who reads it is broken: {detail}; nothing was handed out",
    next: "Correct the data of {input}, or agree on another contract and write it down in {node}.",
    exit: 3,
  },
  exposure_contract_file: {
    message: "{node}: its contract {file} cannot be read: {detail}",
    next: "Correct the file; its keys are schema, primary_key, freshness and rows.",
    exit: 2,
  },
  exposure_too_large: {
    message: "{node}: {found} do not fit in one {format} file, which holds {limit}",
    next: "Use `format: csv` or parquet, or expose fewer rows and columns (`uses`).",
    exit: 1,
  },
  exposure_value_refused: {
    message: "{node}: {format} cannot hold {value} in column {column}, row {row}",
    next: "Cast or replace it in a transform before the exposure, or use `format: parquet`.",
    exit: 1,
  },
  exposure_write_failed: {
    message: "{node} could not write {path}: {detail}",
    next: "See that the folder can be written to and has room, then run the node again; what was there is as it was.",
    exit: 1,
  },
  exposure_token_missing: {
    message: "{node}: {key} needs {token}, which the environment does not have",
    next: "Set {token} in the environment or in .env, then run again.",
    exit: 2,
  },
  exposure_url_invalid: {
    message: "{node}: the url {url} is not valid: {why}",
    next: "Correct `url`, e.g. https://dashboard.example.com/sales.",
    exit: 1,
  },
  exposure_header_invalid: {
    message: "{node}: the header {header} cannot be sent: {why}",
    next: "Correct `params.headers`: plain names, values on one line.",
    exit: 2,
  },
  exposure_unknown: {
    message: "There is no API {name} in this project",
    next: "{suggestion}",
    exit: 2,
  },
  exposure_query_invalid: {
    message: "{detail}",
    next: "Filters are column=op.value (eq, ne, gt, gte, lt, lte, like, in, is), besides columns, order, limit and offset.",
    exit: 2,
  },
  exposure_nothing_served: {
    message: "This project has no exposure of type api",
    next: "Add one: `kind: exposure`, `type: api`, `inputs: [{ref: kind.name}]`.",
    exit: 2,
  },
  serve_token_weak: {
    message: "HEADRACE_TOKEN is too short or holds characters that a header cannot",
    next: "Use at least 32 letters and digits, e.g. of `openssl rand -hex 32`, or leave it out.",
    exit: 2,
  },
} as const satisfies Record<string, CatalogueEntry>;

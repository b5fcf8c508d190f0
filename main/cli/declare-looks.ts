import type { Command } from "commander";

import { type Binding, examples } from "./declare.ts";
import { addProject } from "./declare-options.ts";
import { every, offset, rowCount } from "./option-values.ts";

/** How many rows, and in which form. */
export const addFormats = (command: Command): Command =>
  command
    .option("-n, --limit <rows>", "how many rows", rowCount, 20)
    .option("--offset <rows>", "rows to leave out first", offset, 0)
    .option("--csv", "comma-separated values: NULL is nothing, an empty text is two quotes")
    .option("--json", "one JSON object a row");

export function declareLooks(program: Command, binding: Binding): void {
  const preview = program
    .command("preview")
    .argument("<node>", "a node's id or name")
    .summary("show the first rows of a node's output")
    .description("Prints rows of a node's present output, exactly as they are stored.");
  addFormats(addProject(preview))
    .option("--sort <column>", "order by a column, -column for the other way; may be repeated", every)
    .option("--search <text>", "only rows with this text in some column, in any case")
    .option("-v, --verbose", "stack traces");
  binding.on(preview, () => import("./commands/preview.ts"));
  examples(preview, {
    "preview orders": "the first 20 rows",
    "preview transform.orders -n 5 --offset 1000000": "rows from deep inside",
    "preview orders -n 1000 --csv > orders.csv": "rows for a spreadsheet",
    "preview orders --sort -amount --sort id -n 10": "the ten largest",
    "preview orders --search refund": "rows that mention something",
  });

  const query = program
    .command("query")
    .argument("<sql>", "one SELECT in DuckDB's dialect; - reads it from standard input")
    .summary("ask the present outputs in SQL")
    .description("Runs one SELECT over the present outputs of all nodes; nothing is changed.");
  addFormats(addProject(query)).option("-v, --verbose", "stack traces");
  binding.on(query, () => import("./commands/query.ts"));
  examples(query, {
    "query \"select status, count(*) from ref('transform.orders') group by all\"": "a summary of one node",
    "query - --json < report.sql": "a query from a file, for another program",
  });

  const inspect = program
    .command("inspect")
    .argument("<node>", "a node's id or name")
    .summary("show everything known about a node")
    .description("Prints a node's definition, inputs, dependents, columns, last run, targets and files.");
  addProject(inspect).option("--json", "one JSON object").option("-v, --verbose", "the whole definition");
  binding.on(inspect, () => import("./commands/inspect.ts"));
  examples(inspect, { "inspect orders": "where it comes from, what it has, who uses it" });

  const lineage = program
    .command("lineage")
    .argument("[node]", "a node, or one of its columns as node.column; the whole graph when left out")
    .summary("show where columns come from and where they go")
    .description("Follows nodes and columns up and down the pipeline, as far as SQL and settings tell. Runs nothing.");
  addProject(lineage)
    .option("--up", "only what it is made of")
    .option("--down", "only what is made of it")
    .option("--depth <steps>", "how many steps away at most", rowCount)
    .option("--breaks", "what breaks if the column goes")
    .option("--mermaid", "a Mermaid flowchart")
    .option("--json", "one JSON object")
    .option("-v, --verbose", "stack traces");
  binding.on(lineage, () => import("./commands/lineage.ts"));
  examples(lineage, {
    "lineage orders": "each column of a node and what it is made of",
    "lineage source.orders.amount --down": "everything that depends on a column",
    "lineage source.orders.amount --breaks": "what would fail without it",
    "lineage orders.total --mermaid": "a drawing for a document",
  });

  const validate = program
    .command("validate")
    .summary("check every file without running anything")
    .description("Prints every problem of the project with its place. Exit code 2 when one of them is an error.");
  addProject(validate).option("--json", "one JSON object a problem").option("-v, --verbose", "causes of problems");
  binding.on(validate, () => import("./commands/validate.ts"));
  examples(validate, { validate: "all problems at once, e.g. before a commit" });

  const history = program
    .command("history")
    .argument("[run]", "a run's id: shows its nodes")
    .argument("[other]", "another run's id: shows what it did otherwise")
    .summary("list past runs, show one or compare two")
    .description("Lists runs, newest first, or the nodes of one run, or two runs node by node.");
  addProject(history)
    .option("-n, --limit <runs>", "how many runs", rowCount, 20)
    .option("--json", "one JSON object a line: runs, or the events of one run; a comparison is one object")
    .option("-v, --verbose", "logs of the run and every reason; in a comparison also the nodes that came out alike");
  binding.on(history, () => import("./commands/history.ts"));
  examples(history, {
    history: "the last 20 runs",
    "history 20240131-101500": "what that run did",
    "history 20240130-101500 20240131-101500": "what the second did otherwise than the first",
  });
}

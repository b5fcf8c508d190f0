import type { Command } from "commander";

import { day, list, moment } from "./option-values.ts";

/** `-C folder` and `--profile`: every command that opens a project has them. */
export const addProject = (command: Command): Command =>
  command
    .option("-C, --project <folder>", "the project's folder; the nearest one above when left out")
    .option("--profile <name>", "a profile's name or the path of a profiles file");

/** Which nodes a command is about, and at which logical time. */
export const addSelection = (command: Command): Command =>
  addProject(
    command.argument(
      "[selector...]",
      "+a, a+, 2+a, @a, tag:x, kind:x, path:x, stale, state:modified; commas intersect",
    ),
  )
    .option("--nodes <names>", "these nodes", list)
    .option("--types <kinds>", "nodes of these kinds", list)
    .option("--tags <tags>", "nodes with one of these tags", list)
    .option("--exclude-tags <tags>", "leave out nodes with one of these tags", list)
    .option("--full", "run the selected nodes even when nothing changed")
    .option("--materialize", "write results to their targets (the default)")
    .option("--no-materialize", "leave every target as it is")
    .option("--env <name>", "an environment of its own")
    .option("--date <day>", "the run's logical date", day)
    .option("--start <moment>", "start of the interval that incremental targets rewrite", moment)
    .option("--end <moment>", "end of that interval", moment);

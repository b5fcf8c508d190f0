import type { Command } from "commander";

import { type Binding, examples } from "./declare.ts";
import { addProject, addSelection } from "./declare-options.ts";
import { attempts, duration, list, runId, workers } from "./option-values.ts";

export function declareRun(program: Command, binding: Binding): void {
  const command = program
    .command("run")
    .summary("run what changed and write it to its targets")
    .description("Runs every node that changed since the last run, then writes the results to their targets.");
  addSelection(command)
    .option("--dry-run", "print what would be done, the effect on targets included, and do nothing")
    .option("--show-plan", "print the plan and do nothing")
    .option("--parallel", "several nodes at a time, as many as the machine has cores (the default)")
    .option("--no-parallel", "one node at a time")
    .option("--max-workers <n>", "nodes at a time", workers)
    .option("--continue-on-error", "go on with what does not depend on a failed node")
    .option("--retry <n>", "try a node up to n times, whatever its file says", attempts)
    .option("--timeout <time>", "stop a node that takes longer, e.g. 30s, 5m", duration)
    .option("--confirm <table>", "may replace this table (schema.table) on a production connection", list)
    .option("--run-id <id>", "a name for this run instead of a generated one", runId)
    .option("--json", "one JSON event a line")
    .option("-v, --verbose", "all reasons, logs and stack traces")
    .option("-q, --quiet", "only failures and the last sentence");
  binding.on(command, () => import("./commands/run.ts"));
  examples(command, {
    run: "everything that is not up to date",
    "run +orders": "orders and everything it needs",
    "run tag:daily,kind:transform": "transforms that are tagged daily",
    "run orders --full": "orders again, even if nothing changed",
    "run --date 2024-01-31": "as of a logical date",
    "run --json > run.jsonl": "events for another program",
  });
}

export function declarePlan(program: Command, binding: Binding): void {
  const command = program
    .command("plan")
    .summary("show what a run would do, and why")
    .description("Prints what a run would do to each node, why, how long it took last time and where it writes.");
  addSelection(command)
    .option("--all", "also the nodes that are up to date")
    .option("--json", "the plan as one JSON object")
    .option("-v, --verbose", "every reason of each node");
  binding.on(command, () => import("./commands/plan.ts"));
  examples(command, { plan: "what is stale", "plan +orders --all": "orders and everything it needs, step by step" });
}

export function declareDiff(program: Command, binding: Binding): void {
  const command = program
    .command("diff")
    .summary("show what changed in definitions and results")
    .argument("[selector...]", "nodes to compare; all when left out")
    .description(
      "Compares each node with its former result: rows, columns, and what has changed since that the next run will act on.",
    );
  addProject(command)
    .option("--from <run>", "the earlier run; the one before the last when left out")
    .option("--to <run>", "the later run; the last one when left out")
    .option("--all", "also the nodes that did not change")
    .option("--json", "one JSON object a node")
    .option("-v, --verbose", "every reason, and stack traces");
  binding.on(command, () => import("./commands/diff.ts"));
  examples(command, {
    diff: "what the last run changed, and what has changed since",
    "diff orders --from 20240131-101500": "orders now against an earlier run",
  });
}

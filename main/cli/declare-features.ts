import type { Command } from "commander";

import { type Binding, examples } from "./declare.ts";
import { addFormats } from "./declare-looks.ts";
import { addProject } from "./declare-options.ts";
import { list, moment } from "./option-values.ts";

const verbose = (command: Command): Command => command.option("-v, --verbose", "stack traces");
const commands = () => import("./commands/features/index.ts");

/** `headrace features …`: what feature groups hold, for training and for serving. */
export function declareFeatures(program: Command, binding: Binding): void {
  const features = program
    .command("features")
    .summary("feature groups: list, show, compare versions, serve, build training sets");

  const all = features
    .command("list")
    .summary("list the feature groups")
    .description("Lists feature groups with their keys, times and stores. A store is behind when its table is newer.");
  verbose(addFormats(addProject(all)));
  binding.on(all, async () => ({ execute: (await commands()).listGroups }));
  examples(all, { "features list": "every group of the project" });

  const show = features
    .command("show")
    .argument("<group>", "a feature group's id or name")
    .summary("show a group's columns")
    .description("Lists a feature group's columns: what each is for, its type, default, description and statistics.");
  verbose(addFormats(addProject(show)));
  binding.on(show, async () => ({ execute: (await commands()).showGroup }));
  examples(show, { "features show customer_features": "its keys, times and features" });

  const versions = features
    .command("versions")
    .argument("<group>", "a feature group's id or name")
    .summary("list a group's versions")
    .description("Lists the versions of a feature group that were computed, with their rows and columns.");
  verbose(addFormats(addProject(versions)));
  binding.on(versions, async () => ({ execute: (await commands()).listVersions }));
  examples(versions, { "features versions customer_features": "what was served, and when" });

  const difference = features
    .command("diff")
    .argument("<group>", "a feature group's id or name")
    .argument("<from>", "a version")
    .argument("[to]", "another; the present one when left out")
    .summary("compare two versions of a group")
    .description("Compares columns, types, keys and statistics of two versions, and says what breaks their readers.");
  verbose(addFormats(addProject(difference)));
  binding.on(difference, async () => ({ execute: (await commands()).compareVersions }));
  examples(difference, { "features diff customer_features 1 2": "what a reader of 1 would meet in 2" });

  const online = features
    .command("get-online")
    .argument("<group>", "a feature group's id or name")
    .argument("<keys...>", "one entity: a value for each join key, in their order")
    .summary("read one entity's newest values")
    .description("Reads the online store. Values older than the time to live are not given.")
    .option("--at <moment>", "read as at this moment, not now", moment)
    .option("--with <column=value>", "a value of the asking row, for on-demand features; may be given again", list);
  verbose(addFormats(addProject(online)));
  binding.on(online, async () => ({ execute: (await commands()).getOnline }));
  examples(online, { "features get-online customer_features 42 --json": "what a model would be given" });

  const training = features
    .command("training-set")
    .argument("<spine>", "the node whose rows are kept: its id or name")
    .summary("join features to rows, as they were at each row's time")
    .description("Builds a training set from the present outputs and prints it. A node with point_in_time keeps one.")
    .requiredOption("--timestamp <column>", "the spine's time column")
    .requiredOption("--features <features>", "feature_group.name or feature_group.name.feature", list)
    .option("--role <role=key:column,…>", "the spine's column for each join key; may be given again", list)
    .option("--full-names", "columns are <group>__<feature>")
    .option("--no-as-known", "use what became known only later, too");
  verbose(addFormats(addProject(training)));
  binding.on(training, async () => ({ execute: (await commands()).trainingSet }));
  examples(training, {
    "features training-set labels --timestamp asked --features feature_group.customer_features": "the first 20 rows",
  });
}

import type { Command } from "commander";

import { type Binding, examples } from "./declare.ts";
import { addFormats } from "./declare-looks.ts";
import { addProject } from "./declare-options.ts";

const verbose = (command: Command): Command => command.option("-v, --verbose", "stack traces");
const commands = () => import("./commands/models.ts");

/** `headrace models …`: what was trained, how well it does, and which version is used. */
export function declareModels(program: Command, binding: Binding): void {
  const models = program.command("models").summary("trained models: list, show, promote versions");

  const all = models
    .command("list")
    .argument("[model]", "a model's id or name; all when left out")
    .summary("list the trained versions")
    .description("Lists versions, the one trained last first, with the metric that decides and why each was promoted.");
  verbose(addFormats(addProject(all)));
  binding.on(all, async () => ({ execute: (await commands()).listVersions }));
  examples(all, { "models list": "every version of every model", "models list late": "those of one model" });

  const show = models
    .command("show")
    .argument("<model>", "a model's id or name")
    .argument("[version]", "an id or name, promoted or latest; promoted when left out")
    .summary("show a version's card")
    .description("Prints the model card of a version: rows, split, metrics beside the baseline, importance, warnings.");
  verbose(addProject(show)).option("--json", "everything that is known of the version, as JSON");
  binding.on(show, async () => ({ execute: (await commands()).showVersion }));
  examples(show, { "models show late": "the card of the promoted version" });

  const promote = models
    .command("promote")
    .argument("<model>", "a model's id or name")
    .argument("<version>", "an id or name, or latest")
    .summary("choose the version that predictions use")
    .description("Promotes a version by hand: `predict` nodes that name no version use it from their next run on.");
  verbose(addProject(promote));
  binding.on(promote, async () => ({ execute: (await commands()).promote }));
  examples(promote, { "models promote late latest": "the version that was trained last" });
}

import type { Command } from "commander";

import { type Binding, examples } from "./declare.ts";
import { addProject } from "./declare-options.ts";
import { portNumber } from "./option-values.ts";

export function declareStudio(program: Command, binding: Binding): void {
  const serve = program
    .command("serve")
    .summary("hand out exposures of type api on this machine")
    .description(
      "Answers GET /exposures/<name> as JSON, CSV or Arrow, with a key, on this machine alone, until Ctrl-C.",
    );
  addProject(serve)
    .option("--port <number>", "a fixed port instead of a free one", portNumber, 0)
    .option("-v, --verbose", "stack traces");
  binding.on(serve, () => import("./commands/serve.ts"));
  examples(serve, {
    serve: "the APIs of this folder's project, with the addresses and the key",
    "serve --port 8123": "on a port that readers may keep; HEADRACE_TOKEN sets the key",
  });

  const studio = program
    .command("studio")
    .argument("[folder]", "the project's folder; the nearest one above when left out")
    .summary("draw, preview and run the pipeline in a browser")
    .description("Opens the project's window in a browser. It is served on this machine alone, until Ctrl-C.");
  addProject(studio)
    .option("--port <number>", "a fixed port instead of the project's usual one", portNumber, 0)
    .option("--no-open", "only print the address")
    .option("--trust", "trust the project's folder, now and later: its code may run")
    .option("-v, --verbose", "stack traces");
  binding.on(studio, () => import("./commands/studio.ts"));
  examples(studio, {
    studio: "the project of this folder",
    "studio examples/nyc-flights --no-open": "print the address and open no browser",
  });
}

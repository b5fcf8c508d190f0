import { Argument, type Command } from "commander";

import { type Binding, examples } from "./declare.ts";
import { addProject } from "./declare-options.ts";

export function declareUpkeep(program: Command, binding: Binding): void {
  const init = program
    .command("init")
    .argument("[folder]", "where; the present folder when left out")
    .summary("start a new project")
    .description("Makes a small project that runs as it is. Files that are there already are left alone.")
    .option("--name <name>", "the project's name; the folder's when left out")
    .option("-v, --verbose", "stack traces");
  binding.on(init, () => import("./commands/init.ts"));
  examples(init, { "init sales": "a project in the folder sales", init: "a project in this folder" });

  const clean = program
    .command("clean")
    .summary("remove generated files nothing needs any more")
    .description("Removes outputs that no node refers to any more. Your own files and databases are never touched.");
  addProject(clean)
    .option("--all", "every generated file: the next run starts from nothing")
    .option("--dry-run", "only say how much that would be")
    .option("-v, --verbose", "stack traces");
  binding.on(clean, () => import("./commands/clean.ts"));
  examples(clean, { clean: "free disk space", "clean --all --dry-run": "how much a clean start would free" });

  const database = program.command("db").summary("the PostgreSQL server that comes with Headrace");
  const actions = {
    start: "start the project's PostgreSQL server",
    stop: "stop it; its data stay",
    status: "say whether it runs, where, and how large it is",
    psql: "open an SQL prompt on the project's database",
  } as const;
  for (const [name, summary] of Object.entries(actions)) {
    const action = database
      .command(name)
      .summary(summary)
      .description(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`);
    addProject(action).option("-v, --verbose", "the server's own messages and stack traces");
    if (name === "status") action.option("--json", "one JSON object").option("--url", "the URL, password included");
    if (name === "psql") {
      action
        .option("-c, --command <sql>", "run this and end")
        .option("--connection <name>", "a connection of the profile");
    }
    binding.on(action, async () => {
      const { database: commands } = await import("./commands/db.ts");
      return { execute: commands[name as keyof typeof actions] };
    });
  }
  examples(database, { "db status": "where it is", 'db psql -c "select count(*) from analytics.orders"': "one query" });

  const secrets = program.command("secret").summary("passwords that profiles name and no project file holds");
  const secretActions = {
    set: "keep a secret; its value is asked for, or read from standard input",
    list: "list the names of the secrets",
    remove: "forget a secret",
  } as const;
  for (const [name, summary] of Object.entries(secretActions)) {
    const action = secrets
      .command(name)
      .summary(summary)
      .description(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`)
      .option("-v, --verbose", "stack traces");
    if (name !== "list") action.argument("<name>", "the secret's name, as in ${secret:name}");
    binding.on(action, async () => {
      const { secret } = await import("./commands/secret.ts");
      return { execute: secret[name as keyof typeof secretActions] };
    });
  }
  examples(secrets, { "secret set warehouse": "then `password: ${secret:warehouse}` in profiles.yml" });

  const environments = program.command("env").summary("the Python environments of the project's nodes");
  const environmentActions = {
    list: "list environments, what needs them and how large they are",
    build: "build every environment now instead of at the first run",
    clean: "remove environments that no node of this project needs",
  } as const;
  for (const [name, summary] of Object.entries(environmentActions)) {
    const action = environments
      .command(name)
      .summary(summary)
      .description(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`);
    addProject(action).option("--json", "one JSON object a line").option("-v, --verbose", "logs and stack traces");
    if (name === "clean") action.option("--dry-run", "only say how much that would be");
    binding.on(action, async () => {
      const { environments: commands } = await import("./commands/env.ts");
      return { execute: commands[name as keyof typeof environmentActions] };
    });
  }
  examples(environments, { "env build": "so that the first run needs no network" });

  const completion = program
    .command("completion")
    .addArgument(new Argument("<shell>", "your shell").choices(["bash", "zsh", "fish"]))
    .summary("print a script that completes commands and node names")
    .description("Prints a completion script for your shell.");
  binding.on(completion, () => import("./commands/completion.ts"));
  examples(completion, {
    "completion bash > ~/.local/share/bash-completion/completions/headrace": "bash",
    "completion zsh > ~/.zfunc/_headrace": "zsh, with ~/.zfunc in your fpath",
    "completion fish > ~/.config/fish/completions/headrace.fish": "fish",
  });

  const demo = program
    .command("demo")
    .argument("[folder]", "a copy of the project is made and kept there")
    .summary("run a real pipeline on real data, PostgreSQL included")
    .description(
      "Runs the New York flights of 2013 from files to PostgreSQL tables; the second time only what changed.",
    )
    .option("--full", "run everything again")
    .option("-v, --verbose", "logs and stack traces");
  binding.on(demo, () => import("./commands/demo.ts"));
  examples(demo, {
    demo: "set everything up and run; the second time: nothing to do",
    "demo ~/flights": "in a folder of your own, to change things",
  });
}

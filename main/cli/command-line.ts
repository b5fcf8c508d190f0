import { Command, CommanderError } from "commander";

import { exitCodeOf, toErrorData, toHeadraceError } from "../../shared/errors/index.ts";
import { Binding } from "./declare.ts";
import { declareFeatures } from "./declare-features.ts";
import { declareLooks } from "./declare-looks.ts";
import { declareModels } from "./declare-models.ts";
import { declareDiff, declarePlan, declareRun } from "./declare-runs.ts";
import { declareStudio } from "./declare-studio.ts";
import { declareUpkeep } from "./declare-upkeep.ts";
import type { Session } from "./session.ts";

/** The whole command line as commander's tree: help, completion and parsing all read it. */
function buildProgram(binding: Binding): Command {
  const { terminal } = binding.session;
  const program = new Command("headrace")
    .description(
      "Data pipelines made of plain files: SQL on DuckDB, Python in locked environments, results in PostgreSQL.",
    )
    .option("-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print a command's help")
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.write(text),
      writeErr: (text) => terminal.writeError(text),
      getOutHelpWidth: () => Math.min(120, terminal.columns() ?? 100),
    });
  program.commandsGroup("Run:");
  declareRun(program, binding);
  declarePlan(program, binding);
  declareDiff(program, binding);
  program.commandsGroup("Look:");
  declareLooks(program, binding);
  declareFeatures(program, binding);
  declareModels(program, binding);
  program.commandsGroup("Set up and keep house:");
  declareStudio(program, binding);
  declareUpkeep(program, binding);
  program.addHelpText("after", "\n`headrace help run` and so on show each command's options with examples.");
  program
    .command("__complete", { hidden: true })
    .argument("[words...]")
    .action(async (words: readonly string[]) => {
      const { complete } = await import("./commands/complete.ts");
      await complete(binding.session, program, words);
    });
  return program;
}

/** Runs one command line, without the program's name; returns the exit code and never throws. */
export async function runCommandLine(args: readonly string[], session: Session): Promise<number> {
  const binding = new Binding(session);
  try {
    if (args[0] === "--version" || args[0] === "-V") {
      const { version } = await import("./version.ts");
      session.terminal.write(`${version()}\n`);
      return 0;
    }
    await buildProgram(binding).parseAsync(args.length === 0 ? ["--help"] : args, { from: "user" });
    return binding.exitCode;
  } catch (thrown) {
    // Commander has printed its sentence already; a wrong call is exit code 2.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
    await reportError(thrown, args, session);
    return exitCodeOf(toHeadraceError(thrown));
  }
}

async function reportError(thrown: unknown, args: readonly string[], session: Session): Promise<void> {
  const { terminal } = session;
  const verbose = args.includes("--verbose") || args.includes("-v");
  const data = toErrorData(thrown);
  if (args.includes("--json")) terminal.write(`${JSON.stringify({ type: "error", error: data })}\n`);
  const { errorText } = await import("./view/error-text.ts");
  const { rootOf } = await import("./open-project.ts");
  terminal.writeError(
    `${errorText(data, { style: terminal.style, root: rootOf(session, args), verbose }).join("\n")}\n`,
  );
  if (verbose && thrown instanceof Error) terminal.writeError(`${thrown.stack ?? ""}\n`);
}

import type { Command } from "commander";

import type { Execute, Session } from "./session.ts";

/** Loads a command's behaviour only when it is asked for, so that starting stays cheap. */
export type Load<Options> = () => Promise<{ readonly execute: Execute<Options> }>;

/** Binds commands to a session and collects the exit code. */
export class Binding {
  readonly session: Session;
  exitCode = 0;

  constructor(session: Session) {
    this.session = session;
  }

  /** Makes `load`'s behaviour this command's action. */
  on<Options extends object>(command: Command, load: Load<Options>): Command {
    return command.action(async () => {
      const args = command.processedArgs.flat().filter((argument) => argument !== undefined);
      const { execute } = await load();
      this.exitCode = await execute(this.session, command.opts<Options>(), args.map(String));
    });
  }
}

/** Examples at the end of a command's help: what it does for whom, then the line to type. */
export const examples = (command: Command, lines: Readonly<Record<string, string>>): Command =>
  command.addHelpText(
    "after",
    `\nExamples:\n${Object.entries(lines)
      .map(([line, meaning]) => `  $ headrace ${line}\n      ${meaning}`)
      .join("\n")}`,
  );

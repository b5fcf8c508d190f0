import type { Command } from "commander";

import { createEngine } from "../../engine/index.ts";
import { projectRoot } from "../open-project.ts";
import type { Session } from "../session.ts";
import { printLines } from "../terminal.ts";

const takesNodes = new Set(["run", "plan", "diff", "preview", "inspect", "lineage"]);
const prefixes = ["tag:", "kind:", "path:", "stale", "state:modified"];

/** Node ids of the project around; none where it cannot be read, since completion must not complain. */
async function nodeIds(session: Session, words: readonly string[]): Promise<string[]> {
  try {
    const at = words.findIndex((word) => word === "-C" || word === "--project");
    const folder = at === -1 ? undefined : words[at + 1];
    const root = projectRoot(session, folder === undefined ? {} : { project: folder });
    await using engine = createEngine({ root, environment: session.environment });
    return [...(await engine.project()).nodes.keys()];
  } catch {
    return [];
  }
}

/** What may stand at the last word: sub-commands, options, an argument's choices, nodes and selectors. */
async function candidates(session: Session, program: Command, words: readonly string[]): Promise<string[]> {
  const current = words.at(-1) ?? "";
  let command = program;
  for (const word of words.slice(0, -1)) {
    command = command.commands.find((child) => child.name() === word) ?? command;
  }
  if (current.startsWith("-")) {
    return [...command.options.flatMap(({ long }) => long ?? []), "--help"];
  }
  const children = command.commands.map((child) => child.name()).filter((name) => !name.startsWith("__"));
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  if (!takesNodes.has(command.name())) return [...children, ...choices];
  const plus = current.startsWith("+") ? "+" : "";
  const ids = (await nodeIds(session, words)).map((id) => `${plus}${id}`);
  return command.name() === "run" || command.name() === "plan" ? [...ids, ...prefixes] : ids;
}

/** The hidden `__complete`: the words after the program's name, the unfinished one last. */
export async function complete(session: Session, program: Command, words: readonly string[]): Promise<void> {
  const current = words.at(-1) ?? "";
  const all = await candidates(session, program, words);
  printLines(
    session.terminal,
    [...new Set(all)].filter((candidate) => candidate.startsWith(current)),
  );
}

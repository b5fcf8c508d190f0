import { mkdirSync } from "node:fs";
import { relative, resolve } from "node:path";

import { projectRoom } from "../../engine/index.ts";
import type { Execute } from "../session.ts";
import { printLines } from "../terminal.ts";
import { trustOwn } from "../trust-own.ts";

/** `headrace init [FOLDER]`: a small project that runs as it is. */
export const execute: Execute<{ readonly name?: string }> = async (session, options, [folder = "."]) => {
  const root = resolve(session.workingFolder, folder);
  const { initProject } = await projectRoom();
  mkdirSync(root, { recursive: true });
  const written = initProject(root, options.name === undefined ? {} : { name: options.name });
  await trustOwn(session, root);
  const shown = relative(session.workingFolder, root);
  const enter = shown === "" ? "" : `cd ${shown} && `;
  printLines(session.terminal, [
    `A new project in ${root}:`,
    ...written.map((file) => `  ${file}`),
    "",
    `Next: ${enter}headrace run`,
  ]);
  return 0;
};

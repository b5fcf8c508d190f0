import { execFile } from "node:child_process";

import type { ProjectInfo } from "../../../shared/api/index.ts";

// A repository's own settings can name programs to start; none of them is wanted for a look at its state.
const quiet = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-optional-locks"];

const parse = (output: string): ProjectInfo["git"] => {
  const lines = output.split("\n").filter((line) => line !== "");
  const head = lines.find((line) => line.startsWith("# branch.head "))?.slice("# branch.head ".length);
  if (head === undefined) return null;
  return { branch: head, changed: lines.filter((line) => !line.startsWith("#")).length };
};

/** The branch and the number of changed files below the folder; `null` outside git or without it. */
export const gitStatus = (root: string): Promise<ProjectInfo["git"]> =>
  new Promise((resolve) => {
    const args = [...quiet, "-C", root, "status", "--porcelain=v2", "--branch", "--", "."];
    execFile("git", args, { timeout: 5000, maxBuffer: 16 * 1024 * 1024, windowsHide: true }, (error, output) =>
      resolve(error === null ? parse(output) : null),
    );
  });

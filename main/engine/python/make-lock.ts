import { mkdirSync } from "node:fs";
import { dirname } from "node:path";

import { HeadraceError } from "../../../shared/errors/index.ts";
import { replaceFile } from "../files/index.ts";
import type { RequirementSet } from "./requirements.ts";
import { callUv, causeOf, type UvCall } from "./uv.ts";

const lowerBound = (requiresPython: string | null): string | null =>
  requiresPython === null ? null : (/>=\s*(\d+\.\d+)/.exec(requiresPython)?.[1] ?? null);

/**
 * Asks uv for the newest versions that fit and writes them down with their hashes, for every platform and for Python
 * from `python` on. No address of a registry goes into the file. Throws `python_lock_failed`.
 */
export const makeLock = async (
  path: string,
  set: RequirementSet,
  python: { readonly interpreter: string; readonly version: string },
  uv: Pick<UvCall, "uv" | "environment" | "signal" | "cwd" | "onLine">,
): Promise<void> => {
  const from = lowerBound(set.requiresPython) ?? python.version.split(".").slice(0, 2).join(".");
  const args = ["pip", "compile", "--universal", "--generate-hashes", "--no-header", "--no-annotate"];
  const places = ["--no-emit-index-url", "--no-emit-find-links", "--python", python.interpreter];
  const answer = await callUv({
    ...uv,
    args: [...args, ...places, "--python-version", from, "--no-progress", "-"],
    input: `${set.requirements.join("\n")}\n`,
  });
  if (!answer.ok) {
    const code = answer.unreachable ? "python_packages_unreachable" : "python_lock_failed";
    const params = { requirements: set.requirements.join(", "), text: causeOf(answer.stderr), path };
    throw new HeadraceError(code, { params });
  }
  const header = ["# Made by Headrace; keep it in version control and delete it to lock again.", `# python >= ${from}`];
  const wanted = set.requirements.map((requirement) => `# requires ${requirement}`);
  mkdirSync(dirname(path), { recursive: true });
  await replaceFile(path, `${[...header, ...wanted].join("\n")}\n${answer.stdout.trimEnd()}\n`);
};

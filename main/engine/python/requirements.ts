import { ExecutorValidationError } from "../../../shared/errors/index.ts";
import type { PythonBody } from "../../../shared/graph/index.ts";
import { hashText } from "../files/index.ts";

/** What the runtime itself needs beside the person's packages; a file that names one of them chooses its version. */
const runtimeRequirements: Readonly<Record<string, { readonly pinned: string; readonly loose: string }>> = {
  duckdb: { pinned: "duckdb==1.5.5", loose: "duckdb>=1.3" },
  pytz: { pinned: "pytz==2026.6", loose: "pytz" },
  pyarrow: { pinned: "pyarrow==25.0.1", loose: "pyarrow>=18" },
};

/** Everything that decides what goes into an environment. */
export interface RequirementSet {
  /** Sorted, without duplicates, the runtime's included. */
  readonly requirements: readonly string[];
  readonly requiresPython: string | null;
  /** A readable beginning and a hash of the set, e.g. `pandas-scikit-learn.1f0c9a3b`. */
  readonly name: string;
}

const nameOf = (requirement: string): string =>
  (/^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(requirement)?.[0] ?? "").toLowerCase().replaceAll(/[-_.]+/g, "-");

/** A name, extras, versions and a marker: no file, folder, address or option of the installer. */
const isLockable = (requirement: string): boolean =>
  /^[A-Za-z0-9][A-Za-z0-9._-]*\s*(\[[^\]]*\])?\s*([(<>=!~;]|$)/.test(requirement) && !/:\/\/|\s--/.test(requirement);

/** A body's own requirements and the runtime's. Throws `python_requirement_invalid`. */
export const requirementSet = (
  body: Pick<PythonBody, "dependencies" | "requiresPython" | "file">,
  defaults: readonly string[],
): RequirementSet => {
  const own = [...body.dependencies, ...defaults].map((text) => text.trim().replaceAll(/\s+/g, " "));
  for (const requirement of own) {
    if (!isLockable(requirement)) {
      throw new ExecutorValidationError("python_requirement_invalid", { params: { requirement, file: body.file } });
    }
  }
  const named = new Set(own.map(nameOf));
  const runtime = Object.entries(runtimeRequirements).map(([name, { pinned, loose }]) =>
    named.has(name) ? loose : pinned,
  );
  const requirements = [...new Set([...own, ...runtime])].toSorted();
  const { requiresPython } = body;
  const hash = hashText(JSON.stringify([requirements, requiresPython])).slice(0, 8);
  const readable = [...named].toSorted().slice(0, 3).join("-").slice(0, 60) || "base";
  return { requirements, requiresPython, name: `${readable}.${hash}` };
};

/** Names of the packages the runtime cannot do without. */
export const runtimePackages: readonly string[] = Object.keys(runtimeRequirements);

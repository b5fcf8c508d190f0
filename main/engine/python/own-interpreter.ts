import { readdirSync, statSync } from "node:fs";
import { resolve } from "node:path";

import { ExecutorValidationError } from "../../../shared/errors/index.ts";
import type { PythonBody } from "../../../shared/graph/index.ts";
import { hashText } from "../files/index.ts";
import type { EnvironmentIdentity, Environments, RunnerOptions } from "./environments.ts";
import { type InterpreterFacts, interpreterFacts } from "./interpreter-facts.ts";
import { runtimePackages } from "./requirements.ts";

/** Whether `python.interpreter` is a program of the person's own, rather than a version or a name to look for. */
export const isOwnInterpreter = (interpreter: string | null): interpreter is string =>
  interpreter !== null && /[\\/]/.test(interpreter);

/** Nodes run in an interpreter that the person prepared; nothing is installed. What is installed there names it. */
export const ownInterpreter = (options: RunnerOptions, interpreter: string): Environments => {
  const path = resolve(options.projectRoot, interpreter);
  const listings = new Map<string, Listing>();

  const identify = async (body: PythonBody): Promise<EnvironmentIdentity> => {
    const facts = await interpreterFacts(path, options);
    const packages = installed(facts, listings);
    refuseIncomplete(packages, body, path);
    return { envHash: hashText(JSON.stringify([facts.version, facts.platform, packages])), packages };
  };
  return {
    identify,
    ensure: async (body) => ({ ...(await identify(body)), interpreter: path }),
  };
};

interface Listing {
  readonly stamp: number;
  readonly packages: Readonly<Record<string, string>>;
}

/** Names and versions from the folders' metadata; each folder is read again only when something was installed in it. */
const installed = (facts: InterpreterFacts, listings: Map<string, Listing>): Readonly<Record<string, string>> => {
  const all: Record<string, string> = {};
  for (const folder of facts.packages) {
    const stats = statSync(folder, { throwIfNoEntry: false });
    if (stats === undefined) continue;
    const known = listings.get(folder);
    const listing = known?.stamp === stats.mtimeMs ? known : { stamp: stats.mtimeMs, packages: listFolder(folder) };
    listings.set(folder, listing);
    Object.assign(all, listing.packages);
  }
  return all;
};

const listFolder = (folder: string): Readonly<Record<string, string>> => {
  const found = readdirSync(folder).flatMap((entry) => {
    const [, name, version] = /^(.+?)-([^-]+)\.(?:dist|egg)-info$/.exec(entry) ?? [];
    if (name === undefined || version === undefined) return [];
    return [[name.toLowerCase().replaceAll(/[-_.]+/g, "-"), version] as const];
  });
  return Object.fromEntries(found.toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

const refuseIncomplete = (packages: Readonly<Record<string, string>>, body: PythonBody, path: string): void => {
  const missing = runtimePackages.filter((name) => packages[name] === undefined);
  if (missing.length === 0) return;
  throw new ExecutorValidationError("python_runtime_missing", {
    location: body.location,
    params: { file: body.file, packages: missing, hint: `Run \`${path} -m pip install ${missing.join(" ")}\`.` },
  });
};

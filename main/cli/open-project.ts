import { resolve } from "node:path";

import { ProjectError } from "../../shared/errors/index.ts";
import { type PipelineNode, suggestion } from "../../shared/graph/index.ts";
import { createEngine, type Engine, type EngineOptions, findProjectRoot, type Project } from "../engine/index.ts";
import type { ProjectOptions, Session } from "./session.ts";

/** The absolute folder of the project that a command is about. Throws `project_not_found`. */
export const projectRoot = (session: Session, options: Pick<ProjectOptions, "project">): string =>
  findProjectRoot(resolve(session.workingFolder, options.project ?? "."));

/** The project that a command line is about, for showing lines of its files; `null` where there is none. */
export function rootOf(session: Session, args: readonly string[]): string | null {
  const at = args.findIndex((argument) => argument === "-C" || argument === "--project");
  const joined = args.find((argument) => argument.startsWith("--project="))?.slice("--project=".length);
  const folder = joined ?? (at === -1 ? undefined : args[at + 1]);
  try {
    return projectRoot(session, folder === undefined ? {} : { project: folder });
  } catch {
    return null;
  }
}

/** The project's engine; the caller closes it with `await using`. */
export async function openEngine(
  session: Session,
  options: ProjectOptions,
  more: Partial<EngineOptions> = {},
): Promise<Engine> {
  const root = projectRoot(session, options);
  return createEngine({ root, profile: options.profile, environment: session.environment, ...more });
}

/** The table that a name means: a node's, or a further one (`kind.node__table`). Throws `node_not_found`. */
export function findTable(project: Project, wanted: string): string {
  // Which further tables there are is known only to the last run, so that the engine answers for them.
  const owner = [...project.nodes.keys()].find((id) => wanted.startsWith(`${id}__`));
  return owner !== undefined && !project.nodes.has(wanted) ? wanted : findNode(project, wanted).id;
}

/** A node by id or, where only one kind has it, by name. Throws `node_not_found` with the nearest ids. */
export function findNode(project: Project, wanted: string): PipelineNode {
  const exact = project.nodes.get(wanted);
  if (exact !== undefined) return exact;
  const named = [...project.nodes.values()].filter(({ name }) => name === wanted);
  const [only] = named;
  if (only !== undefined && named.length === 1) return only;
  const next =
    named.length > 1
      ? `Say which: ${named.map(({ id }) => id).join(" or ")}.`
      : suggestion(
          wanted,
          [...project.nodes.values()].flatMap(({ id, name }) => (wanted.includes(".") ? [id] : [name, id])),
        );
  throw new ProjectError("node_not_found", { params: { node: wanted, suggestion: next } });
}

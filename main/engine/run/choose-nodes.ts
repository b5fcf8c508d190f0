import { selectNodes, type NodeId } from "../../../shared/graph/index.ts";
import type { Selection } from "../engine.ts";
import type { Decision, Observation } from "../plan/index.ts";
import type { Project } from "../project/project.ts";
import type { NodeRecord } from "../state/index.ts";

/** What `stale` and `state:modified` are answered from. */
export interface Known {
  readonly decisions: ReadonlyMap<NodeId, Decision>;
  readonly observations: ReadonlyMap<NodeId, Observation>;
  readonly records: Readonly<Record<NodeId, NodeRecord>>;
}

const staleNodes = ({ decisions }: Known): ReadonlySet<NodeId> =>
  new Set([...decisions].filter(([, { action }]) => action !== "cached" && action !== "skip").map(([id]) => id));

const modifiedNodes = ({ observations, records }: Known): ReadonlySet<NodeId> =>
  new Set(
    [...observations].filter(([id, { definitionHash }]) => records[id]?.hash !== definitionHash).map(([id]) => id),
  );

const asksForState = (selection: Selection): boolean =>
  [...selection.selectors, ...selection.nodes].some((text) => /\bstale\b|\bstate:/.test(text));

/** The nodes a command is about: selectors and `--nodes` unite, `--types` and `--tags` narrow, `--exclude-tags` takes away. */
export const chooseNodes = async (
  project: Project,
  selection: Selection,
  know: () => Promise<Known>,
): Promise<ReadonlySet<NodeId>> => {
  const known = asksForState(selection) ? await know() : null;
  const sets = known === null ? {} : { stale: staleNodes(known), modified: modifiedNodes(known) };
  const select = (selectors: readonly string[]): ReadonlySet<NodeId> => selectNodes(project.nodes, selectors, sets);

  let chosen = select([...selection.selectors, ...selection.nodes]);
  const narrow = (by: ReadonlySet<NodeId>): void => {
    chosen = new Set([...chosen].filter((id) => by.has(id)));
  };
  if (selection.types.length > 0) narrow(select(selection.types.map((type) => `kind:${type}`)));
  if (selection.tags.length > 0) narrow(select(selection.tags.map((tag) => `tag:${tag}`)));
  const excluded = new Set(selection.excludeTags);
  return new Set([...chosen].filter((id) => !project.nodes.get(id)?.config.tags.some((tag) => excluded.has(tag))));
};

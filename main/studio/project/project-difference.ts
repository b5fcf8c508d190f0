import type { ProjectChange } from "../../../shared/api/index.ts";
import type { ProjectParts } from "./project-view.ts";

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What a window has to be told to get from `before` to `after`; `null` when it would see no difference. */
export const projectDifference = (
  before: ProjectParts,
  after: ProjectParts,
  files: readonly string[],
): Omit<ProjectChange, "revision"> | null => {
  const known = new Map(before.nodes.map((node) => [node.id, node]));
  const nodes = after.nodes.filter((node) => !same(known.get(node.id), node));
  const kept = new Set(after.nodes.map(({ id }) => id));
  const change = {
    isWhole: false,
    info: same(before.info, after.info) ? null : after.info,
    nodes,
    removed: before.nodes.filter(({ id }) => !kept.has(id)).map(({ id }) => id),
    broken: same(before.broken, after.broken) ? null : after.broken,
    problems: same(before.problems, after.problems) ? null : after.problems,
    files: [...files],
  };
  const nothing =
    change.info === null &&
    change.broken === null &&
    change.problems === null &&
    nodes.length === 0 &&
    change.removed.length === 0 &&
    files.length === 0;
  return nothing ? null : change;
};

import { join } from "node:path";

import { ProjectError } from "../../../../shared/errors/index.ts";
import { isKind, type PipelineNode, suggestion } from "../../../../shared/graph/index.ts";
import { featuresRoom, type Page, type Project } from "../../../engine/index.ts";
import type { PageOptions } from "../../print-page.ts";

export type GroupNode = PipelineNode<"feature_group"> & PipelineNode;

/** A table of texts as the terminal prints pages. */
export const textPage = (names: readonly string[], rows: readonly (readonly (string | null)[])[]): Page => ({
  columns: names.map((name) => ({ name, type: "VARCHAR" })),
  rows,
  totalRows: rows.length,
});

/** The rows that were asked for. */
export const cut = (page: Page, { offset, limit }: PageOptions): Page => ({
  ...page,
  rows: page.rows.slice(offset, offset + limit),
});

export const groupsOf = (project: Project): readonly GroupNode[] =>
  [...project.nodes.values()].filter((node): node is GroupNode => isKind(node, "feature_group"));

/** A feature group by id or name, also where another kind has the name too. */
export const findGroup = (project: Project, wanted: string): GroupNode => {
  const groups = groupsOf(project);
  const found = groups.find(({ id, name }) => id === wanted || name === wanted);
  if (found !== undefined) return found;
  const hint = suggestion(
    wanted,
    groups.map(({ id, name }) => (wanted.includes(".") ? id : name)),
  );
  throw new ProjectError("feature_group_not_found", { params: { group: wanted, suggestion: hint } });
};

/** Where a group's online store is. */
export const onlinePlace = async (project: Project, node: GroupNode, signal: AbortSignal) => {
  const { readStores } = await featuresRoom();
  const connection = readStores(node).online?.connection ?? null;
  const targetPath = join(project.root, "target");
  return { targetPath, project, node: node.id, connection, applicationName: `headrace:${node.id}`, signal };
};

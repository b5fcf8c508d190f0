import { join } from "node:path";

import type { NodeDetails, StudioHandlers } from "../../shared/api/index.ts";
import { stateRoom } from "../engine/index.ts";
import { findNode } from "./edit/node-document.ts";
import type { ProjectSession } from "./project/project-session.ts";
import type { StudioWindow } from "./studio.ts";

const nodeDetails = async (session: ProjectSession, id: string): Promise<NodeDetails> => {
  const project = await session.project();
  const node = findNode(project, id);
  const { loadState } = await stateRoom();
  const record = loadState(join(session.root, "target")).nodes[id];
  const targets = Object.entries(record?.targets ?? {});
  return {
    id,
    owner: node.config.owner ?? null,
    config: JSON.parse(JSON.stringify(node.config)) as Record<string, unknown>,
    columns: record === undefined ? null : record.metadata.columns.map(({ name, type }) => ({ name, type })),
    readers: [...project.nodes.values()].filter(({ inputs }) => inputs.includes(id)).map((reader) => reader.id),
    files: [...node.files],
    targets: targets.map(([target, { status, time }]) => ({ target, status, time })),
  };
};

/** One node in full, for the inspector. */
export const nodeHandlers = {
  "node.get": ({ node }, window) => nodeDetails(window.session, node),
  "node.columns": async ({ nodes }, { session }) => {
    const { loadState } = await stateRoom();
    const known = loadState(join(session.root, "target")).nodes;
    return Object.fromEntries(
      nodes.flatMap((id) => {
        const columns = known[id]?.metadata.columns;
        return columns === undefined ? [] : [[id, columns] as const];
      }),
    );
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;

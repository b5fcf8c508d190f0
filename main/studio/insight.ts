import { join } from "node:path";

import type { FeatureGroupView, NodeResultView, StudioHandlers } from "../../shared/api/index.ts";
import { ProjectError } from "../../shared/errors/index.ts";
import { isKind, type PipelineNode, suggestion } from "../../shared/graph/index.ts";
import { featuresRoom, type GroupRecord, insightRoom, type Project } from "../engine/index.ts";
import type { ProjectSession } from "./project/project-session.ts";
import type { StudioWindow } from "./studio.ts";

/** How far back is looked for runs of a node. */
const mostRuns = 100;

const nodeOf = (project: Project, id: string): PipelineNode => {
  const node = project.nodes.get(id);
  if (node === undefined)
    throw new ProjectError("node_not_found", {
      params: { node: id, suggestion: suggestion(id, [...project.nodes.keys()]) },
    });
  return node;
};

const results = async (session: ProjectSession, node: string, limit: number): Promise<NodeResultView[]> => {
  const found: NodeResultView[] = [];
  for (const { summary } of await session.engine.history(mostRuns)) {
    for (const event of await session.engine.events(summary.runId)) {
      if (event.type !== "finished" || event.node !== node || event.result.status === "SKIPPED") continue;
      const { status, row_count: rows, metadata } = event.result;
      const plain = JSON.parse(JSON.stringify(metadata)) as NodeResultView["metadata"];
      found.push({ runId: summary.runId, time: event.time, status, rows, metadata: plain });
    }
    if (found.length >= limit) break;
  }
  return found;
};

const versionView = ({ version, rows, written, columns, ...group }: GroupRecord) => ({
  version,
  rows,
  written,
  columns: columns.map((column) => ({ ...column, role: roleOf(group, column.name) })),
});

const roleOf = (group: Pick<GroupRecord, "join_keys" | "event_time" | "created_time">, name: string) => {
  if (group.join_keys.includes(name)) return "key" as const;
  if (group.event_time === name) return "event" as const;
  return group.created_time === name ? ("created" as const) : ("feature" as const);
};

const featureGroup = async (project: Project, id: string): Promise<FeatureGroupView> => {
  const node = nodeOf(project, id);
  if (!isKind(node, "feature_group"))
    throw new ProjectError("feature_group_not_found", { params: { group: id, suggestion: "" } });
  const { compareGroups, groupVersions, readGroup, readStores } = await featuresRoom();
  const group = readGroup(node);
  const present = readStores(node).version;
  const versions = await groupVersions(join(project.root, "target"), node.name);
  const place = versions.findIndex(({ version }) => version === present);
  const [before, after] = [versions[place - 1], versions[place]];
  return {
    present,
    eventTime: group.eventTime,
    ttl: group.ttl,
    versions: versions.map(versionView),
    changes: before === undefined || after === undefined ? [] : [...compareGroups(before, after)],
  };
};

/** What panels show of rules, exposures, feature groups and aggregations. */
export const insightHandlers = {
  "node.results": async ({ node, limit }, { session }) => results(session, node, limit),
  "features.show": async ({ node }, { session }) => featureGroup(await session.project(), node),
  "features.as-of": async ({ node, at }, { session }) => {
    const found = nodeOf(await session.project(), node);
    if (!isKind(found, "feature_group")) {
      throw new ProjectError("feature_group_not_found", { params: { group: node, suggestion: "" } });
    }
    const [{ readGroup }, { featuresAsOfSql }] = await Promise.all([featuresRoom(), insightRoom()]);
    const { columns } = await session.engine.preview(node, { offset: 0, limit: 0 }, new AbortController().signal);
    return { sql: featuresAsOfSql(readGroup(found), columns, at) };
  },
  "windows.show": async ({ node }, { session }) => {
    const project = await session.project();
    const { readWindows } = await insightRoom();
    const [last] = await results(session, node, 1);
    const date = (last?.time ?? new Date().toISOString()).slice(0, 10);
    const { signal } = new AbortController();
    const query = (sql: string) => session.engine.query(sql, { offset: 0, limit: 100 }, signal);
    const seen = await readWindows(nodeOf(project, node), project, { date, start: date, end: date }, query);
    return seen === null ? null : { ...seen, windows: [...seen.windows], bins: [...seen.bins] };
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;

import { join } from "node:path";

import type { FeatureGroupView, NodeResultView, StudioHandlers } from "../../shared/api/index.ts";
import { ProjectError } from "../../shared/errors/index.ts";
import { isKind, type PipelineNode, suggestion } from "../../shared/graph/index.ts";
import type { RunEvent } from "../../shared/run/index.ts";
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

/** What finished runs kept of nodes, by run and node: journals do not change any more, and some are long. */
const known = new WeakMap<ProjectSession, Map<string, NodeResultView | null>>();

const results = async (session: ProjectSession, node: string, limit: number): Promise<NodeResultView[]> => {
  const kept = known.get(session) ?? new Map<string, NodeResultView | null>();
  known.set(session, kept);
  const found: NodeResultView[] = [];
  for (const { summary, complete } of await session.engine.history(mostRuns)) {
    const key = `${summary.runId} ${node}`;
    let result = kept.get(key);
    if (result === undefined) result = resultIn(await session.engine.events(summary.runId), summary.runId, node);
    if (complete) kept.set(key, result);
    if (result !== null) found.push(result);
    if (found.length >= limit) break;
  }
  return found;
};

/** The last that a run says of a node; `null` where it left it out. */
const resultIn = (events: readonly RunEvent[], runId: string, node: string): NodeResultView | null => {
  const event = events.findLast((one) => one.type === "finished" && one.node === node);
  if (event?.type !== "finished" || event.result.status === "SKIPPED") return null;
  const { status, row_count: rows, metadata } = event.result;
  const plain = JSON.parse(JSON.stringify(metadata)) as NodeResultView["metadata"];
  return { runId, time: event.time, status, rows, metadata: plain };
};

/** A feature group by its id. Throws `feature_group_not_found` for another kind. */
const groupOf = (project: Project, id: string) => {
  const node = nodeOf(project, id);
  if (isKind(node, "feature_group")) return node;
  throw new ProjectError("feature_group_not_found", { params: { group: id, suggestion: "" } });
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
  const node = groupOf(project, id);
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
    const found = groupOf(await session.project(), node);
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

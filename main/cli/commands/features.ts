import { join } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";
import { isKind, type PipelineNode, suggestion } from "../../../shared/graph/index.ts";
import { type Engine, featuresRoom, type Page, type Project, stateRoom } from "../../engine/index.ts";
import { findNode, openEngine } from "../open-project.ts";
import { type PageOptions, printPage } from "../print-page.ts";
import type { Execute } from "../session.ts";
import { readRoles } from "./features-roles.ts";

type GroupNode = PipelineNode<"feature_group"> & PipelineNode;

const textPage = (names: readonly string[], rows: readonly (readonly (string | null)[])[]): Page => ({
  columns: names.map((name) => ({ name, type: "VARCHAR" })),
  rows,
  totalRows: rows.length,
});

const cut = (page: Page, { offset, limit }: PageOptions): Page => ({
  ...page,
  rows: page.rows.slice(offset, offset + limit),
});

const groupsOf = (project: Project): readonly GroupNode[] =>
  [...project.nodes.values()].filter((node): node is GroupNode => isKind(node, "feature_group"));

/** A feature group by id or name, also where another kind has the name too. */
const findGroup = (project: Project, wanted: string): GroupNode => {
  const groups = groupsOf(project);
  const found = groups.find(({ id, name }) => id === wanted || name === wanted);
  if (found !== undefined) return found;
  const hint = suggestion(
    wanted,
    groups.map(({ id, name }) => (wanted.includes(".") ? id : name)),
  );
  throw new ProjectError("feature_group_not_found", { params: { group: wanted, suggestion: hint } });
};

/** `headrace features list`. */
export const listGroups: Execute<PageOptions> = async (session, options) => {
  await using engine = await openEngine(session, options);
  const project = await engine.project();
  const target = join(project.root, "target");
  const { loadState } = await stateRoom();
  const { offlineFolder, onlineFile, readGroup, readManifest, readOnlineState, readStores } = await featuresRoom();
  const state = loadState(target);
  const rows: (string | null)[][] = [];
  for (const node of groupsOf(project)) {
    const group = readGroup(node);
    const stores = readStores(node);
    const table = state.nodes[node.id]?.output?.hash;
    const manifest = await readManifest(offlineFolder(target, node.name, stores.version));
    const online = readOnlineState(node.id, stores.version, onlineFile(target));
    const told = (stored: { readonly table: string } | null, what: string): string =>
      stored === null ? "not written" : stored.table === table ? what : `${what}, behind`;
    rows.push([
      node.name,
      group.joinKeys.join(", "),
      group.eventTime,
      stores.version,
      stores.offline === null ? null : told(manifest, `${manifest?.rows} rows`),
      stores.online === null ? null : told(online, `${online?.keys} keys`),
    ]);
  }
  const page = textPage(["name", "join_keys", "event_time", "version", "offline", "online"], rows);
  printPage(session.terminal, cut(page, options), options);
  return 0;
};

/** `headrace features show GROUP`. */
export const showGroup: Execute<PageOptions> = async (session, options, [wanted = ""]) => {
  await using engine = await openEngine(session, options);
  const project = await engine.project();
  const node = findGroup(project, wanted);
  const { readGroup } = await featuresRoom();
  const group = readGroup(node);
  const { loadState } = await stateRoom();
  const table = loadState(join(project.root, "target")).nodes[node.id]?.metadata.columns ?? [];
  const typeOf = (name: string): string | null => table.find((column) => column.name === name)?.type ?? null;
  const definitions: readonly { readonly name: string; readonly description?: string | undefined }[] =
    node.config.features;
  const described = new Map(definitions.map(({ name, description }) => [name, description ?? null]));
  const times = [
    ...(group.eventTime === null ? [] : [[group.eventTime, "event time"] as const]),
    ...(group.createdTime === null ? [] : [[group.createdTime, "created time"] as const]),
  ];
  const fixed = [...group.joinKeys.map((name) => [name, "join key"] as const), ...times];
  const named = new Set(fixed.map(([name]) => name));
  const features =
    group.features.length > 0
      ? group.features
      : table.flatMap(({ name }) => (named.has(name) ? [] : [{ name, type: null, default: null }]));
  const rows = [
    ...fixed.map(([name, role]) => [name, role, typeOf(name), null, null]),
    ...features.map(({ name, type, default: value }) => {
      const fallback = value === null ? null : String(value);
      return [name, "feature", typeOf(name) ?? type, fallback, described.get(name) ?? null];
    }),
    ...group.onDemand.map(({ name, type, expression }) => [name, "on demand", type, null, expression]),
  ];
  const page = textPage(["column", "role", "type", "default", "description"], rows);
  printPage(session.terminal, cut(page, options), options);
  return 0;
};

interface OnlineOptions extends PageOptions {
  readonly at?: string;
}

/** `headrace features get-online GROUP KEY…`. */
export const getOnline: Execute<OnlineOptions> = async (session, options, [wanted = "", ...keys]) => {
  await using engine = await openEngine(session, options);
  const project = await engine.project();
  const node = findGroup(project, wanted);
  const { onlineFile, readGroup, readOnline, readStores } = await featuresRoom();
  const group = readGroup(node);
  if (keys.length !== group.joinKeys.length) {
    const params = { group: node.id, keys: group.joinKeys, given: keys.length };
    throw new ProjectError("feature_keys_given", { node: node.id, params });
  }
  const stores = readStores(node);
  const at = options.at === undefined ? new Date() : new Date(options.at);
  const found = readOnline(group, stores, onlineFile(join(project.root, "target")), keys, at);
  if (found === null || stores.online === null) {
    throw new ProjectError("feature_not_online", { node: node.id, params: { group: node.id } });
  }
  const columns = [
    ...group.joinKeys.map((name) => ({ name, type: "VARCHAR" })),
    { name: "status", type: "VARCHAR" },
    { name: "event_time", type: "VARCHAR" },
    ...found.columns,
  ];
  const row = [...keys, found.status, found.eventTime, ...found.values];
  printPage(session.terminal, { columns, rows: [row], totalRows: 1 }, options);
  return 0;
};

interface TrainingOptions extends PageOptions {
  readonly timestamp: string;
  readonly features: readonly string[];
  readonly role?: readonly string[];
  readonly fullNames?: boolean;
  readonly asKnown: boolean;
}

/** `headrace features training-set SPINE`. */
export const trainingSet: Execute<TrainingOptions> = async (session, options, [wanted = ""]) => {
  await using engine = await openEngine(session, options);
  const project = await engine.project();
  const spine = findNode(project, wanted).id;
  const { askTrainingSet } = await featuresRoom();
  const settings = {
    spine,
    timestamp: options.timestamp,
    features: options.features.map((name) => (name.startsWith("feature_group.") ? name : `feature_group.${name}`)),
    roles: readRoles(options.role ?? []),
    as_known: options.asKnown,
    full_names: options.fullNames ?? false,
  };
  const sql = await askTrainingSet(settings, project, (node) => columnsOf(engine, node, session.signal));
  const page = await engine.query(sql, { offset: options.offset, limit: options.limit }, session.signal);
  printPage(session.terminal, page, options);
  return 0;
};

const columnsOf = async (engine: Engine, node: string, signal: AbortSignal) =>
  (await engine.preview(node, { offset: 0, limit: 0 }, signal)).columns;

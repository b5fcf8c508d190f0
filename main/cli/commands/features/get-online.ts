import { HeadraceError, ProjectError } from "../../../../shared/errors/index.ts";
import { type Engine, featuresRoom, type Page } from "../../../engine/index.ts";
import type { FeatureGroup, OnlineFeatures } from "../../../engine/index.ts";
import { openEngine } from "../../open-project.ts";
import { type PageOptions, printPage } from "../../print-page.ts";
import type { Execute } from "../../session.ts";
import { findGroup, onlinePlace } from "./find-group.ts";

interface OnlineOptions extends PageOptions {
  readonly at?: string;
  readonly with?: readonly string[];
}

/** `headrace features get-online GROUP KEY…`. */
export const getOnline: Execute<OnlineOptions> = async (session, options, [wanted = "", ...keys]) => {
  await using engine = await openEngine(session, options);
  const project = await engine.project();
  const node = findGroup(project, wanted);
  const { readGroup, readOnline, readStores } = await featuresRoom();
  const group = readGroup(node);
  if (keys.length !== group.joinKeys.length) {
    const params = { group: node.id, keys: group.joinKeys, given: keys.length };
    throw new ProjectError("feature_keys_given", { node: node.id, params });
  }
  const stores = readStores(node);
  const at = options.at === undefined ? new Date() : new Date(options.at);
  const place = await onlinePlace(project, node, session.signal);
  const found = await readOnline(group, stores, place, keys, at);
  if (found === null || stores.online === null) {
    throw new ProjectError("feature_not_online", { node: node.id, params: { group: node.id } });
  }
  const request = requestOf(options.with ?? [], group.joinKeys, keys);
  const computed = await onDemand(engine, group, found, request, session.signal);
  const columns = [
    ...group.joinKeys.map((name) => ({ name, type: "VARCHAR" })),
    { name: "status", type: "VARCHAR" },
    { name: "event_time", type: "VARCHAR" },
    ...found.columns,
    ...computed.columns,
  ];
  const row = [...keys, found.status, found.eventTime, ...found.values, ...computed.values];
  printPage(session.terminal, { columns, rows: [row], totalRows: 1 }, options);
  return 0;
};

/** What the asking row has: the keys, and what `--with` gives. Throws `feature_request_unreadable`. */
const requestOf = (
  entries: readonly string[],
  names: readonly string[],
  keys: readonly string[],
): Readonly<Record<string, string>> => {
  const request: Record<string, string> = Object.fromEntries(names.map((name, at) => [name, keys[at] ?? ""]));
  for (const entry of entries) {
    const [name, ...value] = entry.split("=");
    if (!name || value.length === 0) throw new ProjectError("feature_request_unreadable", { params: { entry } });
    request[name] = value.join("=");
  }
  return request;
};

const onDemand = async (
  engine: Engine,
  group: FeatureGroup,
  found: OnlineFeatures,
  request: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<{ readonly columns: Page["columns"]; readonly values: readonly (string | null)[] }> => {
  if (group.onDemand.length === 0) return { columns: [], values: [] };
  const { onDemandSql } = await featuresRoom();
  const sql = onDemandSql(group, found.columns, found.values, request);
  try {
    const page = await engine.query(sql, { offset: 0, limit: 1 }, signal);
    return { columns: page.columns, values: page.rows[0] ?? [] };
  } catch (cause) {
    const column = group.onDemand.map(({ name }) => name).join(", ");
    const detail = cause instanceof HeadraceError ? cause.message : String(cause);
    const params = { group: group.id, column, detail };
    throw new ProjectError("feature_request_missing", { node: group.id, params }, { cause });
  }
};

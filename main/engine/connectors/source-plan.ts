// A source node's many spellings as one plan.

import { suggestion } from "../../../shared/graph/nearest.ts";
import { ExecutorValidationError, type ErrorCode, type ErrorParams } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { RunInterval } from "../executors/executor.ts";
import type { Connector, DeclaredColumn, SourcePlan, SourceType } from "./connector.ts";
import { dataType, dataTypeNames } from "./data-type.ts";
import { namedParameters } from "./query-parameters.ts";

type SourceNode = PipelineNode<"source">;

/** Keys of `params` with a meaning of their own for every type of source. */
const placeKeys = ["path", "table", "query", "connection"] as const;

const fileTypes: ReadonlySet<SourceType> = new Set(["csv", "parquet", "json", "jsonl"]);

const wrong = (node: SourceNode, code: ErrorCode, params: ErrorParams, next?: string): ExecutorValidationError =>
  new ExecutorValidationError(code, {
    node: node.id,
    location: node.location,
    params: { node: node.id, ...params },
    ...(next === undefined ? {} : { next }),
  });

const textOf = (node: SourceNode, option: string): string | null => {
  const value = node.config.params[option];
  if (value === undefined || value === null) return null;
  if (typeof value === "string" && value.trim() !== "") return value;
  throw wrong(node, "source_option_invalid", { option, detail: "it must be text" });
};

const typeFor = (node: SourceNode, column: string, type: string): string => {
  const known = dataType(type);
  if (known !== null) return known;
  throw wrong(node, "source_data_type_unknown", { column, type, suggestion: suggestion(type, dataTypeNames) });
};

const declaredColumns = (node: SourceNode): readonly DeclaredColumn[] | null => {
  const { schema, columns } = node.config;
  const types = new Map((schema ?? []).map(({ name, data_type }) => [name, data_type]));
  const names = columns === undefined ? [...types.keys()] : Object.keys(columns);
  if (schema === undefined && columns === undefined) return null;
  const all = schema === undefined ? names : schema.map(({ name }) => name);
  const seen = new Set<string>();
  return all.map((name) => {
    if (seen.has(name.toLowerCase())) throw wrong(node, "source_column_twice", { column: name });
    seen.add(name.toLowerCase());
    const type = types.get(name) ?? columns?.[name]?.dtype;
    return { name, type: type === undefined ? null : typeFor(node, name, type) };
  });
};

const someTypes = (node: SourceNode): Readonly<Record<string, string>> => {
  const types = node.config.params["types"];
  if (types === undefined || types === null) return {};
  if (typeof types !== "object" || Array.isArray(types)) {
    throw wrong(node, "source_option_invalid", {
      option: "types",
      detail: "it must be a map of column names to types",
    });
  }
  return Object.fromEntries(
    Object.entries(types).map(([column, type]) => [column, typeFor(node, column, String(type))]),
  );
};

const checkPath = (node: SourceNode, path: string | null): string | null => {
  if (path !== null && /^[a-z][a-z0-9+.-]+:\/\//i.test(path)) throw wrong(node, "source_url_refused", { path });
  return path;
};

const checkPlace = (node: SourceNode, plan: SourcePlan): void => {
  const missing = (what: string, how: string) => wrong(node, "source_place_missing", { what, how });
  if (fileTypes.has(plan.type)) {
    if (plan.path === null) throw missing("a path", "Add `table:` with a path or a glob, e.g. `table: data/*.csv`.");
    return;
  }
  if (plan.table === null && plan.query === null) {
    throw missing("a table or a query", "Add `table: schema.table` or `query: SELECT …`.");
  }
  if (plan.type === "sqlite" && plan.path === null && plan.connection === null) {
    throw missing("the database file", "Add `params: {path: data/shop.sqlite}` or a `connection:` of type sqlite.");
  }
};

/** Options of this type of source; what a query binds; anything else is an error that suggests the nearest. */
const sortParams = (node: SourceNode, connector: Connector | null, query: string | null, interval: RunInterval) => {
  const options: Record<string, unknown> = {};
  const wanted = query === null ? [] : namedParameters(query);
  const known = new Set<string>([...placeKeys, "types", ...(connector?.options ?? ["path"])]);
  const given: Readonly<Record<string, unknown>> = { ...interval, ...node.config.params };
  for (const [key, value] of Object.entries(node.config.params)) {
    if (wanted.includes(key)) continue;
    if (!known.has(key)) {
      const next = suggestion(key, known);
      throw wrong(node, "source_option_unknown", { option: key, type: node.config.source ?? "", suggestion: next });
    }
    if (!(placeKeys as readonly string[]).includes(key) && key !== "types") options[key] = value;
  }
  const parameters = wanted.map((parameter) => {
    const value = given[parameter];
    if (value === undefined) throw wrong(node, "source_parameter_missing", { parameter });
    return [parameter, value] as const;
  });
  return { options, parameters: Object.fromEntries(parameters) };
};

/**
 * The node's file as one plan, checked as far as it can be without I/O. `connectors` maps types to connectors.
 * Throws ExecutorValidationError.
 */
export const sourcePlan = (
  node: SourceNode,
  connectors: Readonly<Record<string, Connector>>,
  interval: RunInterval,
): SourcePlan => {
  const { config } = node;
  const type = config.source;
  const known = [...Object.keys(connectors), "database"];
  if (type === undefined) throw wrong(node, "source_type_missing", { known });
  const connector = connectors[type] ?? null;
  const isFile = fileTypes.has(type);
  const path = textOf(node, "path") ?? (isFile ? (config.table ?? textOf(node, "table")) : null);
  const table = isFile ? null : (config.table ?? textOf(node, "table"));
  const query = isFile ? null : (config.query ?? textOf(node, "query"));
  const plan: SourcePlan = {
    node: node.id,
    type,
    path: checkPath(node, path),
    table: query === null ? table : null,
    query,
    connection: config.connection ?? textOf(node, "connection"),
    columns: declaredColumns(node),
    types: someTypes(node),
    ...sortParams(node, connector, query, interval),
    watermark: config.cache?.watermark ?? null,
  };
  if (isFile && plan.watermark !== null) throw wrong(node, "source_watermark_useless", {});
  if (!isFile && config.freshness !== undefined && config.freshness.time_column === undefined && type !== "sqlite") {
    throw wrong(node, "source_freshness_incomplete", {});
  }
  const options = connector === null ? plan.options : connector.check(plan);
  checkPlace(node, plan);
  return { ...plan, options };
};

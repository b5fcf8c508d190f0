import { ExecutorValidationError, type ErrorParams } from "../../../shared/errors/index.ts";
import type { ErrorCode } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import { typeOfDtype } from "./dtype.ts";

/** A value of a file that stands in SQL as a literal. */
export type Scalar = string | number | boolean;

export interface Feature {
  readonly name: string;
  /** DuckDB's type, where the file names one. */
  readonly type: string | null;
  readonly default: Scalar | null;
}

/** A feature that is computed when features are read, from the group's features and the asking row. */
export interface OnDemandFeature {
  readonly name: string;
  readonly expression: string;
  readonly type: string | null;
}

/** A feature group with its spellings unified. JSON-safe: a plan holds it. */
export interface FeatureGroup {
  readonly id: string;
  readonly joinKeys: readonly string[];
  readonly eventTime: string | null;
  readonly createdTime: string | null;
  /** Seconds that a value stays good; `null` is for ever. */
  readonly ttl: number | null;
  readonly asKnown: boolean;
  /** Empty: every other column of the rows is a feature. */
  readonly features: readonly Feature[];
  readonly onDemand: readonly OnDemandFeature[];
}

type GroupNode = PipelineNode<"feature_group">;

const fail = (node: GroupNode, code: ErrorCode, params: ErrorParams): ExecutorValidationError =>
  new ExecutorValidationError(code, { node: node.id, location: node.location, params: { node: node.id, ...params } });

/** Reads what a feature group's file says. Throws for what it gets wrong. */
export const readGroup = (node: GroupNode): FeatureGroup => {
  const { config } = node;
  const group: FeatureGroup = {
    id: node.id,
    joinKeys: joinKeysOf(node),
    eventTime: config.event_time ?? config.materialization?.event_time_col ?? null,
    createdTime: config.created_time ?? null,
    ttl: config.ttl ?? null,
    asKnown: config.as_known,
    features: config.features.map((feature): Feature => ({
      name: feature.name,
      type: dtypeOf(node, feature.name, feature.dtype),
      default: defaultOf(node, feature.name, feature.default),
    })),
    onDemand: (config.on_demand ?? []).map(({ name, expr, dtype }): OnDemandFeature => ({
      name,
      expression: expr,
      type: dtypeOf(node, name, dtype),
    })),
  };
  checkNames(node, group);
  return group;
};

const joinKeysOf = (node: GroupNode): readonly string[] => {
  const { entity, join_keys: keys } = node.config;
  const ofEntity = entity?.join_keys;
  if (keys !== undefined && ofEntity !== undefined && keys.join() !== ofEntity.join()) {
    throw fail(node, "feature_keys_differ", { first: keys, second: ofEntity });
  }
  const named = keys ?? ofEntity;
  if (named !== undefined) return named;
  if (entity === undefined) throw fail(node, "feature_keys_missing", {});
  return [`${entity.name}_id`];
};

const dtypeOf = (node: GroupNode, column: string, dtype: string | undefined): string | null => {
  if (dtype === undefined) return null;
  const found = typeOfDtype(dtype);
  if (found.type !== null) return found.type;
  throw fail(node, "feature_dtype_unknown", { column, dtype, suggestion: found.suggestion });
};

const defaultOf = (node: GroupNode, column: string, value: unknown): Scalar | null => {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw fail(node, "feature_default_invalid", { column, value: JSON.stringify(value), wanted: "one plain value" });
};

/** Every column of the group with what it is for, in the order of its table; on-demand features come last. */
export const groupColumns = (group: FeatureGroup): readonly { readonly name: string; readonly role: string }[] => [
  ...group.joinKeys.map((name) => ({ name, role: "a join key" })),
  ...(group.eventTime === null ? [] : [{ name: group.eventTime, role: "its event_time" }]),
  ...(group.createdTime === null ? [] : [{ name: group.createdTime, role: "its created_time" }]),
  ...group.features.map(({ name }) => ({ name, role: "a feature" })),
  ...group.onDemand.map(({ name }) => ({ name, role: "an on-demand feature" })),
];

const checkNames = (node: GroupNode, group: FeatureGroup): void => {
  const seen = new Map<string, string>();
  for (const { name, role } of groupColumns(group)) {
    const key = name.toLowerCase();
    const first = seen.get(key);
    if (first !== undefined) throw fail(node, "feature_name_twice", { column: name, first, second: role });
    seen.set(key, role);
  }
};

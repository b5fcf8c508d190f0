import { type ErrorCode, type ErrorParams, ExecutorExecutionError } from "../../../shared/errors/index.ts";
import { type Column, nearest, suggestion } from "../../../shared/graph/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import { comparableKeys, isTime } from "./dtype.ts";
import type { Scalar } from "./group.ts";
import { undeclared } from "./group-sql.ts";
import type { GroupJoin, TrainingSet } from "./training-set.ts";

/** A feature of a joined group; all of them break ties, whether taken or not. */
export interface JoinedFeature {
  readonly column: Column;
  readonly name: string;
  readonly default: Scalar | null;
}

/** A column that a join adds to the spine's. */
export interface AddedColumn {
  /** Its name in the training set. */
  readonly name: string;
  /** Place in the join's features, or an expression of its own. */
  readonly feature: number | null;
  readonly expression: string | null;
  readonly type: string | null;
}

/** A join with every column found in its table. */
export interface ResolvedJoin {
  readonly input: number;
  readonly keys: readonly { readonly spine: number; readonly column: Column }[];
  readonly eventTime: Column;
  /** `null`: when a row became known is not looked at. */
  readonly createdTime: Column | null;
  readonly usesCreated: boolean;
  /** Whether rows may share keys and event time; false spares ranking them. */
  readonly repeats: boolean;
  readonly ttl: number | null;
  readonly features: readonly JoinedFeature[];
  readonly added: readonly AddedColumn[];
}

export interface ResolvedTrainingSet {
  readonly spineInput: number;
  readonly spine: readonly Column[];
  /** Place of the spine's timestamp in its columns. */
  readonly timestamp: number;
  readonly joins: readonly ResolvedJoin[];
}

const fail = (set: TrainingSet, code: ErrorCode, params: ErrorParams): ExecutorExecutionError =>
  new ExecutorExecutionError(code, { node: set.node, params: { node: set.node, ...params } });

/** Finds every column in the tables as they are. Throws for missing ones, wrong types and names that collide. */
export const resolveTrainingSet = (set: TrainingSet, inputs: readonly Relation[]): ResolvedTrainingSet => {
  const spineInput = inputs.findIndex(({ id }) => id === set.spine);
  const spine = inputs[spineInput]?.columns ?? [];
  const timestamp = spineColumn(set, spine, set.timestamp, "its timestamp");
  const { type } = spine[timestamp]!;
  if (!isTime(type)) {
    throw fail(set, "training_set_time_type", { column: set.timestamp, spine: set.spine, type });
  }
  const joins = set.joins.map((join) => resolveJoin(set, join, spine, inputs));
  checkNames(set, spine, joins);
  return { spineInput, spine, timestamp, joins };
};

const placeOf = (columns: readonly Column[], name: string): number =>
  columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());

const spineColumn = (set: TrainingSet, spine: readonly Column[], name: string, role: string): number => {
  const place = placeOf(spine, name);
  if (place >= 0) return place;
  const close = nearest(
    name,
    spine.map((column) => column.name),
  );
  const hint = close === null ? "" : ` Did you mean ${close}?`;
  const key = role === "its timestamp" ? "point_in_time.timestamp" : "point_in_time.roles";
  const remedy = `Add ${name} to ${set.spine}, or name another of its columns in \`${key}\`.${hint}`;
  throw fail(set, "training_set_column_missing", { column: name, role, spine: set.spine, remedy });
};

const resolveJoin = (
  set: TrainingSet,
  join: GroupJoin,
  spine: readonly Column[],
  inputs: readonly Relation[],
): ResolvedJoin => {
  const { group } = join;
  const input = inputs.findIndex(({ id }) => id === group.id);
  const table = inputs[input]?.columns ?? [];
  const features = featuresOf(join, table);
  return {
    input,
    keys: join.keys.map((name, at) => {
      const key = group.joinKeys[at] ?? "";
      const column = groupColumn(set, join, table, key);
      const place = spineColumn(set, spine, name, `${key} of ${group.id}`);
      checkKey(set, join, spine[place]!, column);
      return { spine: place, column };
    }),
    eventTime: groupColumn(set, join, table, group.eventTime),
    createdTime: group.createdTime === null ? null : groupColumn(set, join, table, group.createdTime),
    usesCreated: group.createdTime !== null && group.asKnown && set.asKnown,
    repeats: true,
    ttl: group.ttl,
    features,
    added: addedColumns(set, join, features),
  };
};

const featuresOf = ({ group }: GroupJoin, table: readonly Column[]): readonly JoinedFeature[] => {
  if (group.features.length === 0) {
    return undeclared(group, table).map((column) => ({ column, name: column.name, default: null }));
  }
  return group.features.flatMap(({ name, default: value }) => {
    const column = table[placeOf(table, name)];
    return column === undefined ? [] : [{ column, name, default: value }];
  });
};

const groupColumn = (set: TrainingSet, { group }: GroupJoin, table: readonly Column[], name: string): Column => {
  const column = table[placeOf(table, name)];
  if (column !== undefined) return column;
  const hint = suggestion(
    name,
    table.map((entry) => entry.name),
  );
  const feature = `${group.id}.${name}`;
  throw fail(set, "training_set_feature_unknown", { feature, group: group.id, column: name, suggestion: hint });
};

const checkKey = (set: TrainingSet, { group }: GroupJoin, spine: Column, key: Column): void => {
  if (comparableKeys(spine.type, key.type)) return;
  const of = { column: spine.name, spine: set.spine, type: spine.type };
  throw fail(set, "training_set_keys_differ", { ...of, key: key.name, group: group.id, other_type: key.type });
};

const addedColumns = (
  set: TrainingSet,
  join: GroupJoin,
  features: readonly JoinedFeature[],
): readonly AddedColumn[] => {
  const { group } = join;
  const all = [...features, ...group.onDemand].map(({ name }) => name);
  return (join.take ?? all).map((name): AddedColumn => {
    const asked = group.onDemand.find((entry) => entry.name === name);
    const feature = features.findIndex((entry) => entry.name.toLowerCase() === name.toLowerCase());
    if (asked === undefined && feature < 0) {
      throw fail(set, "training_set_feature_unknown", {
        feature: `${group.id}.${name}`,
        group: group.id,
        column: name,
        suggestion: suggestion(name, all),
      });
    }
    const parts = [join.role, set.fullNames ? group.id.slice(group.id.indexOf(".") + 1) : null, name];
    return {
      name: parts.filter((part) => part !== null).join("__"),
      feature: asked === undefined ? feature : null,
      expression: asked?.expression ?? null,
      type: asked?.type ?? null,
    };
  });
};

const checkNames = (set: TrainingSet, spine: readonly Column[], joins: readonly ResolvedJoin[]): void => {
  const owners = new Map(spine.map(({ name }) => [name.toLowerCase(), `one of ${set.spine}`]));
  joins.forEach(({ added }, at) => {
    for (const { name } of added) {
      const owner = `one of ${set.joins[at]?.group.id ?? ""}`;
      const first = owners.get(name.toLowerCase());
      if (first !== undefined) {
        throw fail(set, "training_set_names_collide", { column: name, first, second: owner });
      }
      owners.set(name.toLowerCase(), owner);
    }
  });
};

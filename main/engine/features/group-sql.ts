import { ExecutorExecutionError, type ErrorParams } from "../../../shared/errors/index.ts";
import { type Column, nearest } from "../../../shared/graph/index.ts";
import { literal, quoted } from "../duckdb/sql/identifiers.ts";
import { castsSafely, isTime } from "./dtype.ts";
import { groupColumns, type FeatureGroup, type Scalar } from "./group.ts";

/** The rows that a group's table is made of. */
export interface GroupRows {
  /** What stands after FROM. */
  readonly from: string;
  /** For messages: the input's id, or `the group's SQL`. */
  readonly source: string;
  readonly columns: readonly Column[];
  /** Whether the group has SQL or Python of its own, where a column is then to be added. */
  readonly computed: boolean;
}

/** A column of a group's table: where it comes from and what becomes of it. */
interface Selected {
  readonly column: Column;
  readonly name: string;
  readonly type: string | null;
  readonly default: Scalar | null;
}

/** The SELECT of a group's table: join keys, event time, created time, features. Throws for missing and wrong columns. */
export const groupSql = (group: FeatureGroup, rows: GroupRows): string => {
  const selected = [...fixedColumns(group, rows), ...featureColumns(group, rows)];
  return `select ${selected.map(selectItem).join(",\n  ")}\nfrom ${rows.from}`;
};

const selectItem = ({ column, name, type, default: value }: Selected): string => {
  const cast = type === null || type === column.type ? quoted(column.name) : `cast(${quoted(column.name)} as ${type})`;
  if (value === null) return `${cast} as ${quoted(name)}`;
  const fallback = `cast(${scalarSql(value)} as ${type ?? column.type})`;
  return `coalesce(${cast}, ${fallback}) as ${quoted(name)}`;
};

/** A value of a file as a literal. */
export const scalarSql = (value: Scalar): string => (typeof value === "string" ? literal(value) : String(value));

const plain = (name: string, column: Column): Selected => ({ column, name, type: null, default: null });

const fixedColumns = (group: FeatureGroup, rows: GroupRows): readonly Selected[] => [
  ...group.joinKeys.map((name) => plain(name, find(group, rows, name, "a join key"))),
  ...timeColumn(group, rows, group.eventTime, "its event_time"),
  ...timeColumn(group, rows, group.createdTime, "its created_time"),
];

const timeColumn = (group: FeatureGroup, rows: GroupRows, name: string | null, role: string): readonly Selected[] => {
  if (name === null) return [];
  const column = find(group, rows, name, role);
  if (isTime(column.type)) return [plain(name, column)];
  throw wrongType(group, rows, column, role, "a date or a timestamp", "timestamp");
};

const featureColumns = (group: FeatureGroup, rows: GroupRows): readonly Selected[] => {
  if (group.features.length === 0) return undeclared(group, rows.columns).map((column) => plain(column.name, column));
  return group.features.map(({ name, type, default: value }): Selected => {
    const column = find(group, rows, name, "a feature");
    if (type !== null && !castsSafely(column.type, type)) {
      throw wrongType(group, rows, column, "a feature", `${type}, as its dtype says,`, type);
    }
    return { column, name, type, default: value };
  });
};

/** The columns that are features where the file names none. */
export const undeclared = (group: FeatureGroup, columns: readonly Column[]): readonly Column[] => {
  const taken = new Set(groupColumns(group).map(({ name }) => name.toLowerCase()));
  return columns.filter(({ name }) => !taken.has(name.toLowerCase()));
};

/** The names of a group's features in its table. */
export const featureNames = (group: FeatureGroup, columns: readonly Column[]): readonly string[] =>
  group.features.length > 0
    ? group.features.map(({ name }) => name)
    : undeclared(group, columns).map(({ name }) => name);

const find = (group: FeatureGroup, rows: GroupRows, name: string, role: string): Column => {
  const found = rows.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const close = nearest(
    name,
    rows.columns.map((column) => column.name),
  );
  const hint = close === null ? "" : ` Did you mean ${close}?`;
  const remedy = rows.computed
    ? `Add ${name} to what ${group.id} selects.${hint}`
    : `Add \`transform:\` to ${group.id}, one SELECT that computes ${name} from ${rows.source}.${hint}`;
  throw error(group, "feature_column_missing", { column: name, role, source: rows.source, remedy });
};

const wrongType = (
  group: FeatureGroup,
  rows: GroupRows,
  column: Column,
  role: string,
  wanted: string,
  cast: string,
): ExecutorExecutionError => {
  const where = rows.computed ? "there" : `with \`transform:\` in ${group.id}`;
  const other = role === "a feature" ? ", or change the feature's dtype" : "";
  const remedy = `Cast it ${where}, as \`${quoted(column.name)}::${cast} as ${quoted(column.name)}\`${other}.`;
  return error(group, "feature_type_wrong", {
    column: column.name,
    role,
    type: column.type,
    source: rows.source,
    wanted,
    remedy,
  });
};

const error = (
  group: FeatureGroup,
  code: "feature_column_missing" | "feature_type_wrong",
  params: ErrorParams,
): ExecutorExecutionError =>
  new ExecutorExecutionError(code, { node: group.id, params: { node: group.id, ...params } });

import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import { type Column, suggestion } from "../../../../shared/graph/index.ts";
import type { Relation } from "../../duckdb/sql-host.ts";
import type { AggregationNode, ColumnUse } from "../../windows/index.ts";
import type { AggregationPlan } from "./plan.ts";
import type { AggregatedRows } from "./rows.ts";

type Code = Extract<ConstructorParameters<typeof ExecutorExecutionError>[0], `aggregation_${string}`>;
type Params = Readonly<Record<string, string | readonly string[]>>;

const failure = (node: AggregationNode, code: Code, params: Params): ExecutorExecutionError =>
  new ExecutorExecutionError(code, { node: node.id, location: node.location, params: { node: node.id, ...params } });

/** Throws for the first column that is missing, of another type, or already there. */
export const checkColumns = (node: AggregationNode, plan: AggregationPlan, rows: AggregatedRows): void => {
  for (const use of plan.uses) checkUse(node, use, rows[use.from]);
  if (plan.mode === "spine") checkKeys(node, plan, rows);
  const kept = plan.mode === "spine" ? rows.spine : rows.events;
  const taken = plan.added.find((name) => columnOf(kept, name) !== undefined);
  if (taken !== undefined) throw failure(node, "aggregation_name_taken", { input: kept.id, column: taken });
};

const columnOf = ({ columns }: Relation, name: string): Column | undefined =>
  columns.find((column) => column.name.toLowerCase() === name.toLowerCase());

const checkUse = (node: AggregationNode, { column, use, needs }: ColumnUse, relation: Relation): void => {
  const found = columnOf(relation, column);
  if (found === undefined) {
    const names = relation.columns.map(({ name }) => name);
    const remedy = use === "application_date_col" ? withoutApplication : "";
    const params = { column, use, input: relation.id, suggestion: `${suggestion(column, names)}${remedy}` };
    throw failure(node, "aggregation_column_missing", params);
  }
  const { type } = found;
  if (isFit(type, needs)) return;
  const [wanted, cast] = wants[needs];
  throw failure(node, "aggregation_column_type", { column, use, input: relation.id, type, wanted, cast });
};

const withoutApplication = " Without application_date_col everything is seen as of the run's date.";

const wants = {
  anything: ["any type", "varchar"],
  number: ["a number", "double"],
  quantity: ["a number or a time", "double"],
  time: ["a date or a timestamp", "timestamp"],
} as const;

const isNumber = (type: string): boolean =>
  /^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|BIGNUM|DECIMAL\(.*\))$/.test(type);
const isTime = (type: string): boolean => /^(?:DATE|TIMESTAMP(?:_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE)$/.test(type);

const isFit = (type: string, needs: ColumnUse["needs"]): boolean => {
  if (needs === "anything") return true;
  if (needs === "number") return isNumber(type);
  return isTime(type) || (needs === "quantity" && isNumber(type));
};

/** Keys of two sorts would be compared as text, and 1 is not 01. */
const checkKeys = (node: AggregationNode, plan: AggregationPlan, { events, spine }: AggregatedRows): void => {
  for (const { column, from, needs } of plan.uses) {
    if (from !== "spine" || needs === "time") continue;
    const type = columnOf(events, column)?.type ?? "";
    const other = columnOf(spine, column)?.type ?? "";
    if (type === other || (isNumber(type) && isNumber(other)) || (isTime(type) && isTime(other))) continue;
    const params = { column, type, input: events.id, other_type: other, other: spine.id };
    throw failure(node, "aggregation_keys_differ", params);
  }
};

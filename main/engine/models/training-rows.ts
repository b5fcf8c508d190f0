import { join } from "node:path";

import { type Column, nearest } from "../../../shared/graph/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import type { ExecutionContext } from "../executors/executor.ts";
import { locateSqlError } from "../executors/locate-sql-error.ts";
import { checkExpressions } from "../executors/training-set.ts";
import { isTime } from "../features/dtype.ts";
import { checkRepeats, joinedSql, namesOf } from "./join-sql.ts";
import type { ModelNode, ModelPlan } from "./read-model.ts";
import type { JoinedRows, SingleRows } from "./read-rows.ts";
import { failed, findColumn } from "./wrong.ts";

/** The one table that a training reads, and what its columns are for. */
export interface TrainingRows {
  readonly relation: Relation;
  /** SHA-256 of the table's file. */
  readonly hash: string;
  /** For messages. */
  readonly source: string;
  /** Columns of the rows themselves, not of what was joined to them. */
  readonly rowColumns: readonly string[];
  /** `null`: every column that is nothing else. */
  readonly features: readonly string[] | null;
  readonly exclude: readonly string[];
  readonly keys: readonly string[];
  readonly time: string | null;
  readonly target: string;
  readonly groups: string | null;
  readonly warnings: readonly string[];
}

type Context = Pick<ExecutionContext, "duckdb" | "inputs" | "interval" | "scratch" | "signal">;

/** Makes the table of a training. Throws for columns that the file names and the tables lack. */
export const prepareRows = async (node: ModelNode, plan: ModelPlan, context: Context): Promise<TrainingRows> => {
  const { rows } = plan;
  const made = rows.kind === "joined" ? await joined(node, rows, context) : await single(node, rows, context);
  const { columns } = made.relation;
  const where = { source: made.source };
  const target = findTarget(node, plan, columns, made.source, context);
  return {
    ...made,
    target,
    time: timeOf(node, plan, columns, made),
    exclude: plan.exclude.map((name) => findColumn(node, columns, name, { ...where, key: "exclude" }).name),
    groups:
      plan.split.kind === "group" && plan.split.column !== null
        ? findColumn(node, columns, plan.split.column, { ...where, key: "split.column" }).name
        : null,
  };
};

type Made = Omit<TrainingRows, "target" | "exclude" | "groups" | "time"> & {
  readonly knownTime: string | null;
  readonly timeKey: string;
};

const limitsOf = ({ config }: ModelNode) => {
  const { memory, threads } = config.resources ?? {};
  return memory === undefined && threads === undefined ? undefined : { memory, threads };
};

const joined = async (node: ModelNode, rows: JoinedRows, context: Context): Promise<Made> => {
  const { inputs, duckdb, signal } = context;
  if (rows.set !== null) await checkExpressions(rows.set, context);
  const { sql, added, warnings } = joinedSql(node, rows, inputs, "labels.timestamp");
  await checkRepeats(node, rows, inputs, duckdb, signal);
  const file = join(context.scratch, "training.parquet");
  const job = { node: node.id, sql, inputs, params: {}, limits: limitsOf(node), durable: false };
  const { columns, hash } = await duckdb.writeParquet(job, file, signal);
  const spine = inputs.find(({ id }) => id === rows.spine)?.columns ?? [];
  const own = rows.spineFeatures?.map(
    (name) => findColumn(node, spine, name, { source: rows.spine, key: "labels.features" }).name,
  );
  return {
    relation: { id: node.id, file, columns },
    hash,
    source: rows.spine,
    rowColumns: namesOf(spine),
    features: own === undefined ? null : [...own, ...added],
    keys: keysOf(rows).filter((key) => spine.some(({ name }) => name === key)),
    warnings,
    knownTime: rows.timestamp,
    timeKey: "labels.timestamp",
  };
};

const keysOf = (rows: JoinedRows): readonly string[] => [
  ...new Set([
    ...(rows.set?.joins ?? []).flatMap(({ keys }) => keys),
    ...rows.plain.flatMap(({ group }) => group.joinKeys),
  ]),
];

const single = async (node: ModelNode, rows: SingleRows, context: Context): Promise<Made> => {
  const relation = rows.variables === null ? context.inputs[0] : undefined;
  const made = relation === undefined ? await selected(node, rows, context) : await asItIs(relation, context);
  const has = (name: string): boolean => made.relation.columns.some((column) => column.name === name);
  return {
    ...made,
    source: relation?.id ?? `the transform of ${node.id}`,
    rowColumns: namesOf(made.relation.columns),
    features: null,
    keys: rows.keys.filter(has),
    warnings: [],
    knownTime: rows.time !== null && has(rows.time) ? rows.time : null,
    timeKey: "split.column",
  };
};

const asItIs = async (relation: Relation, { duckdb, signal }: Context) => ({
  relation,
  hash: (await duckdb.inspectParquet(relation.file, signal)).hash,
});

const selected = async (node: ModelNode, rows: SingleRows, context: Context) => {
  const { body } = node;
  if (body?.language !== "sql") throw failed(node, "model_input_missing");
  const all: Readonly<Record<string, unknown>> = { ...context.interval, ...rows.variables, ...node.config.params };
  const params = Object.fromEntries(body.parameters.map((name) => [name, all[name] ?? null]));
  const file = join(context.scratch, "training.parquet");
  const job = { node: node.id, sql: body.text, inputs: context.inputs, params, limits: limitsOf(node), durable: false };
  const { columns, hash } = await context.duckdb.writeParquet(job, file, context.signal).catch((thrown: unknown) => {
    throw locateSqlError(thrown, body);
  });
  return { relation: { id: node.id, file, columns }, hash };
};

const findTarget = (
  node: ModelNode,
  { target, rows }: ModelPlan,
  columns: readonly Column[],
  source: string,
  { inputs }: Context,
): string => {
  const found = columns.find(({ name }) => name.toLowerCase() === target.toLowerCase());
  if (found !== undefined) return found.name;
  const searched =
    node.body === null
      ? inputs.map((input) => `${input.id} (${namesOf(input.columns).join(", ")})`)
      : [`${source} (${namesOf(columns).join(", ")})`];
  const close = nearest(target, namesOf(columns));
  const hint = close === null ? "" : `Did you mean ${close}? `;
  const remedy =
    rows.kind === "joined"
      ? `${hint}Name a column of ${rows.spine} in \`target\`.`
      : `${hint}Add \`labels: {ref: kind.name, target: ${target}, timestamp: <column>}\` to learn from another node's rows.`;
  throw failed(node, "model_target_not_found", { target, searched, remedy });
};

/** The column that tells when each row is: for the split, and never a feature. */
const timeOf = (node: ModelNode, { split }: ModelPlan, columns: readonly Column[], made: Made): string | null => {
  const isWanted = split.kind === "time";
  const asked = isWanted || split.kind === null ? split.column : null;
  const name = asked ?? made.knownTime;
  if (name === null) {
    if (isWanted) throw failed(node, "model_split_column", { kind: "time" });
    return null;
  }
  const key = asked === null ? made.timeKey : "split.column";
  const column = findColumn(node, columns, name, { source: made.source, key });
  if (isTime(column.type)) return column.name;
  if (!isWanted && asked === null) return null;
  throw failed(node, "model_time_type", { column: column.name, source: made.source, type: column.type, key });
};

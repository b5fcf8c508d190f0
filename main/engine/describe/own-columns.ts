import type { Column, PipelineNode } from "../../../shared/graph/index.ts";
import type { Executor } from "../executors/executor.ts";
import { stableHash } from "../files/index.ts";
import { definitionParts } from "../plan/fingerprint.ts";
import type { Project } from "../project/project.ts";
import type { NodeRecord } from "../state/index.ts";
import { type NodeSchema, unknownSchema } from "./node-schema.ts";

const interval = { date: "2000-01-01", start: null, end: null };

/** The columns of a node that no SQL tells: those that its file declares, else those of its last run. */
export const ownColumns = (
  node: PipelineNode,
  executor: Executor | undefined,
  project: Project,
  record: NodeRecord | undefined,
): NodeSchema => {
  const declared = declaredColumns(node, executor, project);
  if (declared !== null) return { ...unknownSchema, columns: declared, from: "declared", isCertain: true };
  if (record === undefined || record.metadata.columns.length === 0) return unknownSchema;
  const isCertain = isSameDefinition(node, executor, project, record);
  return { ...unknownSchema, columns: record.metadata.columns, from: "last run", isCertain };
};

interface Declared {
  readonly name: string;
  readonly type: string | null;
}

const declaredColumns = (
  node: PipelineNode,
  executor: Executor | undefined,
  project: Project,
): readonly Column[] | null => {
  if (node.body?.language === "python") return typedColumns(node.config);
  if (node.kind !== "source" || executor === undefined) return null;
  const plan = planOf(node, executor, project);
  if (plan === null || !("columns" in plan) || !Array.isArray(plan.columns)) return null;
  const types = "types" in plan ? (plan.types as Readonly<Record<string, string>>) : {};
  const columns = (plan.columns as readonly Declared[]).map(({ name, type }) => ({ name, type: types[name] ?? type }));
  return columns.every((column): column is Column => column.type !== null) ? columns : null;
};

/** `columns: {name: {dtype}}` of a Python node, where it gives every type. */
const typedColumns = (config: PipelineNode["config"]): readonly Column[] | null => {
  const columns = "columns" in config ? config.columns : undefined;
  if (columns === undefined || Array.isArray(columns)) return null;
  const entries = Object.entries(columns).map(([name, value]: [string, unknown]) => {
    const dtype = typeof value === "object" && value !== null && "dtype" in value ? value.dtype : null;
    return { name, type: typeof dtype === "string" ? dtype : null };
  });
  return entries.length > 0 && entries.every((entry): entry is Column => entry.type !== null) ? entries : null;
};

const planOf = (node: PipelineNode, executor: Executor, project: Project): object | null => {
  try {
    const plan = executor.plan(node, project, interval);
    return typeof plan === "object" ? plan : null;
  } catch {
    // A node that cannot be planned says why in its own problem.
    return null;
  }
};

/** Whether a node would still make what its last run made, as far as its own definition goes. */
const isSameDefinition = (
  node: PipelineNode,
  executor: Executor | undefined,
  project: Project,
  record: NodeRecord,
): boolean => {
  const plan = executor === undefined ? null : planOf(node, executor, project);
  if (executor === undefined || plan === null) return false;
  const parts = definitionParts(node, executor, plan, { interval, intervalGiven: false, environment: null });
  const { code, params, inputs } = record.parts;
  const isSameCode = parts.code === code && parts.params === params && stableHash(parts.inputs) === stableHash(inputs);
  return isSameCode && (node.body?.language === "python" || parts.config === record.parts.config);
};

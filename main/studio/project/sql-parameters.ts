import type { SqlParameterView } from "../../../shared/api/index.ts";
import type { ShapedProject } from "./last-shapes.ts";

/** What a run always gives. */
const ofRun: readonly SqlParameterView[] = ["date", "start", "end"].map((name) => ({
  name,
  type: name === "date" ? "date" : "timestamp",
  value: null,
  from: "run",
}));

const typeOf = (value: unknown): string => {
  if (Array.isArray(value)) return "list";
  if (value === null) return "null";
  return { string: "text", object: "struct" }[typeof value as string] ?? typeof value;
};

const written = (values: Readonly<Record<string, unknown>>, from: SqlParameterView["from"]): SqlParameterView[] =>
  Object.entries(values).map(([name, value]) => ({ name, type: typeOf(value), value: JSON.stringify(value), from }));

/** The names that a node's SQL may bind as `$name`, the node's own first; of a name given twice the one that counts. */
export const sqlParameters = (project: ShapedProject, id: string | null): readonly SqlParameterView[] => {
  const node = id === null ? undefined : (project.nodes.get(id) ?? project.kept.get(id)?.node);
  const own = node === undefined ? [] : written(node.config.params, "node");
  const all = [...own, ...written(project.settings.vars, "project"), ...ofRun];
  return all.filter(({ name }, at) => all.findIndex((other) => other.name === name) === at);
};

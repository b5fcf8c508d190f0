import { type PipelineNode, suggestion } from "../../../shared/graph/index.ts";
import type { Project } from "../project/project.ts";
import { allMetrics, findAlgorithm, metricNames, suggestAlgorithm, type Task } from "./algorithms.ts";
import { readRule } from "./promotion.ts";
import { readRows, type ModelRows } from "./read-rows.ts";
import { wrong } from "./wrong.ts";

/** How rows are split; `kind` is `null` where the data decides. */
export interface SplitPlan {
  readonly kind: "random" | "stratified" | "time" | "group" | null;
  readonly testSize: number;
  readonly column: string | null;
  readonly at: string | null;
}

/** A model's file with its spellings unified. JSON-safe: a plan holds it. */
export interface ModelPlan {
  readonly target: string;
  readonly algorithm: string;
  readonly task: Task | null;
  /** Class paths by task. */
  readonly estimators: Readonly<Partial<Record<Task, string>>>;
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly rows: ModelRows;
  readonly exclude: readonly string[];
  readonly split: SplitPlan;
  readonly folds: number | null;
  readonly seed: number;
  readonly metrics: readonly string[];
  readonly classWeight: "balanced" | Readonly<Record<string, number>> | null;
  readonly outputColumns: readonly string[];
  readonly formats: readonly string[];
  /** What the environment holds besides scikit-learn. */
  readonly packages: readonly string[];
  readonly threads: number;
  readonly promoteIf: string | null;
  readonly label: string | null;
}

export type ModelNode = PipelineNode<"model">;

/** Reads what a model's file says. Throws for what it gets wrong. */
export const readModel = (node: ModelNode, project: Project): ModelPlan => {
  const { config } = node;
  const written = once(node, "its algorithm", config.algorithm, config.training?.algorithm);
  if (written === null) throw wrong(node, "model_algorithm_missing");
  const algorithm = findAlgorithm(written);
  if (algorithm === null) {
    throw wrong(node, "model_algorithm_unknown", { algorithm: written, suggestion: suggestAlgorithm(written) });
  }
  const task = taskOf(node, written, algorithm.estimators);
  const format = formatOf(node);
  return {
    target: targetOf(node),
    algorithm: written,
    task,
    estimators: algorithm.estimators,
    hyperparameters: config.hyperparameters ?? config.training?.params ?? {},
    rows: readRows(node, project),
    exclude: config.exclude,
    split: splitOf(node),
    folds: config.cv ?? null,
    seed: config.seed ?? 0,
    metrics: metricsOf(node, task),
    classWeight: config.class_weight ?? null,
    outputColumns: config.output_columns ?? [],
    formats: format === null ? [] : [format],
    packages: [algorithm.package, ...(format === "onnx" ? ["onnx"] : [])].filter((name) => name !== "scikit-learn"),
    threads: config.resources?.threads ?? 1,
    promoteIf: promotionOf(node),
    label: config.version === undefined ? null : String(config.version),
  };
};

/** Two spellings of one thing may agree, or only one be there. */
const once = (node: ModelNode, what: string, first?: string, second?: string): string | null => {
  if (first !== undefined && second !== undefined && first !== second) {
    throw wrong(node, "model_spelled_twice", { what, first, second });
  }
  return first ?? second ?? null;
};

const targetOf = (node: ModelNode): string => {
  const { target, labels, training } = node.config;
  const ofLabels = once(node, "its target", labels?.target, training?.label_column);
  const found = once(node, "its target", target, ofLabels ?? undefined);
  if (found === null) throw wrong(node, "model_target_missing");
  return found;
};

const taskOf = (node: ModelNode, algorithm: string, estimators: ModelPlan["estimators"]): Task | null => {
  const { task } = node.config;
  if (task !== undefined) {
    if (estimators[task] === undefined) throw wrong(node, "model_algorithm_task", { algorithm, task });
    return task;
  }
  if (estimators.classification === undefined) return "regression";
  return estimators.regression === undefined ? "classification" : null;
};

const formatOf = (node: ModelNode): "onnx" | "pickle" | null => {
  const { format = "skops", allow_pickle: allowed } = node.config.artifact ?? {};
  if (format === "pickle" && allowed !== true) throw wrong(node, "model_pickle_refused");
  return format === "skops" ? null : format;
};

const splitOf = (node: ModelNode): SplitPlan => {
  const { split, training } = node.config;
  const kind = split?.kind ?? null;
  if (kind === "group" && split?.column === undefined) throw wrong(node, "model_split_column", { kind });
  const at = split?.at ?? null;
  if (at !== null && !/^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?$/.test(at)) {
    throw wrong(node, "model_split_at", { at });
  }
  return {
    kind,
    testSize: split?.test_size ?? training?.test_size ?? 0.2,
    column: split?.column ?? null,
    at,
  };
};

const metricsOf = (node: ModelNode, task: Task | null): readonly string[] => {
  const known = task === null ? allMetrics : metricNames[task];
  const metrics = node.config.metrics ?? [];
  const unknown = metrics.find((metric) => !known.includes(metric));
  if (unknown === undefined) return metrics;
  throw wrong(node, "model_metric_unknown", { metric: unknown, suggestion: suggestion(unknown, known) });
};

const promotionOf = (node: ModelNode): string | null => {
  const text = node.config.promote_if ?? null;
  const rule = readRule(text, allMetrics);
  if ("wrong" in rule) throw wrong(node, "model_promotion_invalid", { detail: rule.wrong });
  return text;
};

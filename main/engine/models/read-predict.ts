import { isKind, type PipelineNode, suggestion, tablesRead } from "../../../shared/graph/index.ts";
import type { Project } from "../project/project.ts";
import { readModel } from "./read-model.ts";
import { joinGroups, type JoinedRows } from "./read-rows.ts";
import { wrong } from "./wrong.ts";

export type PredictNode = PipelineNode<"predict">;

/** What a prediction's file says. JSON-safe: a plan holds it. */
export interface PredictPlan {
  readonly model: string;
  /** `promoted`, `latest`, an id or a label. */
  readonly version: string;
  /** Packages of the model as its file is now: the version's own are read when it is applied. */
  readonly packages: readonly string[];
  readonly spine: string;
  /** Feature groups joined to the rows; `null` for rows as they are. */
  readonly joins: JoinedRows | null;
  readonly outputColumns: readonly string[];
  readonly threads: number;
}

/** Reads what a prediction's file says. Throws for what it gets wrong. */
export const readPredict = (node: PredictNode, project: Project): PredictPlan => {
  const { config } = node;
  const id = config.model.includes(".") ? config.model : `model.${config.model}`;
  const model = project.nodes.get(id);
  if (model === undefined || !isKind(model, "model")) {
    const models = [...project.nodes.values()].filter(({ kind }) => kind === "model").map((one) => one.id);
    throw wrong(node, "predict_not_a_model", { model: id, suggestion: suggestion(id, models) });
  }
  const [spine, ...others] = tablesRead(node).filter((table) => table !== id);
  if (spine === undefined) throw wrong(node, "predict_input_missing", { model: id });
  const wanted = { spine, others, timestamp: config.timestamp ?? null, key: "timestamp", roles: config.roles };
  return {
    model: id,
    version: String(config.version ?? "promoted"),
    packages: readModel(model, project).packages,
    spine,
    joins: others.length === 0 ? null : joinGroups(node, project, { ...wanted, fullNames: fullNames(model) }),
    outputColumns: config.output_columns ?? [],
    threads: config.resources?.threads ?? 1,
  };
};

/** Features have the names that the model was trained on. */
const fullNames = (model: PipelineNode<"model">): boolean => model.config.labels?.full_names ?? false;

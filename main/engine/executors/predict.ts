import { join } from "node:path";

import { modelBody, type PredictPlan, readPredict } from "../models/index.ts";
import { defineExecutor } from "./executor.ts";

/** Applies a version of a model to an input: its rows in their order, with the predictions. */
export const predictExecutor = defineExecutor<"predict", PredictPlan>("predict", {
  version: 1,
  looksAgain: true,
  validate: (node, project) => void readPredict(node, project),
  plan: readPredict,
  environmentBody: (node, plan) => modelBody("predict", plan.packages, node.location),
  describe: (plan) => [`applies the ${plan.version} version of ${plan.model} to ${plan.spine}`],
  /** Which version the file's word stands for now, by its artifact. */
  async inputsState(_node, { model, version }, { project }) {
    const { findVersion, readRegistry } = await import("../models/versions.ts");
    const targetPath = join(project.root, "target");
    if (readRegistry(targetPath, model).versions.length === 0) return { parts: {} };
    const found = findVersion(targetPath, model, version);
    return { parts: { [`the ${version} version of ${model}`]: `${found.version} ${found.artifact_hash}` } };
  },
  async execute(node, plan, context) {
    const { predictRows } = await import("../models/predict-rows.ts");
    return predictRows(node, plan, context);
  },
});

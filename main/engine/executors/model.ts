import type { Project } from "../project/project.ts";
import { describePlan, modelBody, type ModelNode, type ModelPlan, readModel } from "../models/index.ts";
import { defineExecutor } from "./executor.ts";

/** Trains a version on labels and features; its table is the predictions of every row. */
export const modelExecutor = defineExecutor<"model", ModelPlan>("model", {
  version: 1,
  validate: (node: ModelNode, project: Project) => void readModel(node, project),
  plan: readModel,
  environmentBody: (node, plan) => modelBody("train", plan.packages, node.location),
  describe: describePlan,
  async execute(node, plan, context) {
    const { trainModel } = await import("../models/train-model.ts");
    return trainModel(node, plan, context);
  },
});

// Models: trained in an environment of their own, kept as versions, applied to rows. What is loaded here only plans.
export { modelBody } from "./environment.ts";
export { describePlan } from "./describe-plan.ts";
export { readModel, type ModelNode, type ModelPlan } from "./read-model.ts";
export { readPredict, type PredictPlan } from "./read-predict.ts";

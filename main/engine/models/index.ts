// Models: trained in an environment of their own, kept as versions, applied to rows. Nothing of them is loaded here.
export { modelBody } from "./environment.ts";
export { describePlan } from "./describe-plan.ts";
export { readModel, type ModelPlan } from "./read-model.ts";
export { findVersion, readRegistry } from "./versions.ts";

import { executeAggregation } from "./aggregate/execute.ts";
import { type AggregationPlan, planAggregation } from "./aggregate/plan.ts";
import { defineExecutor } from "./executor.ts";

/** Aggregates of events over windows of time, one row an entity and application date. */
export const aggregationExecutor = defineExecutor<"aggregation", AggregationPlan>("aggregation", {
  version: 1,
  plan: planAggregation,
  seesInterval: (plan) => plan.seesInterval,
  execute: executeAggregation,
});

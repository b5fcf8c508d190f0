import { executeAggregation } from "./aggregate/execute.ts";
import { type AggregationPlan, planAggregation } from "./aggregate/plan.ts";
import { defineExecutor } from "./executor.ts";

/** Aggregates of another aggregation's columns; they differ only in how their columns are called. */
export const secondOrderAggregationExecutor = defineExecutor<"second_order_aggregation", AggregationPlan>(
  "second_order_aggregation",
  {
    version: 1,
    plan: planAggregation,
    seesInterval: (plan) => plan.seesInterval,
    execute: executeAggregation,
  },
);

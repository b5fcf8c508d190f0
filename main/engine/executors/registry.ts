// One line a kind: leave one out and it does not compile. createEngine({ executors }) adds or replaces.

import type { KindName } from "../../../shared/graph/index.ts";
import { aggregationExecutor } from "./aggregation.ts";
import type { Executor } from "./executor.ts";
import { exposureExecutor } from "./exposure.ts";
import { featureGroupExecutor } from "./feature-group.ts";
import { modelExecutor } from "./model.ts";
import { predictExecutor } from "./predict.ts";
import { ruleExecutor } from "./rule.ts";
import { secondOrderAggregationExecutor } from "./second-order-aggregation.ts";
import { sourceExecutor } from "./source.ts";
import { transformExecutor } from "./transform.ts";

export const executors: { readonly [K in KindName]: Executor<K> } = {
  source: sourceExecutor,
  transform: transformExecutor,
  feature_group: featureGroupExecutor,
  aggregation: aggregationExecutor,
  second_order_aggregation: secondOrderAggregationExecutor,
  model: modelExecutor,
  predict: predictExecutor,
  rule: ruleExecutor,
  exposure: exposureExecutor,
};

// One line a kind: leave one out and it does not compile. createEngine({ executors }) adds or replaces.

import type { KindName } from "../../../shared/graph/index.ts";
import type { Executor } from "./executor.ts";
import { sourceExecutor } from "./source.ts";
import { transformExecutor } from "./transform.ts";
import { unavailableExecutor } from "./unavailable.ts";

export const executors: { readonly [K in KindName]: Executor<K> } = {
  source: sourceExecutor,
  transform: transformExecutor,
  feature_group: unavailableExecutor("feature_group"),
  aggregation: unavailableExecutor("aggregation"),
  second_order_aggregation: unavailableExecutor("second_order_aggregation"),
  model: unavailableExecutor("model"),
  predict: unavailableExecutor("predict"),
  rule: unavailableExecutor("rule"),
  exposure: unavailableExecutor("exposure"),
};

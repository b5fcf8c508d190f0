// The kinds of node: one file and one line each.

import type { z } from "zod";

import type { kindNames } from "../kind-names.ts";
import { aggregationKind } from "./aggregation.ts";
import { exposureKind } from "./exposure.ts";
import { featureGroupKind } from "./feature-group.ts";
import { modelKind } from "./model.ts";
import { predictKind } from "./predict.ts";
import { ruleKind } from "./rule.ts";
import { secondOrderAggregationKind } from "./second-order-aggregation.ts";
import { sourceKind } from "./source.ts";
import { transformKind } from "./transform.ts";

export const kinds = {
  source: sourceKind,
  transform: transformKind,
  feature_group: featureGroupKind,
  aggregation: aggregationKind,
  second_order_aggregation: secondOrderAggregationKind,
  model: modelKind,
  predict: predictKind,
  rule: ruleKind,
  exposure: exposureKind,
} as const satisfies Readonly<Record<(typeof kindNames)[number], unknown>>;

export type KindName = keyof typeof kinds;
export type KindConfigs = { readonly [K in KindName]: z.output<(typeof kinds)[K]["schema"]> };
export { kindNames } from "../kind-names.ts";

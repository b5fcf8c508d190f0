// How each kind's columns come from its inputs'. One line a kind.

import { type KindName, type PipelineNode, isKind } from "../../../../shared/graph/index.ts";
import { aggregationLineage, featureGroupLineage } from "./generated.ts";
import type { KindLineage } from "./kind-lineage.ts";
import { exposureLineage, learnedLineage, pythonLineage, ruleLineage, sourceLineage } from "./others.ts";
import { sqlNodeLineage } from "./sql-body.ts";
import { trainingSetLineage } from "./training-set.ts";

export type { KindContext } from "./kind-lineage.ts";

const kinds: { readonly [K in KindName]: KindLineage } = {
  source: sourceLineage,
  transform: sqlNodeLineage,
  feature_group: featureGroupLineage,
  aggregation: aggregationLineage,
  second_order_aggregation: aggregationLineage,
  model: learnedLineage,
  predict: learnedLineage,
  rule: ruleLineage,
  exposure: exposureLineage,
};

/** What tells a node's lineage: its function where it is Python, else its kind. */
export const lineageOfKind = (node: PipelineNode): KindLineage => {
  if (node.body?.language === "python") return pythonLineage;
  if (isKind(node, "transform") && node.config.point_in_time !== undefined) return trainingSetLineage;
  return kinds[node.kind];
};

/** Every kind of node, without the schemas: code that only needs the names need not load them. */
export const kindNames = [
  "source",
  "transform",
  "feature_group",
  "aggregation",
  "second_order_aggregation",
  "model",
  "predict",
  "rule",
  "exposure",
] as const satisfies readonly string[];

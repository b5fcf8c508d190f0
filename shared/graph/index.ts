// The graph model and the kinds of node, as every part of Headrace sees them.
export * from "./node.ts";
export { kinds } from "./kinds/index.ts";
export type { KindConfigs, KindName } from "./kinds/index.ts";
export type { Hook, Materialization } from "./kinds/common.ts";

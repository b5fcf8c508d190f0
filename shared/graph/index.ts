// The graph model and what can be asked of it. The kinds' schemas (zod) are imported from `kinds/index.ts` by what
// needs them: a run that changes nothing never loads them.
export * from "./node.ts";
export type { KindConfigs, KindName } from "./kinds/index.ts";
export type { Hook, Materialization } from "./kinds/common.ts";
export { emptyTransform, selectAll, whyNot } from "./connections.ts";
export { findCycles, topologicalOrder } from "./order.ts";
export { nearest, suggestion } from "./nearest.ts";
export { locateInText, type PlacedText, type TextPlace } from "./sql-position.ts";
export { selectNodes, type SelectableNode, type SelectionSets } from "./select.ts";
export { readersOf } from "./walk.ts";

// What each node's table would look like, without running anything: columns, and what does not fit them.
export { SchemaDesk } from "./schema-desk.ts";
export type { Draft, DraftSchema, NodeSchema, SchemaProblem, SchemaReport } from "./node-schema.ts";

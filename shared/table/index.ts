// Tables as people look at them: what is looked at, which rows, in which order.

export * from "./table.ts";
export * from "./type-class.ts";
export * from "./view.ts";
export { conditionsOf, type ViewedColumn } from "./condition-sql.ts";
export { viewSelect } from "./view-sql.ts";

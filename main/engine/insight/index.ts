// What panels show of one kind alone: features as they were, windows over the events they look at.
export { featuresAsOfSql } from "./features-as-of.ts";
export { readWindows, type WindowsSeen } from "./read-windows.ts";

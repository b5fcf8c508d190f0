// Checks on data: what a rule and the tests of any node are made of, as generated SQL.
export { probeAll, runChecks, type CheckRun } from "./run-checks.ts";
export { refuseUnusedInputs } from "./check-inputs.ts";
export { checkParameters, refuseMissingParameters } from "./parameters.ts";
export { readRule, readTests } from "./read-checks.ts";
export { failedRulesColumn, failingRowsSql, passedRowsSql } from "./failing-rows.ts";
export { scanOf } from "./scan.ts";
export { violationError, warningsOf } from "./verdict.ts";
export { earlierFigures, keepFigures } from "./history.ts";
export type { Check } from "./check.ts";
export type { Finding } from "./findings.ts";

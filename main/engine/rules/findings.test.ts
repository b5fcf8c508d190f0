import { describe, expect, it } from "vitest";

import { checkSchema } from "../../../shared/graph/kinds/checks.ts";
import type { Check } from "./check.ts";
import { findingOf } from "./findings.ts";

const check = (given: Readonly<Record<string, unknown>> = {}): Check => {
  const { warn_if, error_if, severity } = checkSchema.parse({ not_null: "a", ...given });
  return {
    id: "c",
    type: "not_null",
    spec: ["a"],
    where: null,
    nullsFail: false,
    severity: severity ?? "error",
    warnIf: warn_if ?? null,
    errorIf: error_if ?? null,
    message: null,
  };
};

it.each<[Readonly<Record<string, unknown>>, number, string]>([
  [{}, 0, "pass"],
  [{}, 1, "error"],
  [{ severity: "info" }, 1, "info"],
  [{ error_if: 10 }, 10, "pass"],
  [{ error_if: 10 }, 11, "error"],
  [{ error_if: ">= 10" }, 10, "error"],
  [{ error_if: "1%" }, 10, "pass"],
  [{ error_if: "> 1 %" }, 11, "error"],
  [{ error_if: "0.5%", warn_if: 0 }, 5, "warn"],
  [{ warn_if: 0 }, 1000, "warn"],
  [{ severity: "warn", error_if: 0 }, 1, "warn"],
])("%o with %i violations of 1000 rows is %s", (given, violations, status) => {
  expect(findingOf(check(given), { violations, rows: 1000 }).status).toBe(status);
});

describe("percent", () => {
  it.each([
    [0, 0, 0],
    [1, 3, 33.33],
    [1, 1_000_000, 0.01],
    [999_999, 1_000_000, 99.99],
    [5, 5, 100],
  ])("%i of %i is %d", (violations, rows, percent) => {
    expect(findingOf(check(), { violations, rows }).percent).toBe(percent);
  });
});

it.each(["> many", "-1", "10 % %", "< 5"])("refuses the threshold %j", (error_if) => {
  expect(checkSchema.safeParse({ not_null: "a", error_if }).success).toBe(false);
});

it.each([
  {},
  { not_null: "a", unique: "a" },
  { range: { column: "a" } },
  { range: { min: 1 } },
  { range: { column: "a", columns: ["b"], min: 1 } },
  { format: { column: "a", format: "phone" } },
  { freshness: { column: "a" } },
  { row_count: {} },
  { drift: { max_change: "20%" } },
  { schema: { a: "integer); drop table x" } },
])("refuses the check %j", (config) => expect(checkSchema.safeParse(config).success).toBe(false));

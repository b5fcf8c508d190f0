import { quoted } from "../../duckdb/sql/identifiers.ts";
import { type FigureVerdict, defineCheck } from "../check.ts";
import type { TestSpecs } from "../../../../shared/graph/kinds/checks.ts";

const spans: readonly (readonly [number, string])[] = [
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
];

/** `3.5 d`, `20 min`, `4 s`. */
const spanText = (seconds: number): string => {
  const [size, unit] = spans.find(([length]) => Math.abs(seconds) >= length) ?? [1, "s"];
  return `${Math.round((seconds / size) * 10) / 10} ${unit}`;
};

const judge = (spec: TestSpecs["freshness"], value: string | null, now: number): FigureVerdict => {
  if (value === null) return verdict(spec, Number.POSITIVE_INFINITY, `no ${spec.column} at all`);
  const age = now / 1000 - Number(value);
  return verdict(spec, age, `newest ${spec.column} is ${spanText(age)} old`);
};

const verdict = ({ warn_after, error_after }: TestSpecs["freshness"], age: number, observed: string): FigureVerdict => {
  if (error_after !== undefined && age > error_after) return { violated: true, observed, level: "error" };
  if (warn_after !== undefined && age > warn_after) return { violated: true, observed, level: "warn" };
  return { violated: false, observed, level: "pass" };
};

/** Measured against the clock; times without a zone are UTC. A table without any time is never fresh. */
export const freshnessCheck = defineCheck("freshness", {
  claim: ({ column, warn_after, error_after }) => {
    const limits = [warn_after, error_after].filter((limit) => limit !== undefined);
    return `${column} not older than ${limits.map(spanText).join(" and ")}`;
  },
  probe: (spec) => ({
    kind: "figure",
    columns: [spec.column],
    aggregate: `max(epoch(${quoted(spec.column)}))`,
    takesFilter: true,
    judge: (value, { now }) => judge(spec, value, now),
  }),
});

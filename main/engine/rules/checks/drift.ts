import type { TestSpecs } from "../../../../shared/graph/kinds/checks.ts";
import { quoted } from "../../duckdb/sql/identifiers.ts";
import { type FigureVerdict, defineCheck } from "../check.ts";

type Metric = TestSpecs["drift"]["metric"];

const figures: Readonly<Record<Metric, (column: string) => string>> = {
  mean: (column) => `avg(${column})`,
  sum: (column) => `sum(${column})::double`,
  min: (column) => `min(${column})::double`,
  max: (column) => `max(${column})::double`,
  stddev: (column) => `stddev_samp(${column})`,
  median: (column) => `median(${column})::double`,
  nulls: (column) => `count(*) - count(${column})`,
  distinct: (column) => `count(distinct ${column})`,
  row_count: () => "count(*)",
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Against the mean of the last runs; the first run has nothing to differ from. */
const judge = (spec: TestSpecs["drift"], value: string | null, earlier: readonly number[]): FigureVerdict => {
  const compared = earlier.slice(-spec.runs);
  if (value === null || compared.length === 0) return { violated: false, observed: value ?? "NULL" };
  const before = meanOf(compared);
  const allowed =
    typeof spec.max_change === "number"
      ? spec.max_change
      : (Math.abs(before) * Number.parseFloat(spec.max_change)) / 100;
  const observed = `${value}, ${before} in ${compared.length} earlier run(s)`;
  return { violated: Math.abs(Number(value) - before) > allowed, observed };
};

export const driftCheck = defineCheck("drift", {
  claim: ({ metric, column, max_change }) =>
    `${metric}${column === undefined ? "" : ` of ${column}`} within ${max_change} of earlier runs`,
  probe: (spec) => ({
    kind: "figure",
    columns: spec.metric === "row_count" || spec.column === undefined ? [] : [spec.column],
    aggregate: figures[spec.metric](quoted(spec.column ?? "")),
    takesFilter: false,
    judge: (value, { earlier }) => judge(spec, value, earlier),
  }),
});

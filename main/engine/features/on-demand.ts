import { literal, quoted } from "../duckdb/sql/identifiers.ts";
import type { Column } from "../../../shared/graph/index.ts";
import type { FeatureGroup } from "./group.ts";

/** A plain number or truth value as it is; everything else is text. */
const typed = (value: string): string => (/^-?\d+(?:\.\d+)?$|^(?:true|false)$/.test(value) ? value : literal(value));

/**
 * The SELECT of a group's on-demand features for one row that asks: from the features that are served, and from the
 * asking row's own values.
 */
export const onDemandSql = (
  group: FeatureGroup,
  columns: readonly Column[],
  values: readonly (string | null)[],
  request: Readonly<Record<string, string>>,
): string => {
  const served = columns.map(({ name, type }, at) => {
    const value = values[at] ?? null;
    return `${value === null ? "null" : literal(value)}::${type} as ${quoted(name)}`;
  });
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  const asked = Object.entries(request).flatMap(([name, value]) =>
    taken.has(name.toLowerCase()) ? [] : [`${typed(value)} as ${quoted(name)}`],
  );
  const results = group.onDemand.map(({ name, expression, type }) => {
    const value = `(${expression}\n)`;
    return `${type === null ? value : `cast(${value} as ${type})`} as ${quoted(name)}`;
  });
  return `select ${results.join(", ")} from (select ${[...served, ...asked].join(", ")})`;
};

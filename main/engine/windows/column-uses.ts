import type { Takes } from "./functions.ts";
import type { AggregationSpec } from "./spec.ts";

/** A column that an aggregation reads, and what it must be. */
export interface ColumnUse {
  readonly column: string;
  readonly from: "events" | "spine";
  /** For messages: `id_col`, `sum in features.spend`. */
  readonly use: string;
  readonly needs: Takes | "time";
}

/** Every column that the SQL of a specification reads by name; conditions aside. */
export const columnUses = (spec: AggregationSpec): readonly ColumnUse[] => {
  const uses: ColumnUse[] = [];
  const add = (column: string, use: string, needs: ColumnUse["needs"] = "anything"): void =>
    void uses.push({ column, from: "events", use, needs });
  for (const column of spec.ids) add(column, "id_col");
  if (spec.time !== null) add(spec.time, "the time column", "time");
  const { looking } = spec;
  if (looking.mode === "rows") add(looking.application, "application_date_col", "time");
  for (const table of spec.tables) {
    for (const column of table.groupBy) add(column, "group_by");
    for (const { column, function: fn, place, over } of table.measures) {
      if (column === null) continue;
      const wants = over !== null && fn.takes === "quantity" ? "number" : fn.takes;
      const needs = over !== null && !fn.counts && wants === "anything" ? "number" : wants;
      add(column, `${fn.name} in ${place}`, needs);
    }
  }
  if (looking.mode !== "spine") return uses;
  uses.push({ column: looking.time, from: "spine", use: "the spine's time", needs: "time" });
  const keys = new Set([...spec.ids, ...spec.tables.flatMap(({ groupBy }) => groupBy)]);
  for (const column of keys) uses.push({ column, from: "spine", use: "the spine's key", needs: "anything" });
  return uses;
};

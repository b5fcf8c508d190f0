import type { StageColumn } from "./column-types.ts";

/** `0044-03-15 (BC) 00:00:00` is `0044-03-15 00:00:00 BC` to PostgreSQL. */
const era = (text: string): string =>
  `CASE WHEN contains(${text}, '(BC)') THEN replace(${text}, ' (BC)', '') || ' BC' ELSE ${text} END`;

const scalarText = (value: string, type: string): string => {
  if (type === "bytea") return `'\\x' || hex(${value})`;
  const text = `CAST(${value} AS VARCHAR)`;
  return type === "date" || type.startsWith("timestamp") ? era(text) : text;
};

/** A DuckDB expression whose text PostgreSQL reads as the column's value. */
export const csvValue = (column: StageColumn): string => {
  const { value, type } = column;
  if (!type.endsWith("[]")) return scalarText(value, type);
  const element = scalarText("e", type.slice(0, -2));
  const escaped = `replace(replace(${element}, '\\', '\\\\'), '"', '\\"')`;
  const items = `list_transform(${value}, lambda e: CASE WHEN e IS NULL THEN 'NULL' ELSE '"' || ${escaped} || '"' END)`;
  return `'{' || array_to_string(${items}, ',') || '}'`;
};

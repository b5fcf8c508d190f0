import { suggestion } from "../../../shared/graph/index.ts";

/** Names of types that people write, each with DuckDB's. */
const names: Readonly<Record<string, string>> = {
  ...Object.fromEntries(["int", "integer", "int64", "long", "bigint"].map((name) => [name, "BIGINT"])),
  int32: "INTEGER",
  int16: "SMALLINT",
  smallint: "SMALLINT",
  int8: "TINYINT",
  tinyint: "TINYINT",
  hugeint: "HUGEINT",
  ...Object.fromEntries(["float", "double", "float64", "number"].map((name) => [name, "DOUBLE"])),
  float32: "FLOAT",
  real: "FLOAT",
  ...Object.fromEntries(["str", "string", "text", "varchar", "object", "category"].map((name) => [name, "VARCHAR"])),
  ...Object.fromEntries(["bool", "boolean"].map((name) => [name, "BOOLEAN"])),
  date: "DATE",
  ...Object.fromEntries(["datetime", "timestamp"].map((name) => [name, "TIMESTAMP"])),
  timestamptz: "TIMESTAMP WITH TIME ZONE",
  uuid: "UUID",
  json: "JSON",
  blob: "BLOB",
  bytes: "BLOB",
};

/** DuckDB's type for a dtype of a file, or the nearest names where there is none. */
export const typeOfDtype = (
  dtype: string,
): { readonly type: string; readonly suggestion: null } | { readonly type: null; readonly suggestion: string } => {
  const text = dtype.trim().toLowerCase();
  const decimal = /^(?:decimal|numeric)\s*\(\s*(\d+)\s*,\s*(\d+)\s*\)$/.exec(text);
  if (decimal !== null) return { type: `DECIMAL(${decimal[1]},${decimal[2]})`, suggestion: null };
  const list = /^(.+?)\s*\[\s*\]$/.exec(text) ?? /^(?:list|array)<(.+)>$/.exec(text);
  const item = list?.[1] === undefined ? null : typeOfDtype(list[1]).type;
  if (item !== null) return { type: `${item}[]`, suggestion: null };
  const known = Object.hasOwn(names, text) ? names[text] : undefined;
  if (known !== undefined) return { type: known, suggestion: null };
  return { type: null, suggestion: suggestion(text, [...Object.keys(names), "decimal(18,2)"]) };
};

type Family = "integer" | "float" | "decimal" | "text" | "boolean" | "date" | "timestamp" | "zoned" | "other";

const integers = /^U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;

/** What kind of value a type of DuckDB's holds. */
const familyOf = (type: string): Family => {
  if (integers.test(type)) return "integer";
  if (type === "FLOAT" || type === "DOUBLE") return "float";
  if (/^DECIMAL\(\d+,\s*\d+\)$/.test(type)) return "decimal";
  if (type === "VARCHAR" || type === "JSON" || type === "UUID" || /^ENUM\(.*\)$/.test(type)) return "text";
  if (type === "BOOLEAN") return "boolean";
  if (type === "DATE") return "date";
  if (/^TIMESTAMP(?:_S|_MS)?$/.test(type)) return "timestamp";
  if (type === "TIMESTAMP WITH TIME ZONE") return "zoned";
  return "other";
};

const widening: Readonly<Partial<Record<Family, readonly Family[]>>> = {
  integer: ["integer", "float", "decimal"],
  decimal: ["float", "decimal"],
  float: ["float"],
  text: ["text"],
  date: ["date", "timestamp"],
  timestamp: ["timestamp"],
};

/** Whether values of one type become another's without losing what they say; out of range is found at the row. */
export const castsSafely = (from: string, to: string): boolean => {
  if (from === to) return true;
  if (from.endsWith("[]") && to.endsWith("[]")) return castsSafely(from.slice(0, -2), to.slice(0, -2));
  const target = familyOf(to);
  if (target === "decimal" && familyOf(from) === "decimal") return scaleOf(from) <= scaleOf(to);
  return widening[familyOf(from)]?.includes(target) ?? false;
};

const scaleOf = (decimal: string): number => Number(/,\s*(\d+)\)$/.exec(decimal)?.[1] ?? 0);

/** Whether two key columns can be equal at all. */
export const comparableKeys = (one: string, other: string): boolean => {
  if (one === other) return true;
  const numbers: readonly Family[] = ["integer", "decimal", "float"];
  const [first, second] = [familyOf(one), familyOf(other)];
  return (numbers.includes(first) && numbers.includes(second)) || (first === "text" && second === "text");
};

export const isTime = (type: string): boolean => ["date", "timestamp", "zoned"].includes(familyOf(type));

/** An expression as a moment in UTC with microseconds; text without a zone is taken as UTC. */
export const momentOf = (expression: string, type: string): string =>
  familyOf(type) === "zoned" ? `timezone('UTC', ${expression})` : `${expression}::timestamp`;

import { typeClass } from "./type-class.ts";
import type { Filter, TableView } from "./view.ts";

/** A column as a condition sees it. */
export interface ViewedColumn {
  readonly name: string;
  /** As DuckDB spells it. */
  readonly type: string;
  /** How SQL reaches it, such as `"amount"`. */
  readonly expression: string;
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

type Sides = readonly [column: string, value: string];

const integer = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT|U?INTEGER|BIGNUM)$/i;

/** Digits before and after the point that a type of exact numbers holds. */
const digitsOf = (type: string): readonly [whole: number, fraction: number] => {
  const [, width = "18", scale = "0"] = /^DECIMAL\((\d+),\s*(\d+)\)$/i.exec(type) ?? [];
  return [Number(width) - Number(scale), Number(scale)];
};

/**
 * A number beside its column. A cast to the column's own type would round what does not fit it (`1.5` would equal an
 * integer 2), so that such values are compared as DOUBLE.
 */
const numberSides = ({ type, expression }: ViewedColumn, value: string): Sides => {
  const [, , whole = "", fraction = ""] = /^([+-]?)(\d+)(?:\.(\d*?)0*)?$/.exec(value.trim()) ?? [];
  const cast: Sides = [expression, `CAST(${literal(value)} AS ${type})`];
  if (whole === "") return integer.test(type) || /^DECIMAL/i.test(type) ? asDouble(expression, value) : cast;
  if (integer.test(type)) {
    if (fraction !== "") return asDouble(expression, value);
    return whole.length <= 38 ? [expression, value.trim().replace(/\.0*$/, "")] : cast;
  }
  if (!/^DECIMAL/i.test(type)) return cast;
  const [mostWhole, mostFraction] = digitsOf(type);
  return whole.length <= mostWhole && fraction.length <= mostFraction ? cast : asDouble(expression, value);
};

const asDouble = (expression: string, value: string): Sides => [
  `CAST(${expression} AS DOUBLE)`,
  `CAST(${literal(value)} AS DOUBLE)`,
];

/** Nested values have no text that casts back in every case, so that they are compared by their text. */
const isByText = (type: string): boolean => ["nested", "binary", "other"].includes(typeClass(type));

const sides = (column: ViewedColumn, value: string): Sides => {
  const { type, expression } = column;
  if (isByText(type)) return [`CAST(${expression} AS VARCHAR)`, literal(value)];
  if (/^VARCHAR$/i.test(type)) return [expression, literal(value)];
  if (typeClass(type) === "number") return numberSides(column, value);
  return [expression, `CAST(${literal(value)} AS ${type})`];
};

const textOf = ({ type, expression }: ViewedColumn): string =>
  /^VARCHAR$/i.test(type) ? expression : `CAST(${expression} AS VARCHAR)`;

const containsSql = (column: ViewedColumn, value: string): string =>
  `contains(lower(${textOf(column)}), lower(${literal(value)}))`;

const rangeSql = (column: ViewedColumn, filter: Filter & { readonly test: "range" }): string => {
  const parts: string[] = [];
  if (filter.from !== null) parts.push(sides(column, filter.from).join(" >= "));
  if (filter.to !== null) parts.push(sides(column, filter.to).join(filter.isBelow ? " < " : " <= "));
  return parts.length === 0 ? "true" : parts.join(" AND ");
};

const inSql = (column: ViewedColumn, values: readonly (string | null)[]): string => {
  const lists = new Map<string, string[]>();
  for (const value of values) {
    if (value === null) continue;
    const [left, right] = sides(column, value);
    lists.set(left, [...(lists.get(left) ?? []), right]);
  }
  const among = [...lists].map(([left, rights]) => `${left} IN (${rights.join(", ")})`);
  const isNull = values.includes(null) ? [`${column.expression} IS NULL`] : [];
  return [...among, ...isNull].join(" OR ") || "false";
};

/** What one filter asks of its column. */
const filterSql = (filter: Filter, column: ViewedColumn): string => {
  switch (filter.test) {
    case "equals":
      return sides(column, filter.value).join(" = ");
    case "differs":
      return sides(column, filter.value).join(" IS DISTINCT FROM ");
    case "contains":
      return containsSql(column, filter.value);
    case "lacks":
      return `NOT coalesce(${containsSql(column, filter.value)}, false)`;
    case "range":
      return rangeSql(column, filter);
    case "null":
      return `${column.expression} IS NULL`;
    case "not-null":
      return `${column.expression} IS NOT NULL`;
    default:
      return inSql(column, filter.values);
  }
};

// The text of a number has no other characters: a column of numbers need not be read for a word.
const canHold = ({ type }: ViewedColumn, search: string): boolean =>
  typeClass(type) !== "number" || /^[-+\d.eE]+$|^-?(?:i|in|inf|n|na|nan)$/i.test(search);

const searchSql = (search: string, columns: readonly ViewedColumn[]): string =>
  columns
    .filter((column) => canHold(column, search))
    .map((column) => containsSql(column, search))
    .join(" OR ") || "false";

/** Every condition of a view, to be joined by AND. Filters of columns that are not there are left out. */
export const conditionsOf = (
  { filters, search }: Pick<TableView, "filters" | "search">,
  columns: readonly ViewedColumn[],
): readonly string[] => {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const conditions = filters.flatMap((filter) => {
    const column = byName.get(filter.column);
    return column === undefined ? [] : [filterSql(filter, column)];
  });
  return search === "" ? conditions : [...conditions, searchSql(search, columns)];
};

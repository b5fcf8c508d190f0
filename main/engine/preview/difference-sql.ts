import type { Column } from "../../../shared/graph/index.ts";
import { typeClass } from "../../../shared/table/index.ts";
import { quoted } from "../duckdb/sql/identifiers.ts";

/** How two tables are compared: `input_0` is the former one, `input_1` the present one. */
export interface Comparison {
  /** Names that tell rows apart, in both tables with the same type; empty for whole rows. */
  readonly keys: readonly string[];
  /** The other columns that both have with the same type. */
  readonly values: readonly string[];
  /** Several rows of one table may have the same key: they are matched in their order. */
  readonly isRepeated: boolean;
}

const sideSql = ({ keys, values, isRepeated }: Comparison, input: string): string => {
  const columns = [
    ...keys.map((name, at) => `${quoted(name)} as k${at}`),
    ...values.map((name, at) => `${quoted(name)} as v${at}`),
    ...(isRepeated ? [`row_number() over (partition by ${keys.map(quoted).join(", ")}) as turn`] : []),
    "true as here",
  ];
  return `(select ${columns.join(", ")} from ${input})`;
};

const joined = (comparison: Comparison): string => {
  const on = [
    ...comparison.keys.map((_key, at) => `a.k${at} is not distinct from b.k${at}`),
    ...(comparison.isRepeated ? ["a.turn = b.turn"] : []),
  ];
  return `${sideSql(comparison, "input_0")} b full join ${sideSql(comparison, "input_1")} a on ${on.join(" and ")}`;
};

const differs = (at: number): string => `a.v${at} is distinct from b.v${at}`;
const anyDiffers = (values: readonly string[]): string =>
  values.map((_value, at) => differs(at)).join(" or ") || "false";

/** Rows added, removed and changed, then changes by value column. */
export const keyedCounts = (comparison: Comparison): string => {
  const both = "a.here and b.here";
  const counts = [
    "count(*) filter (b.here is null)",
    "count(*) filter (a.here is null)",
    `count(*) filter (${both} and (${anyDiffers(comparison.values)}))`,
    ...comparison.values.map((_value, at) => `count(*) filter (${both} and ${differs(at)})`),
  ];
  return `select ${counts.map((count, at) => `${count} as n${at}`).join(", ")} from ${joined(comparison)}`;
};

/** The rows that differ, each with what became of it; of changed values also the former ones. */
export const keyedRows = (comparison: Comparison, moved: ReadonlySet<string>): string => {
  const { keys, values } = comparison;
  const columns = [
    "case when b.here is null then 'added' when a.here is null then 'removed' else 'changed' end as change",
    ...keys.map((name, at) => `case when a.here then a.k${at} else b.k${at} end as ${quoted(name)}`),
    ...values.flatMap((name, at) => [
      `case when a.here then a.v${at} else b.v${at} end as ${quoted(name)}`,
      ...(moved.has(name) ? [`case when a.here and b.here then b.v${at} end as ${quoted(`${name} (before)`)}`] : []),
    ]),
  ];
  const condition = `b.here is null or a.here is null or ${anyDiffers(values)}`;
  return `select ${columns.join(", ")} from ${joined(comparison)} where ${condition} order by ${keys.map((_key, at) => `coalesce(a.k${at}, b.k${at})`).join(", ")}`;
};

/** Without a key only whole rows can be told apart, each as often as it is there. */
const missing = (values: readonly string[], from: string, without: string): string => {
  const columns = values.map(quoted).join(", ");
  return `select ${columns} from ${from} except all select ${columns} from ${without}`;
};

export const wholeRowCounts = (values: readonly string[]): string =>
  `select (select count(*) from (${missing(values, "input_1", "input_0")})) as added, ` +
  `(select count(*) from (${missing(values, "input_0", "input_1")})) as removed`;

export const wholeRows = (values: readonly string[]): string =>
  `select 'added' as change, * from (${missing(values, "input_1", "input_0")}) ` +
  `union all select 'removed' as change, * from (${missing(values, "input_0", "input_1")})`;

/** Rows that share their key with another one, in either table. */
export const repeatedKeys = (keys: readonly string[]): string => {
  const list = keys.map(quoted).join(", ");
  const repeated = (input: string): string =>
    `(select (count(*) - (select count(*) from (select distinct ${list} from ${input}))) from ${input})`;
  return `select ${repeated("input_0")} + ${repeated("input_1")} as n`;
};

/** Of each column of one table: nulls, distinct values, least, greatest, mean. */
export const summaries = (columns: readonly Column[], input: string): string => {
  const list = columns.flatMap(({ name, type }) => {
    const column = quoted(name);
    const kind = typeClass(type);
    const isOrdered = ["number", "time", "text", "boolean"].includes(kind);
    return [
      `count(*) - count(${column})`,
      `approx_count_distinct(${isOrdered ? column : `${column}::varchar`})`,
      isOrdered ? `left(min(${column})::varchar, 200)` : "null",
      isOrdered ? `left(max(${column})::varchar, 200)` : "null",
      kind === "number" ? `avg(${column}::double) filter (isfinite(${column}::double))` : "null",
    ];
  });
  return `select ${list.map((expression, at) => `${expression} as s${at}`).join(", ")} from ${input}`;
};

// SELECTs that are valid for the columns of what they read, and say enough to be changed at a glance.

import { selectAll } from "../graph/connections.ts";
import {
  isNumber,
  isPlainValue,
  isText,
  isTime,
  likelyKey,
  sqlName,
  type Upstream,
  type UpstreamColumn,
} from "./upstream.ts";

const from = ({ id }: Upstream): string => `ref('${id}')`;

const firstWhere = (
  { columns }: Upstream,
  ...tests: readonly ((column: UpstreamColumn) => boolean)[]
): UpstreamColumn | null => {
  for (const test of tests) {
    const found = columns.find(test);
    if (found !== undefined) return found;
  }
  return null;
};

const isKeyLike = ({ name }: UpstreamColumn): boolean => /(^|_)(id|key)$/i.test(name);

/** Keeps rows; begins with a condition that keeps all of them that have a value. */
export const filterSql = (table: Upstream): string => {
  const column = firstWhere(
    table,
    (it) => isNumber(it) && !isKeyLike(it),
    isTime,
    isText,
    () => true,
  );
  const condition = column === null ? "true" : `${sqlName(column.name)} is not null`;
  return `select *\nfrom ${from(table)}\nwhere ${condition}\n`;
};

/** Names every column, a line each: to be thinned out and reordered. */
export const selectColumnsSql = (table: Upstream): string => {
  if (table.columns.length === 0) return selectAll(table.id);
  const lines = table.columns.map(({ name }) => `  ${sqlName(name)}`);
  return `select\n${lines.join(",\n")}\nfrom ${from(table)}\n`;
};

export const sortSql = (table: Upstream): string => {
  const column = firstWhere(table, isTime, (it) => isNumber(it) && !isKeyLike(it), isPlainValue);
  const order = column === null ? "1" : sqlName(column.name);
  return `select *\nfrom ${from(table)}\norder by ${order} desc\n`;
};

export const groupSql = (table: Upstream): string => {
  const key = firstWhere(table, (it) => isText(it) && !isKeyLike(it), isKeyLike, isText, isPlainValue);
  const number = firstWhere(table, (it) => isNumber(it) && !isKeyLike(it) && it.name !== key?.name);
  const sum = number === null ? "" : `,\n  sum(${sqlName(number.name)}) as ${sqlName(`${number.name}_sum`)}`;
  if (key === null) return `select count(*) as row_count\nfrom ${from(table)}\n`;
  return `select\n  ${sqlName(key.name)},\n  count(*) as row_count${sum}\nfrom ${from(table)}\ngroup by ${sqlName(key.name)}\n`;
};

/** One row a key: the newest where there is a time. */
export const deduplicateSql = (table: Upstream): string => {
  const key = likelyKey(table);
  if (key === null) return `select distinct *\nfrom ${from(table)}\n`;
  const time = firstWhere(table, (it) => isTime(it) && it.name !== key);
  const order = time === null ? "" : ` order by ${sqlName(time.name)} desc`;
  return `select *\nfrom ${from(table)}\nqualify row_number() over (partition by ${sqlName(key)}${order}) = 1\n`;
};

export const limitSql = (table: Upstream): string => `select *\nfrom ${from(table)}\nlimit 1000\n`;

/** Columns of the same name in two tables, the likeliest key first. */
const shared = (left: Upstream, right: Upstream): readonly string[] => {
  const names = new Map(right.columns.map((column) => [column.name.toLowerCase(), column]));
  const both = left.columns.filter(
    (column) => isPlainValue(column) && names.get(column.name.toLowerCase())?.type === column.type,
  );
  const key = likelyKey(right);
  return both
    .map(({ name }) => name)
    .toSorted((a, b) => Number(b === key) - Number(a === key) || Number(/_?id$/i.test(b)) - Number(/_?id$/i.test(a)));
};

/** A left join on the column that both have; the right one's columns that the left has too are left out. */
export const joinSql = (left: Upstream, right: Upstream): string => {
  const [key] = shared(left, right);
  const known = new Set(left.columns.map(({ name }) => name.toLowerCase()));
  const repeated = right.columns.filter(({ name }) => known.has(name.toLowerCase())).map(({ name }) => sqlName(name));
  const isAll = repeated.length > 0 && repeated.length === right.columns.length;
  const others = isAll ? "" : `,\n  r.*${repeated.length === 0 ? "" : ` exclude (${repeated.join(", ")})`}`;
  const head = `select\n  l.*${others}\nfrom ${from(left)} as l\n`;
  if (key !== undefined) return `${head}left join ${from(right)} as r on r.${sqlName(key)} = l.${sqlName(key)}\n`;
  const pair = left.columns.flatMap((one) => {
    const other = isPlainValue(one) ? right.columns.find(({ type }) => type === one.type) : undefined;
    return other === undefined ? [] : [{ one, other }];
  })[0];
  const condition = pair === undefined ? "false" : `r.${sqlName(pair.other.name)} = l.${sqlName(pair.one.name)}`;
  return `${head}left join ${from(right)} as r on ${condition}\n`;
};

/** All rows of the tables one below another; columns meet by name. */
export const unionSql = (tables: readonly Upstream[]): string =>
  `${tables.map((table) => `select * from ${from(table)}`).join("\nunion all by name\n")}\n`;

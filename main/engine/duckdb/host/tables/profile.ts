import type { DuckDBConnection } from "@duckdb/node-api";

import { type ColumnProfile, type ProfileScope, typeClass } from "../../../../../shared/table/index.ts";
import type { Relation } from "../../sql-host.ts";
import { literal } from "../../sql/identifiers.ts";
import { firstText } from "./first-text.ts";
import { numberedSelect } from "./numbered.ts";
import { sampleCondition, sampleRows } from "./sample.ts";

export interface ProfileRequest {
  readonly relation: Relation;
  readonly rows: number;
  readonly columns: readonly number[];
  readonly scope: ProfileScope;
}

const binCount = 20;
const topCount = 8;
/** Longer values say little in a list. */
const longestTop = 200;

/** How the values of columns are spread: from the file's own counts, from a sample, or from every row. */
export const profileColumns = async (
  connection: DuckDBConnection,
  request: ProfileRequest,
): Promise<readonly ColumnProfile[]> => {
  const { relation, rows, columns, scope } = request;
  const known = await footerFacts(connection, relation);
  const fromFooter = columns.map((at) => footerProfile(request, at, known.get(relation.columns[at]!.name)));
  if (scope === "metadata" || columns.length === 0) return fromFooter;
  const isAll = scope === "all" || rows <= sampleRows;
  const select = numberedSelect(relation, columns, isAll ? undefined : sampleCondition(rows));
  // A sample is read once; every row would not fit in memory.
  await connection.run(`create or replace temp ${isAll && rows > sampleRows ? "view" : "table"} profiled as ${select}`);
  const counted = Number(await firstText(connection, "select count(*)::varchar from profiled"));
  const profiles: ColumnProfile[] = [];
  for (const [place, at] of columns.entries()) {
    const own = await profileOf(connection, at, relation.columns[at]!.type, counted);
    const { nulls: nullsInFile, nullsOf } = fromFooter[place]!;
    const nulls = nullsInFile === null ? { nulls: own.nulls, nullsOf: counted } : { nulls: nullsInFile, nullsOf };
    profiles.push({ ...own, ...nulls });
  }
  return profiles;
};

interface FooterFacts {
  readonly nulls: number | null;
  readonly min: string | null;
  readonly max: string | null;
}

const footerFacts = async (
  connection: DuckDBConnection,
  { file }: Relation,
): Promise<ReadonlyMap<string, FooterFacts>> => {
  const found = await connection.run(
    `select path_in_schema, case when count(stats_null_count) = count(*) then sum(stats_null_count)::varchar end ` +
      `from parquet_metadata(${literal(file)}) group by path_in_schema`,
  );
  const rows = (await found.getRows()) as (string | null)[][];
  return new Map(
    rows.map(([name = "", nulls = null]) => [
      name ?? "",
      { nulls: nulls === null ? null : Number(nulls), min: null, max: null },
    ]),
  );
};

const footerProfile = (
  { rows, relation }: ProfileRequest,
  at: number,
  facts: FooterFacts | undefined,
): ColumnProfile => {
  // Of a nested column the file counts its parts.
  const isFlat = typeClass(relation.columns[at]!.type) !== "nested";
  return { ...empty(at), nulls: rows === 0 ? 0 : isFlat ? (facts?.nulls ?? null) : null, nullsOf: rows };
};

const empty = (column: number): ColumnProfile => ({
  column,
  rows: 0,
  nulls: null,
  nullsOf: 0,
  distinct: null,
  isDistinctApproximate: true,
  min: null,
  max: null,
  mean: null,
  bins: [],
  top: [],
});

/** Texts past this many are told apart by their beginnings alone. */
const comparedCharacters = 1000;

const profileOf = async (
  connection: DuckDBConnection,
  at: number,
  type: string,
  rows: number,
): Promise<ColumnProfile> => {
  const kind = typeClass(type);
  const isOrdered = kind === "number" || kind === "time";
  const value = isOrdered || kind === "boolean" ? `c${at}` : `left(c${at}::varchar, ${comparedCharacters})`;
  const exact = rows <= sampleRows;
  const found = await connection.run(
    `select ${[
      `(count(*) - count(c${at}))::varchar`,
      `${exact ? `count(distinct ${value})` : `approx_count_distinct(${value})`}::varchar`,
      isOrdered || kind === "text" ? `left(min(c${at})::varchar, ${longestTop})` : "null::varchar",
      isOrdered || kind === "text" ? `left(max(c${at})::varchar, ${longestTop})` : "null::varchar",
      kind === "number" ? `avg(c${at}::double) filter (isfinite(c${at}::double))::varchar` : "null::varchar",
    ].join(", ")} from profiled`,
  );
  const [[nulls = "0", distinct = null, min = null, max = null, mean = null] = []] = (await found.getRows()) as (
    | string
    | null
  )[][];
  return {
    ...empty(at),
    rows,
    nulls: Number(nulls),
    nullsOf: rows,
    distinct: Number(distinct),
    isDistinctApproximate: !exact,
    min,
    max,
    mean,
    bins: isOrdered ? await binsOf(connection, at, type) : [],
    top: isOrdered ? [] : await topOf(connection, value),
  };
};

const topOf = async (connection: DuckDBConnection, value: string): Promise<ColumnProfile["top"]> => {
  const found = await connection.run(
    `select v, count(*)::varchar from (select ${value}::varchar as v from profiled) ` +
      `where length(v) <= ${longestTop} group by v order by count(*) desc, v limit ${topCount}`,
  );
  return ((await found.getRows()) as string[][]).map(([text = "", count = "0"]) => ({
    value: text,
    rows: Number(count),
  }));
};

/** Bins of equal width between the least and the greatest finite value, their bounds written as the column writes them. */
const binsOf = async (connection: DuckDBConnection, at: number, type: string): Promise<ColumnProfile["bins"]> => {
  const position = typeClass(type) === "time" ? `epoch(c${at})` : `c${at}::double`;
  const values = `(select ${position} as v from profiled where c${at} is not null)`;
  const range = await connection.run(`select min(v), max(v) from ${values} where isfinite(v)`);
  const [[low = null, high = null] = []] = (await range.getRows()) as (number | null)[][];
  if (low === null || high === null) return [];
  const width = (high - low) / binCount;
  if (!(width > 0)) return await singleBin(connection, at, position);
  const found = await connection.run(
    `select least(${binCount - 1}, floor((v - ${low}::double) / ${width}::double))::varchar, count(*)::varchar ` +
      `from ${values} where isfinite(v) group by 1`,
  );
  const counts = new Map(((await found.getRows()) as string[][]).map(([bin, count]) => [Number(bin), Number(count)]));
  const bounds = await boundTexts(
    connection,
    Array.from({ length: binCount + 1 }, (_value, bin) => low + bin * width),
    type,
  );
  return Array.from({ length: binCount }, (_value, bin) => ({
    from: bounds[bin]!,
    to: bounds[bin + 1]!,
    rows: counts.get(bin) ?? 0,
  }));
};

const singleBin = async (
  connection: DuckDBConnection,
  at: number,
  position: string,
): Promise<ColumnProfile["bins"]> => {
  const found = await connection.run(
    `select min(c${at})::varchar, count(*)::varchar from profiled where isfinite(${position})`,
  );
  const [[value = "", rows = "0"] = []] = (await found.getRows()) as string[][];
  return [{ from: value, to: value, rows: Number(rows) }];
};

/** A bound in the column's own spelling, so that a click on a bin can ask for it. */
const boundTexts = async (
  connection: DuckDBConnection,
  bounds: readonly number[],
  type: string,
): Promise<readonly string[]> => {
  if (typeClass(type) !== "time") return bounds.map(String);
  const moments = bounds.map((bound) => `cast(make_timestamp(${Math.round(bound * 1e6)}) as ${type})::varchar`);
  const [row = []] = (await (await connection.run(`select ${moments.join(", ")}`)).getRows()) as string[][];
  return row;
};

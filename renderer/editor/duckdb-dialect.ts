import { SQLDialect } from "@codemirror/lang-sql";

/** DuckDB's words, as far as a SELECT may say them. */
export const duckdbDialect = SQLDialect.define({
  keywords:
    "all and anti any array as asc asof at between both by case cast collate columns cross cube current desc describe " +
    "distinct else end escape except exclude exists extract false fetch filter first following for from full glob " +
    "group grouping having ignore ilike in inner intersect interval into is isnull join last lateral leading left " +
    "like limit map materialized natural not notnull nulls of offset on only or order outer over partition percent " +
    "pivot positional preceding qualify range recursive rename replace respect right rollup row rows sample select " +
    "semi sets similar some struct summarize symmetric table tablesample then ties to trailing true try_cast " +
    "unbounded union unnest unpivot using values when where window with within without ref",
  types:
    "bigint bignum bit blob bool boolean bytea char date datetime decimal double enum float float4 float8 geometry " +
    "hugeint int int1 int2 int4 int8 integer json list numeric real smallint string text time timestamp " +
    "timestamptz timestamp_ms timestamp_ns timestamp_s tinyint ubigint uhugeint uinteger union usmallint utinyint " +
    "uuid varchar variant",
  builtin: "__this__ source",
  doubleDollarQuotedStrings: true,
  specialVar: "$",
  operatorChars: "*+-%<>!=&|~^/:",
  identifierQuotes: '"',
});

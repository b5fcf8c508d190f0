// Every keyword that DuckDB does not accept, or does not print, as a bare name.
const keywords = new Set(
  (
    "all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create " +
    "default deferrable desc describe distinct do else end except false fetch for foreign from group having in " +
    "initially intersect into lambda lateral leading limit not null offset on only or order pivot pivot_longer " +
    "pivot_wider placing primary qualify references returning select show some summarize symmetric table then to " +
    "trailing true union unique unpivot using variadic when where window with " +
    "anti asof at authorization between bigint binary bit boolean by char character coalesce collation columns " +
    "concurrently cross dec decimal exists extract float freeze full generated glob grouping grouping_id ilike " +
    "inner inout int integer interval is isnull join left like map national natural nchar none notnull nullif " +
    "numeric out outer overlaps overlay position positional precision real right row semi setof similar smallint " +
    "struct substring tablesample time timestamp treat trim try_cast unpack values varchar verbose xmlattributes " +
    "xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable"
  ).split(" "),
);

/** An SQL identifier in double quotes. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** An identifier as DuckDB prints it: in quotes only where it would not be read back as itself. */
export const quoteWhenNeeded = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !keywords.has(name.toLowerCase()) ? name : quoted(name);

/** An SQL string literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

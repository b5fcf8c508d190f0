/** What can be done with values of a type: ordered on an axis, told as text, or only looked at. */
export type TypeClass = "number" | "time" | "text" | "boolean" | "nested" | "binary" | "other";

const classes: readonly (readonly [RegExp, TypeClass])[] = [
  [/[[\]]$|^(?:STRUCT|MAP|UNION|LIST)\b|^(?:VARIANT)$/i, "nested"],
  [/^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT|U?INTEGER|DECIMAL|DOUBLE|FLOAT|REAL|BIGNUM)\b/i, "number"],
  [/^(?:INT[248]|FLOAT[48]|NUMERIC|OID)\b/i, "number"],
  [/^(?:DATE|TIMESTAMP\w*)\b/i, "time"],
  [/^(?:VARCHAR|CHAR|TEXT|ENUM|UUID|JSON)\b/i, "text"],
  [/^(?:CHARACTER|BPCHAR|CITEXT|NAME|JSONB)\b/i, "text"],
  [/^BOOL(?:EAN)?$/i, "boolean"],
  [/^(?:BLOB|BIT|GEOMETRY|BYTEA)\b/i, "binary"],
];

/** The class of a type in DuckDB's spelling or PostgreSQL's. */
export const typeClass = (type: string): TypeClass => classes.find(([pattern]) => pattern.test(type))?.[1] ?? "other";

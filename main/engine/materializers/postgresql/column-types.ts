// What each DuckDB type becomes in PostgreSQL, and how its values leave the parquet file.

import { ExecutorValidationError } from "../../../../shared/errors/index.ts";
import type { Column } from "../../../../shared/graph/index.ts";
import { quoted } from "../../duckdb/sql/identifiers.ts";
import { type StoredForm, storedForm } from "../../duckdb/types/stored-form.ts";
import { typeText } from "../../duckdb/types/type-tree.ts";

/** One column on its way from the parquet file to PostgreSQL. */
export interface StageColumn {
  readonly name: string;
  /** DuckDB's own spelling. */
  readonly from: string;
  /** PostgreSQL's spelling, as `format_type` prints it. */
  readonly type: string;
  /** A DuckDB expression over the parquet's column whose value the PostgreSQL type holds exactly. */
  readonly value: string;
  /** A DuckDB condition that finds values which would change without a word; `null` when there are none. */
  readonly unfit: string | null;
}

interface Mapping {
  readonly type: string;
  /** The DuckDB type to cast to before sending. */
  readonly send: string;
  /** A condition on `v`. */
  readonly unfit?: string;
}

/** PostgreSQL's first day is 24 November 4714 BC; the extension lets earlier timestamps wrap around. */
const firstDay = "4714-11-24 (BC)";
const before = (type: string): string =>
  `isfinite(v) AND v < ${type} '${firstDay}${type === "DATE" ? "" : " 00:00:00"}'`;
const timestamp = (send: string): Mapping => ({
  type: "timestamp without time zone",
  send: "TIMESTAMP",
  unfit: send === "TIMESTAMP_NS" ? "CAST(CAST(v AS TIMESTAMP) AS TIMESTAMP_NS) <> v" : before("TIMESTAMP"),
});

const scalars: Readonly<Record<string, Mapping>> = {
  BOOLEAN: { type: "boolean", send: "BOOLEAN" },
  TINYINT: { type: "smallint", send: "SMALLINT" },
  UTINYINT: { type: "smallint", send: "SMALLINT" },
  SMALLINT: { type: "smallint", send: "SMALLINT" },
  USMALLINT: { type: "integer", send: "INTEGER" },
  INTEGER: { type: "integer", send: "INTEGER" },
  UINTEGER: { type: "bigint", send: "BIGINT" },
  BIGINT: { type: "bigint", send: "BIGINT" },
  UBIGINT: { type: "numeric(20,0)", send: "DECIMAL(20,0)" },
  HUGEINT: { type: "numeric(38,0)", send: "DECIMAL(38,0)" },
  UHUGEINT: { type: "numeric(38,0)", send: "DECIMAL(38,0)" },
  FLOAT: { type: "real", send: "FLOAT" },
  DOUBLE: { type: "double precision", send: "DOUBLE" },
  VARCHAR: { type: "text", send: "VARCHAR" },
  BLOB: { type: "bytea", send: "BLOB" },
  UUID: { type: "uuid", send: "UUID" },
  BIT: { type: "bit varying", send: "VARCHAR" },
  DATE: {
    type: "date",
    send: "DATE",
    unfit: `isfinite(v) AND (v < DATE '${firstDay}' OR v > DATE '5874897-12-31')`,
  },
  TIME: { type: "time without time zone", send: "TIME" },
  TIME_NS: { type: "time without time zone", send: "TIME", unfit: "CAST(CAST(v AS TIME) AS TIME_NS) <> v" },
  "TIME WITH TIME ZONE": { type: "time with time zone", send: "TIME WITH TIME ZONE" },
  TIMESTAMP: timestamp("TIMESTAMP"),
  TIMESTAMP_S: timestamp("TIMESTAMP"),
  TIMESTAMP_MS: timestamp("TIMESTAMP"),
  TIMESTAMP_NS: timestamp("TIMESTAMP_NS"),
  "TIMESTAMP WITH TIME ZONE": {
    type: "timestamp with time zone",
    send: "TIMESTAMP WITH TIME ZONE",
    unfit: before("TIMESTAMPTZ").replace("00:00:00", "00:00:00+00"),
  },
  INTERVAL: { type: "interval", send: "INTERVAL" },
};

const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/;
const list = /^(.*)\[\d*\]$/s;
const composite = /^(STRUCT|MAP|UNION)\(/;

const scalarOf = (type: string): Mapping | null => {
  const known = scalars[type];
  if (known !== undefined) return known;
  const digits = decimal.exec(type);
  if (digits !== null) return { type: `numeric(${digits[1]},${digits[2]})`, send: type };
  return type.startsWith("ENUM(") && type.endsWith(")") ? { type: "text", send: "VARCHAR" } : null;
};

/** A list of scalars is an array of PostgreSQL; every deeper shape is jsonb. */
const elementOf = (type: string): Mapping | null => {
  const inner = list.exec(type)?.[1];
  return inner === undefined ? null : scalarOf(inner);
};

/** Sends the stored value as it is where parquet holds what PostgreSQL gets, else the relation's own value cast. */
const sent = (form: StoredForm, source: string, send: string): string =>
  typeText(form.type) === send ? source : `CAST(${form.load(source)} AS ${send})`;

const convert = (node: string, { name, type: from }: Column): StageColumn => {
  const source = quoted(name);
  const form = storedForm(from);
  const own = form.load(source);
  const scalar = scalarOf(from);
  if (scalar !== null) {
    const unfit = scalar.unfit?.replaceAll(/\bv\b/g, own) ?? null;
    return { name, from, type: scalar.type, value: sent(form, source, scalar.send), unfit };
  }
  const element = elementOf(from);
  if (element !== null) {
    const unfit = element.unfit === undefined ? null : `len(list_filter(${own}, lambda v: ${element.unfit})) > 0`;
    return { name, from, type: `${element.type}[]`, value: sent(form, source, `${element.send}[]`), unfit };
  }
  if (from === "JSON") return { name, from, type: "jsonb", value: `CAST(${source} AS JSON)`, unfit: null };
  if (composite.test(from) || list.test(from))
    return { name, from, type: "jsonb", value: `to_json(${own})`, unfit: null };
  throw new ExecutorValidationError("column_type_unsupported", { node, params: { column: name, type: from } });
};

/**
 * Maps a relation's columns. Throws `column_type_unsupported`, `column_name_too_long` and `column_repeated`
 * (names that differ only by case are one column to DuckDB).
 */
export const stageColumns = (node: string, columns: readonly Column[]): readonly StageColumn[] => {
  const seen = new Map<string, string>();
  for (const { name } of columns) {
    const bytes = Buffer.byteLength(name);
    if (bytes > 63)
      throw new ExecutorValidationError("column_name_too_long", { node, params: { column: name, bytes } });
    const earlier = seen.get(name.toLowerCase());
    if (earlier !== undefined) {
      throw new ExecutorValidationError("column_repeated", { node, params: { column: name, other: earlier } });
    }
    seen.set(name.toLowerCase(), name);
  }
  return columns.map((column) => convert(node, column));
};

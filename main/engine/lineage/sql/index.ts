// Column lineage of one SELECT, from DuckDB's own syntax tree: which input columns each result column is made of.

import { tokenize } from "../../duckdb/sql/lexer.ts";
import { characterOffsets, parseSerialized } from "../../duckdb/sql/syntax-tree.ts";
import { readQuery } from "./query.ts";
import {
  computed,
  distinctSources,
  everything,
  type Field,
  fieldNamed,
  type Rows,
  sameName,
  type Source,
} from "./rows.ts";
import type { ConditionUse, Mention, Statement } from "./statement.ts";

export { type Field, fieldNamed, type InputColumn, type Source, type Use } from "./rows.ts";
export { type Condition, type ConditionUse, type Mention, ownAlias } from "./statement.ts";

/** What a statement does with its inputs' columns. */
export interface SqlLineage {
  readonly columns: readonly Field[];
  /** Inputs all of whose columns are passed on and none of which is known. */
  readonly open: readonly string[];
  /** What further columns may be made of, whose names are only known once it has run. */
  readonly others: readonly Source[];
  /** Columns that decide which rows there are: they have a part in every value. */
  readonly conditions: readonly ConditionUse[];
  readonly mentions: readonly Mention[];
  /** What could not be told, in words. */
  readonly notes: readonly string[];
}

export interface SqlLineageRequest {
  readonly sql: string;
  /** What `json_serialize_sql` says of it. */
  readonly tree: string;
  /** The input that a name in the text stands for, with its columns where they are known; `null` for none. */
  readonly input: (name: string) => { readonly id: string; readonly columns: readonly string[] | null } | null;
  /** The result's columns as DuckDB names them, where they are known: what the tree gives must agree with them. */
  readonly actual: readonly string[] | null;
}

const nothing = (why: string): SqlLineage => ({
  columns: [],
  open: [],
  others: [],
  conditions: [],
  mentions: [],
  notes: [why],
});

/** The lineage of one SELECT. What cannot be told is made of whole inputs rather than of the wrong column. */
export const sqlLineage = ({ sql, tree, input, actual }: SqlLineageRequest): SqlLineage => {
  const parsed = parseSerialized(tree);
  const first = parsed.error ? undefined : parsed.statements[0];
  if (first === undefined) return nothing("the statement cannot be read");
  const mentions = new Map<string, Mention>();
  const notes = new Set<string>();
  const inputs = new Map<string, Rows>();
  const statement: Statement = {
    tokens: tokenize(sql),
    offsetOf: characterOffsets(sql),
    inputRows(name) {
      const found = input(name);
      if (found === null) return null;
      const rows = inputs.get(found.id) ?? rowsOf(found.id, found.columns);
      inputs.set(found.id, rows);
      return rows;
    },
    outermost: first.node,
    mentions,
    notes,
    conditions: [],
    query: (node, outer) => readQuery(node, outer, statement),
  };
  const rows = readQuery(first.node, null, statement);
  const agreed = agreeing(rows, actual, [...inputs.values()], notes);
  return {
    columns: agreed.fields,
    open: agreed.open,
    others: actual === null ? (rows.others ?? []) : [],
    conditions: distinctConditions(statement.conditions),
    mentions: [...mentions.values()].toSorted((a, b) => a.start - b.start),
    notes: [...notes],
  };
};

const rowsOf = (input: string, columns: readonly string[] | null): Rows =>
  columns === null
    ? { fields: [], open: [input], others: null }
    : {
        fields: columns.map((name) => ({
          name,
          sources: [{ input, column: name, use: "copied" as const }],
          named: [{ input, column: name }],
        })),
        open: [],
        others: null,
      };

/** A lineage over rows that a query gives, as one over that query's own inputs. */
export const substituted = (lineage: SqlLineage, rows: string, query: SqlLineage | null): SqlLineage => {
  if (query === null) return lineage;
  const through = (source: Source): readonly Source[] => {
    if (source.input !== rows) return [source];
    const { column } = source;
    const field = column === null ? undefined : query.columns.find(({ name }) => sameName(name, column));
    const made = field?.sources ?? [
      ...query.columns.flatMap(({ sources }) => sources),
      ...query.others,
      ...query.open.map(wholeInput),
    ];
    return source.use === "copied" && field !== undefined ? made : computed(made);
  };
  const columns = lineage.columns.map(({ name, sources, named }) => ({
    name,
    sources: distinctSources(sources.flatMap(through)),
    named: named.flatMap((own) =>
      own.input === rows ? (query.columns.find((field) => sameName(field.name, own.column))?.named ?? []) : [own],
    ),
  }));
  const conditions = lineage.conditions.flatMap((use) => through(use).map((source) => ({ ...source, why: use.why })));
  return {
    ...lineage,
    columns,
    open: lineage.open.flatMap((input) => (input === rows ? query.open : [input])),
    others: distinctSources(lineage.others.flatMap(through)),
    conditions: distinctConditions(conditions),
    mentions: [],
  };
};

const wholeInput = (input: string): Source => ({ input, column: null, use: "computed" });

/** Each condition once. */
export const distinctConditions = (all: readonly ConditionUse[]): readonly ConditionUse[] => [
  ...new Map(all.map((use) => [`${use.why} ${use.input} ${use.column ?? ""}`, use])).values(),
];

/** What the tree gives under the names that DuckDB gives; a column that only DuckDB knows is made of whole inputs. */
const agreeing = (
  rows: Rows,
  actual: readonly string[] | null,
  inputs: readonly Rows[],
  notes: Set<string>,
): Pick<Rows, "fields" | "open"> => {
  const named = numbered(rows.fields);
  if (actual === null) {
    if (rows.others !== null) notes.add("some columns are only known once it has run");
    return { fields: named.map((field, at) => ({ ...field, name: field.name || `#${at + 1}` })), open: rows.open };
  }
  const isWhole = rows.open.length === 0 && rows.others === null && named.length === actual.length;
  const agrees =
    isWhole && named.every(({ name }, at) => name === "" || name.toLowerCase() === actual[at]?.toLowerCase());
  if (agrees) return { fields: named.map((field, at) => ({ ...field, name: actual[at] ?? "" })), open: [] };
  const unnamed = named.filter(({ name }) => name === "").flatMap(({ sources }) => sources);
  return { fields: actual.map((name) => byName({ ...rows, fields: named }, name, unnamed, inputs)), open: [] };
};

const byName = (rows: Rows, name: string, unnamed: readonly Source[], inputs: readonly Rows[]): Field => {
  const others = unnamed.length > 0 ? [...(rows.others ?? []), ...unnamed] : rows.others;
  const found = fieldNamed({ ...rows, others }, name);
  if (found !== null) return { ...found, name };
  const whole = inputs.flatMap((input) => everything(input)).map(({ input }) => input);
  const sources = [...new Set(whole)].map((input) => ({ input, column: null, use: "computed" as const }));
  return { name, sources, named: [] };
};

/** Repeated names numbered as DuckDB does when it makes a table of them. */
const numbered = (fields: readonly Field[]): readonly Field[] => {
  const seen = new Set<string>();
  return fields.map((field) => {
    let { name } = field;
    for (let number = 1; name !== "" && seen.has(name.toLowerCase()); number++) name = `${field.name}_${number}`;
    seen.add(name.toLowerCase());
    return name === field.name ? field : { ...field, name, named: [] };
  });
};

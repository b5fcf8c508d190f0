// The columns of JSON records: their names from every record, their types from every value.

import { z } from "zod";

import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import { literal } from "../../duckdb/sql/identifiers.ts";
import { typeText, type TypeTree } from "../../duckdb/types/type-tree.ts";
import type { LookContext, SourcePlan } from "../connector.ts";
import { matchColumns } from "../declared-columns.ts";
import { inferenceQuery, inferredTypes } from "../infer-types.ts";
import { queryRows } from "../run-sql.ts";
import type { TextColumn } from "../typed-select.ts";
import { isNested, nestedCast } from "./nested-cast.ts";

/** A key's place in a record, as a JSON pointer: any key there is. */
const pathOf = (key: string): string => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
const valueOf = (key: string): string => `json_extract(json, ${literal(pathOf(key))})`;
const textOf = (key: string): string => `json_extract_string(json, ${literal(pathOf(key))})`;

const keyRow = z.tuple([z.string(), z.string(), z.string()]);

interface Key {
  readonly name: string;
  /** JSON types met besides null, e.g. `VARCHAR`, `UBIGINT`, `OBJECT`. */
  readonly types: ReadonlySet<string>;
}

const query = (plan: SourcePlan, sql: string, context: LookContext) => queryRows(plan.node, sql, context);

/** Every key of every record, in order of appearance. */
const keysOf = async (plan: SourcePlan, relation: string, context: LookContext): Promise<readonly Key[]> => {
  const rows = await query(
    plan,
    `select key, string_agg(distinct type, ' ') filter (type <> 'NULL'), min(place) from (` +
      `select unnest(keys) as key, unnest(list_transform(keys, lambda k: coalesce(json_type(json, '/' || replace(replace(k, '~', '~0'), '/', '~1')), 'NULL'))) as type, ` +
      `unnest(range(len(keys))) + n * 1000000 as place from (select json, json_keys(json) as keys, row_number() over () as n from ${relation})) ` +
      `group by key order by min(place)`,
    context,
  );
  return rows.map((row) => {
    const [name, types] = keyRow.parse([row[0], row[1] ?? "", row[2]]);
    return { name, types: new Set(types.split(" ").filter((type) => type !== "")) };
  });
};

/** A type that json_group_structure gives: its integers are unsigned wherever nothing was negative. */
const nestedType = (structure: unknown): TypeTree => {
  if (Array.isArray(structure)) return { kind: "list", item: nestedType(structure[0] ?? "VARCHAR") };
  if (typeof structure === "object" && structure !== null) {
    const fields = Object.entries(structure).map(([name, type]) => ({ name, type: nestedType(type) }));
    return fields.length === 0 ? { kind: "plain", text: "JSON" } : { kind: "struct", fields };
  }
  const text = String(structure);
  if (text === "UBIGINT") return { kind: "plain", text: "BIGINT" };
  return { kind: "plain", text: text === "NULL" || text === '"NULL"' ? "VARCHAR" : text };
};

const structureOf = async (plan: SourcePlan, key: string, relation: string, context: LookContext): Promise<string> => {
  const rows = await query(plan, `select json_group_structure(${valueOf(key)}) from ${relation}`, context);
  return typeText(nestedType(JSON.parse(rows[0]?.[0] ?? '"JSON"')));
};

const inferred = async (
  plan: SourcePlan,
  keys: readonly Key[],
  relation: string,
  context: LookContext,
): Promise<ReadonlyMap<string, string>> => {
  const types = new Map<string, string>();
  const scalars: Key[] = [];
  for (const key of keys) {
    const kinds = [...key.types];
    const nested = kinds.some((type) => type === "OBJECT" || type === "ARRAY");
    const mixed = new Set(kinds.map((type) => (/^(U?BIGINT|DOUBLE|HUGEINT)$/.test(type) ? "number" : type))).size > 1;
    if (mixed) types.set(key.name, "JSON");
    else if (nested) types.set(key.name, await structureOf(plan, key.name, relation, context));
    else scalars.push(key);
  }
  if (scalars.length === 0) return types;
  const [row] = await query(
    plan,
    inferenceQuery(
      scalars.map(({ name }) => textOf(name)),
      relation,
    ),
    context,
  );
  const found = inferredTypes(row ?? []);
  for (const [i, key] of scalars.entries()) types.set(key.name, scalarType(key, found[i] ?? "VARCHAR"));
  return types;
};

/** JSON says itself what is text: only dates and times are read out of it. */
const scalarType = (key: Key, found: string): string =>
  key.types.has("VARCHAR") && !/^(DATE|TIME)/.test(found) ? "VARCHAR" : found;

const kinds: Readonly<Record<string, string>> = {
  ARRAY: "a list",
  VARCHAR: "a text",
  NULL: "null",
  BOOLEAN: "a boolean",
};

const repeated = "list_filter(keys, lambda k: len(list_filter(keys, lambda o: lower(o) = lower(k))) > 1)";

/** A number with more digits than a DOUBLE has, which DuckDB's JSON reader would round without a word. */
const inexact =
  `list_filter(regexp_extract_all(regexp_replace(cast(json as varchar), '"(?:\\\\.|[^"\\\\])*"', '', 'g'), '[0-9]+\\.[0-9]+'), ` +
  `lambda t: length(t) > 17 and cast(cast(t as double) as varchar) <> rtrim(t, '0'))`;

const checkNumbers = async (plan: SourcePlan, where: string, relation: string, context: LookContext): Promise<void> => {
  const rows = await query(
    plan,
    `select n, ${inexact}[1] from (select row_number() over () as n, json from ${relation}) ` +
      `where regexp_matches(cast(json as varchar), '[0-9]\\.[0-9]{12}|[0-9]{12}\\.[0-9]') and len(${inexact}) > 0 order by n limit 1`,
    context,
  );
  const [row, value] = rows[0] ?? [];
  if (row === undefined || row === null) return;
  const params = { path: where, place: `record ${row}`, value: value ?? "" };
  throw new ExecutorExecutionError("json_number_inexact", { node: plan.node, params });
};

/** Every record is an object whose keys differ in more than capitals. */
const checkRecords = async (plan: SourcePlan, where: string, relation: string, context: LookContext): Promise<void> => {
  const rows = await query(
    plan,
    `select n, json_type(json), ${repeated}[1] from ` +
      `(select row_number() over () as n, json, json_keys(json) as keys from ${relation}) ` +
      `where json_type(json) <> 'OBJECT' or len(list_distinct(list_transform(keys, lambda k: lower(k)))) < len(keys) ` +
      `order by n limit 1`,
    context,
  );
  const [row, kind, column] = rows[0] ?? [];
  if (row === undefined || row === null) return;
  const place = `record ${row}`;
  throw kind === "OBJECT" ? twice(plan, where, place, column ?? "") : notRecords(plan, where, place, kind ?? "");
};

const notRecords = (plan: SourcePlan, path: string, place: string, kind: string): ExecutorExecutionError => {
  const params = { path, place, found: kinds[kind] ?? "a number" };
  return new ExecutorExecutionError("json_not_records", { node: plan.node, params });
};

const twice = (plan: SourcePlan, path: string, place: string, column: string): ExecutorExecutionError =>
  new ExecutorExecutionError("json_key_twice", { node: plan.node, params: { path, place, column } });

/** One record's `id` and another's `ID` would be one column. */
const checkKeys = (plan: SourcePlan, where: string, names: readonly string[]): void => {
  const lower = names.map((name) => name.toLowerCase());
  const again = names.find((_name, i) => lower.indexOf(lower[i] ?? "") < i);
  if (again !== undefined) throw twice(plan, where, "in different records and other capitals", again);
};

/** The columns of `relation` (its column is `json`). `where` names the file in messages. */
export const jsonColumns = async (
  plan: SourcePlan,
  where: string,
  relation: string,
  context: LookContext,
): Promise<readonly TextColumn[]> => {
  await checkRecords(plan, where, relation, context);
  await checkNumbers(plan, where, relation, context);
  const keys = await keysOf(plan, relation, context);
  const declared = plan.columns?.map(({ name }) => name) ?? [];
  // A key that no record has is a column of nulls, if the node declares it: JSON leaves out what is null.
  const names = keys.map(({ name }) => (name === "" ? "column" : name));
  checkKeys(plan, where, names);
  const absent = declared.filter((name) => !names.some((key) => key.toLowerCase() === name.toLowerCase()));
  const arrived = keys.length === 0 ? [...names, ...absent] : names;
  const matched = matchColumns(plan, where, arrived);
  const open = matched.filter(({ type }) => type === null).flatMap(({ from }) => keys[from] ?? []);
  const types = await inferred(plan, open, relation, context);
  return matched.map(({ name, type, from }) => {
    const key = keys[from]?.name ?? name;
    const column = type ?? types.get(key) ?? "VARCHAR";
    const nested = isNested(column);
    return {
      name,
      text: nested ? `nullif(${valueOf(key)}, 'null')` : textOf(key),
      type: column,
      emptyIsNull: false,
      cast: nested ? nestedCast(column) : undefined,
    };
  });
};

// Where a node's settings name columns: keys whose values are column names, and SQL expressions that use them.

import type { KindName } from "../../../../shared/graph/index.ts";
import type { YamlPath } from "../../../../shared/yaml/index.ts";
import { tokenize } from "../../duckdb/sql/lexer.ts";

export interface SettingUse {
  readonly path: YamlPath;
  /** The column as written. */
  readonly column: string;
  /** Whose column: one of what the node reads, or one of the node's own table. */
  readonly of: "input" | "own";
  /** `name`: the whole value. `key`: the key of a map. `expression`: a part of the value, between these offsets. */
  readonly form: "name" | "key" | "expression";
  readonly start: number;
  readonly end: number;
}

/** Keys whose value, or each of whose values, is a column's name. */
const nameKeys = new Set(
  `unique_keys time_column join_keys event_time created_time event_time_col partition_by id_col feature_date_col
  application_date_col column columns group_by source_feature timestamp target label_column uses primary_key not_null
  unique`.split(/\s+/),
);

const expressionKeys = new Set(["filter", "where", "expression", "rule", "value", "condition", "expr"]);

/** Keys below which a map's keys are columns. */
const columnMaps: Readonly<Partial<Record<KindName, readonly string[]>>> = {
  feature_group: ["features"],
  transform: ["columns"],
  exposure: ["schema"],
  rule: ["schema", "columns"],
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every place of a node's document that names a column. */
export const settingUses = (kind: KindName, document: Readonly<Record<string, unknown>>): readonly SettingUse[] => {
  const uses: SettingUse[] = [];
  const named = (path: YamlPath, column: string, form: "name" | "key"): void =>
    void uses.push({ path, column, of: ownership(kind, path), form, start: 0, end: column.length });

  const expression = (path: YamlPath, text: string): void => {
    const tokens = tokenize(text);
    for (const [at, { kind: type, value, start, end }] of tokens.entries()) {
      const isCall = tokens[at + 1]?.text === "(" && type === "word";
      const isField = tokens[at - 1]?.text === ".";
      if ((type !== "word" && type !== "quoted") || isCall || isField) continue;
      uses.push({ path, column: value, of: ownership(kind, path), form: "expression", start, end });
    }
  };

  const visit = (value: unknown, path: YamlPath): void => {
    const key = path.findLast((part) => typeof part === "string") ?? "";
    if (typeof value === "string") {
      if (nameKeys.has(key) || isName(kind, path)) named(path, value, "name");
      else if (expressionKeys.has(key)) expression(path, value);
      return;
    }
    if (Array.isArray(value)) {
      for (const [at, item] of (value as readonly unknown[]).entries()) visit(item, [...path, at]);
      return;
    }
    if (!isRecord(value)) return;
    const hasColumnKeys = columnMaps[kind]?.includes(key) === true && typeof path.at(-1) === "string";
    for (const [inner, child] of Object.entries(value)) {
      if (path.length === 0 && skipped.has(inner)) continue;
      if (hasColumnKeys && !(kind === "rule" && inner === "extra")) named([...path, inner], inner, "key");
      visit(child, [...path, inner]);
    }
  };
  visit(document, []);
  return uses;
};

const skipped = new Set(["kind", "name", "description", "owner", "tags", "inputs", "depends_on", "transform", "hooks"]);

/** Places that hold a name under a key that means other things elsewhere. */
const isName = (kind: KindName, path: YamlPath): boolean => {
  const [first, , third] = path;
  const last = path.at(-1);
  if (kind === "feature_group" && first === "features")
    return path.length === 2 || (path.length === 3 && third === "name");
  if (kind === "exposure" && path.includes("schema")) return last === "name";
  if (kind === "rule" && path.includes("schema")) return last === "name";
  if (kind === "transform" && path.includes("roles")) return path.length === 4;
  return false;
};

const ownership = (kind: KindName, [first, second]: YamlPath): SettingUse["of"] => {
  if (first === "tests" || first === "materializations" || kind === "source") return "own";
  if (first === "materialization" && second !== "event_time_col") return "own";
  return kind === "transform" && first === "columns" ? "own" : "input";
};

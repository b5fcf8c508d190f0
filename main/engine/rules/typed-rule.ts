// Seeknal's typed rules, `{type, column(s), params}`, as checks.

import { z } from "zod";

import { ExecutorValidationError } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import { type CheckConfig, checkSchema } from "../../../shared/graph/kinds/checks.ts";
import { nearest } from "../../../shared/graph/nearest.ts";
import type { TypedRule } from "../../../shared/graph/kinds/rule.ts";

type Raw = Readonly<Record<string, unknown>>;

interface Given {
  readonly column: string | undefined;
  readonly columns: readonly string[];
  readonly params: Raw;
  readonly value: string | undefined;
  readonly sql: string | undefined;
}

interface RuleType {
  /** What it cannot do without, and how that is written. */
  readonly needs: "column" | "value" | "sql" | "nothing";
  readonly check: (given: Given) => Raw;
}

const first = (params: Raw, ...names: readonly string[]): unknown =>
  names.map((name) => params[name]).find((value) => value !== undefined);

const defined = (record: Raw): Raw =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

/** A share such as 0.05, or a percentage such as `5%`, that violations may not exceed. */
const tolerated = (share: unknown): Raw => {
  if (typeof share === "number") return { error_if: `> ${share * 100}%` };
  return typeof share === "string" ? { error_if: `> ${share}` } : {};
};

const bounds = (params: Raw): Raw =>
  defined({ min: first(params, "min", "min_val", "min_value"), max: first(params, "max", "max_val", "max_value") });

const nullType: RuleType = {
  needs: "column",
  check: ({ columns, params }) => ({
    not_null: columns,
    ...tolerated(first(params, "max_null_percentage", "max_null_percent")),
  }),
};
const uniqueType: RuleType = {
  needs: "column",
  check: ({ columns, params }) => ({
    unique: columns,
    ...tolerated(first(params, "max_duplicate_percentage", "max_duplicate_percent")),
  }),
};
const rangeType: RuleType = {
  needs: "column",
  check: ({ columns, params }) => ({ range: { columns, ...bounds(params) } }),
};
const freshnessType: RuleType = {
  needs: "column",
  check: ({ columns: [column], params }) => ({
    freshness: defined({
      column,
      error_after: first(params, "error_after", "max_age"),
      warn_after: first(params, "warn_after"),
    }),
  }),
};
const expressionType: RuleType = { needs: "value", check: ({ value }) => ({ expression: value }) };
const sqlType: RuleType = { needs: "sql", check: ({ sql }) => ({ sql }) };
const acceptedType: RuleType = {
  needs: "column",
  check: ({ columns: [column], params }) => ({ accepted_values: { column, values: first(params, "values") } }),
};

const types: Readonly<Record<string, RuleType>> = {
  null: nullType,
  not_null: nullType,
  uniqueness: uniqueType,
  unique: uniqueType,
  range: rangeType,
  freshness: freshnessType,
  expression: expressionType,
  accepted_values: acceptedType,
  length: { needs: "column", check: ({ columns, params }) => ({ length: { columns, ...bounds(params) } }) },
  regex: {
    needs: "column",
    check: ({ columns, params }) => ({ regex: { columns, pattern: first(params, "pattern", "regex") } }),
  },
  format: { needs: "column", check: ({ columns, params }) => ({ format: { columns, format: params["format"] } }) },
  row_count: { needs: "nothing", check: ({ params }) => ({ row_count: params }) },
  sql: sqlType,
  sql_assertion: sqlType,
};

const examples: Readonly<Record<RuleType["needs"], string>> = {
  column: "`column: price`",
  value: '`value: "price > 0"`',
  sql: "`sql: select * from input_0 where price < 0`",
  nothing: "",
};

const keyMissing = (node: PipelineNode, type: string, key: string, example: string): ExecutorValidationError =>
  new ExecutorValidationError("rule_key_missing", {
    node: node.id,
    location: node.location,
    params: { node: node.id, type, key, example },
  });

const givenBy = (node: PipelineNode<"rule">, rule: TypedRule): Given => {
  const columns = rule.columns ?? (rule.column === undefined ? (node.config.columns ?? []) : [rule.column]);
  return { column: columns[0], columns, params: rule.params ?? {}, value: rule.value, sql: rule.sql };
};

/** Throws when the type is unknown or lacks what it needs. */
export const readTypedRule = (node: PipelineNode<"rule">, rule: TypedRule): CheckConfig => {
  const type = Object.hasOwn(types, rule.type) ? types[rule.type] : undefined;
  if (type === undefined) {
    const close = nearest(rule.type, Object.keys(types));
    throw new ExecutorValidationError("rule_type_unknown", {
      node: node.id,
      location: node.location,
      params: { node: node.id, type: rule.type, known: Object.keys(types) },
      next: close === null ? undefined : `Did you mean ${close}?`,
    });
  }
  const given = givenBy(node, rule);
  if (type.needs !== "nothing" && given[type.needs] === undefined) {
    throw keyMissing(node, rule.type, type.needs, examples[type.needs]);
  }
  const parsed = checkSchema.safeParse(type.check(given));
  if (parsed.success) return parsed.data;
  throw keyMissing(node, rule.type, "other params", whatIsWrong(parsed.error));
};

const whatIsWrong = (error: z.ZodError): string => z.prettifyError(error).replaceAll(/\s+/g, " ");

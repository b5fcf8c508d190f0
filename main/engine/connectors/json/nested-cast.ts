// JSON text to nested values without loss. DuckDB turns 1.5 into 2 in a list of integers, leaves out keys that a STRUCT
// does not have and takes "44 BC" for the year 44, all without a word.

import { literal } from "../../duckdb/sql/identifiers.ts";
import { parseType } from "../../duckdb/types/type-tree.ts";
import type { StrictCast } from "../strict-cast.ts";

/** Types whose values are read from JSON text. */
export const isNested = (type: string): boolean => type === "JSON" || parseType(type).kind !== "plain";

const text = String.raw`"(\\.|[^"\\])*"`;

/** Every string of a JSON text in order, each key with its colon. */
const strings = (json: string): string => `regexp_extract_all(${json}, ${literal(String.raw`${text}\s*:?`)})`;
const keys = (json: string): string => `list_filter(${strings(json)}, lambda s: ends_with(s, ':'))`;

const numbers = (json: string): string => {
  const bare = `regexp_replace(${json}, ${literal(text)}, '', 'g')`;
  const each = `regexp_extract_all(${bare}, ${literal(String.raw`-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?`)})`;
  return `list_sort(list_transform(${each}, lambda n: cast(n as double)))`;
};

const sameContent = (json: string, value: string): string => {
  const back = `cast(to_json(${value}) as varchar)`;
  return (
    `${value} is not null and list_has_all(${keys(back)}, ${keys(json)}) and ${numbers(json)} = ${numbers(back)} ` +
    `and not regexp_matches(${json}, ${literal(String.raw`[0-9] BC"`)})`
  );
};

/** How a JSON text becomes a nested value of `type`, or stays JSON. */
export const nestedCast = (type: string): StrictCast =>
  type === "JSON"
    ? {
        value: (json) => `case when json_valid(${json}) then cast(${json} as json) end`,
        valid: (_json, value) => `${value} is not null`,
      }
    : {
        value: (json) => `try_cast(try_cast(${json} as json) as ${type})`,
        valid: (json, value) => sameContent(`cast(${json} as varchar)`, value),
      };

// JSON text to nested values without loss. DuckDB turns 1.5 into 2 in a list of integers, leaves out keys that a STRUCT
// does not have and takes "44 BC" for the year 44, all without a word.

import { literal } from "../../duckdb/sql/identifiers.ts";
import { parseType } from "../../duckdb/types/type-tree.ts";
import type { StrictCast } from "../strict-cast.ts";

/** Types whose values are read from JSON text. */
export const isNested = (type: string): boolean => type === "JSON" || parseType(type).kind !== "plain";

const string = String.raw`"(?:\\.|[^"\\])*"`;
const moment = String.raw`^"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}`;

/** Every string (a key with its colon), number and boolean of a JSON text, in order. */
const tokens = (json: string): string =>
  `regexp_extract_all(${json}, ${literal(String.raw`${string}\s*:?|-?(?:[0-9][0-9.eE+-]*|NaN|Infinity|nan|inf)|true|false`)})`;
const keys = (json: string): string => `list_filter(${tokens(json)}, lambda s: ends_with(s, ':'))`;
const leaves = (json: string): string => `list_filter(${tokens(json)}, lambda s: not ends_with(s, ':'))`;

/** The numbers among the leaves, those written as text included. */
const numbers = (json: string): string =>
  `list_sort(list_filter(list_transform(${leaves(json)}, lambda s: try_cast(trim(s, '"') as double)), lambda n: n is not null))`;

const count = (json: string, pattern: string): string =>
  `len(list_filter(${leaves(json)}, lambda s: regexp_matches(s, ${literal(pattern)})))`;

/** `value`'s own JSON says the same as `json`: no key, leaf, number, time of day or offset is gone. */
const sameContent = (json: string, value: string): string => {
  const back = `cast(to_json(${value}) as varchar)`;
  return [
    `${value} is not null`,
    `list_has_all(${keys(back)}, ${keys(json)})`,
    `len(${leaves(json)}) = len(${leaves(back)})`,
    `${numbers(json)} = ${numbers(back)}`,
    `${count(json, `${moment}(:[0-9.]*[1-9])?`)} <= ${count(back, moment)}`,
    `${count(json, String.raw`${moment}.*[+-](0?[1-9]|1[0-9]|00:?[0-9]*[1-9])[0-9:]*"$`)} <= ${count(back, String.raw`${moment}.*[+-][0-9:]+"$`)}`,
    `not regexp_matches(${json}, ${literal('[0-9] BC"')})`,
  ].join(" and ");
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

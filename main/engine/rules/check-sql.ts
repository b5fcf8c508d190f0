import type { Check } from "./check.ts";

const isText = (value: unknown): value is string => typeof value === "string";

/** Every SQL text that a person wrote into a check. */
export const sqlOf = ({ type, spec, where }: Check): readonly string[] => {
  const own: unknown = type === "aggregate" ? (spec as Check<"aggregate">["spec"]).expression : spec;
  const isSql = type === "expression" || type === "sql" || type === "aggregate";
  return [isSql ? own : null, where].filter(isText);
};

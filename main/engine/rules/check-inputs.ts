import { ExecutorValidationError } from "../../../shared/errors/index.ts";
import { type PipelineNode, tablesRead } from "../../../shared/graph/index.ts";
import { tokenize } from "../duckdb/sql/lexer.ts";
import type { Check } from "./check.ts";
import { sqlOf } from "./check-sql.ts";

/** Says which input, beside the first, no check names: it would be read and never looked at. */
export const refuseUnusedInputs = (node: PipelineNode, checks: readonly Check[]): void => {
  const [checked, ...others] = tablesRead(node);
  if (checked === undefined || others.length === 0) return;
  const named = namesIn(checks);
  const input = others.find((id, at) => !named.has(id.toLowerCase()) && !named.has(`input_${at + 1}`));
  if (input === undefined) return;
  throw new ExecutorValidationError("rule_input_unused", {
    node: node.id,
    location: node.location,
    params: { node: node.id, input, checked },
  });
};

/** What checks name in any spelling: `ref('kind.name')`, `kind.name`, `input_1`. */
const namesIn = (checks: readonly Check[]): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const check of checks) {
    if (check.type === "relationships") names.add((check as Check<"relationships">).spec.to.toLowerCase());
    for (const sql of sqlOf(check)) {
      const values = tokenize(sql).map(({ value }) => value.toLowerCase());
      for (const [at, value] of values.entries()) {
        names.add(value);
        if (values[at + 1] === ".") names.add(`${value}.${values[at + 2] ?? ""}`);
      }
    }
  }
  return names;
};

import type { CatalogueEntry } from "./entry.ts";

export const ruleErrors = {
  rule_violated: {
    message: "{node}: {rule} is violated: {detail}",
    next: "Look at the rows (`headrace preview {node}`); then correct the data, or the rule's bounds, severity or thresholds.",
    exit: 3,
  },
  test_violated: {
    message: "{node}: its test {rule} is violated: {detail}",
    next: "Correct what the node reads or does, or the test's bounds, severity or thresholds.",
    exit: 3,
  },
  rule_nothing: {
    message: "{node} checks nothing",
    next: "Add `rule:` with a SQL condition, or `rules:` with a list such as `- not_null: order_id`.",
    exit: 2,
  },
  rule_no_input: {
    message: "{node} has nothing to check: it reads no node",
    next: "Add `inputs: [{ref: kind.name}]`; the first one is checked.",
    exit: 2,
  },
  rule_input_unused: {
    message: "{node} reads {input}, but none of its checks names it: only {checked}, the first input, is checked",
    next: "Name it in a check (`relationships: {to: {input}}` or `ref('{input}')` in SQL), take it out of `inputs:`, or give it a rule of its own.",
    exit: 2,
  },
  rule_type_unknown: {
    message: "{node}: there is no rule type {type}",
    next: 'Use one of: {known}. A SQL condition needs no type: `rule: "price > 0"`.',
    exit: 2,
  },
  rule_key_missing: {
    message: "{node}: a rule of type {type} needs {key}",
    next: "Add it, e.g. {example}.",
    exit: 2,
  },
  check_id_twice: {
    message: "{node} has two checks named {rule}",
    next: "Give each an `id:` of its own: results and failing rows are kept by it.",
    exit: 2,
  },
  check_column_missing: {
    message: "{node}: {rule} looks at column {column}, which {input} does not have",
    next: "Name one of its columns: {known}.",
    exit: 1,
  },
  check_input_missing: {
    message: "{node}: {rule} compares with {input}, which {node} does not read",
    next: "Add it to `inputs:` of {node}.",
    exit: 2,
  },
  check_failed: {
    message: "{node}: {rule} cannot be checked: {detail}",
    next: "Correct its SQL or the type of its column; `headrace preview {input}` shows what is there.",
    exit: 1,
  },
} as const satisfies Record<string, CatalogueEntry>;

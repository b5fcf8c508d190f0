// A rule's three spellings, and the tests of any node, as one list of checks.

import { ExecutorValidationError } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import { type CheckConfig, type TestName, testNames } from "../../../shared/graph/kinds/checks.ts";
import type { Check, Severity } from "./check.ts";
import { probeOf } from "./registry.ts";
import { readTypedRule } from "./typed-rule.ts";

/** What a check without words of its own takes over from its node. */
interface Defaults {
  readonly severity: Severity;
  readonly message: string | null;
}

const typeOf = (config: CheckConfig): TestName => testNames.find((name) => config[name] !== undefined) ?? "expression";

const read = (config: CheckConfig, id: string, defaults: Defaults): Check => {
  const type = typeOf(config);
  return {
    id,
    type,
    // The type names the key that is there.
    spec: config[type] as Check["spec"],
    where: config.where ?? null,
    nullsFail: config.nulls === "fail",
    severity: config.severity ?? defaults.severity,
    warnIf: config.warn_if ?? null,
    errorIf: config.error_if ?? null,
    message: config.error_message ?? defaults.message,
  };
};

const slug = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]+/gu, "_").replaceAll(/^_+|_+$/g, "");

/** `range_price`: the type and its columns. */
const nameOf = (config: CheckConfig): string => {
  const type = typeOf(config);
  const { columns } = probeOf(read(config, "", { severity: "error", message: null }), 0);
  return [type, ...columns.map(slug)].join("_");
};

/** Ids that people gave stay; others are made and numbered. */
const identify = (node: PipelineNode, configs: readonly CheckConfig[], only: string | null): readonly string[] => {
  const given = configs.map((config) => config.id ?? config.name ?? null);
  const taken = new Set<string>();
  for (const id of given) {
    if (id !== null && taken.has(id)) {
      const params = { node: node.id, rule: id };
      throw new ExecutorValidationError("check_id_twice", { node: node.id, location: node.location, params });
    }
    if (id !== null) taken.add(id);
  }
  return configs.map((config, index) => {
    const id = given[index] ?? null;
    if (id !== null) return id;
    const made = unused(only ?? nameOf(config), taken);
    taken.add(made);
    return made;
  });
};

const unused = (name: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) if (!taken.has(`${name}_${number}`)) return `${name}_${number}`;
};

const checksOf = (
  node: PipelineNode,
  configs: readonly CheckConfig[],
  defaults: Defaults,
  only: string | null,
): readonly Check[] => {
  const ids = identify(node, configs, only);
  return configs.map((config, index) => read(config, ids[index] ?? "", defaults));
};

/** The checks of a rule. Throws where it has none, or one is not complete. */
export const readRule = (node: PipelineNode<"rule">): readonly Check[] => {
  const { config } = node;
  const single = (config.rule ?? []).map((rule): CheckConfig =>
    "type" in rule ? readTypedRule(node, rule) : { expression: rule.value },
  );
  const configs = [...single, ...(config.rules ?? [])];
  if (configs.length === 0) {
    const params = { node: node.id };
    throw new ExecutorValidationError("rule_nothing", { node: node.id, location: node.location, params });
  }
  const defaults = { severity: config.severity, message: config.error_message ?? null };
  // A rule that is one condition is known by its own name.
  return checksOf(node, configs, defaults, configs.length === 1 ? node.name : null);
};

/** The `tests:` of a node; most have none. */
export const readTests = (node: PipelineNode): readonly Check[] => {
  const configs = "tests" in node.config ? (node.config.tests ?? []) : [];
  return checksOf(node, configs, { severity: "error", message: null }, null);
};

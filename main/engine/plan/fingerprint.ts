import type { NodeBody, PipelineNode } from "../../../shared/graph/index.ts";
import type { Executor, RunInterval } from "../executors/executor.ts";
import { stableHash } from "../files/index.ts";
import type { FingerprintParts } from "../state/index.ts";
import { engineVersion } from "./engine-version.ts";

/** The parts of a fingerprint that the definition alone decides; inputs' outputs and outside files come later. */
export type DefinitionParts = Omit<FingerprintParts, "upstream" | "external">;

const codeOf = (body: NodeBody): string => {
  if (body === null) return "";
  return body.language === "sql" ? body.hash : `${body.hash}:${body.function}`;
};

const intervalNames = new Set(["date", "start", "end"]);

/** The interval belongs to the fingerprint of what can see it: SQL that binds it, Python when the run was given one. */
const intervalOf = (interval: RunInterval, isSeen: boolean): string | null =>
  isSeen ? `${interval.date}|${interval.start ?? ""}|${interval.end ?? ""}` : null;

const bodySees = (body: NodeBody, given: boolean): boolean => {
  if (body === null) return false;
  return body.language === "sql" ? body.parameters.some((name) => intervalNames.has(name)) : given;
};

/** Tests that bind the run's date are made again when it changes. */
const testsSee = (node: PipelineNode): boolean =>
  "tests" in node.config && /\$(?:date|start|end)\b/i.test(JSON.stringify(node.config.tests ?? []));

/** New tests are made by running the node again: they are not made on tables that are up to date. */
const withTests = (node: PipelineNode, plan: unknown): unknown =>
  "tests" in node.config && node.config.tests?.length ? [plan, node.config.tests] : plan;

export const definitionParts = (
  node: PipelineNode,
  executor: Executor,
  executorPlan: unknown,
  options: { readonly interval: RunInterval; readonly intervalGiven: boolean; readonly environment: string | null },
): DefinitionParts => ({
  code: codeOf(node.body),
  config: stableHash(withTests(node, node.tables === undefined ? executorPlan : [executorPlan, node.tables])),
  params: stableHash(node.config.params),
  environment: options.environment,
  engine: `${engineVersion}; ${node.kind} ${executor.version}`,
  inputs: node.inputs,
  interval: intervalOf(
    options.interval,
    bodySees(node.body, options.intervalGiven) || executor.seesInterval?.(executorPlan) === true || testsSee(node),
  ),
});

/** Hash of the definition alone: what `state:modified` compares. */
export const definitionHash = (parts: DefinitionParts): string => stableHash(parts);

/** Everything that can change a node's output, as one name. */
export const fingerprintOf = (parts: FingerprintParts): string => stableHash(parts);

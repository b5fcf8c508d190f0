// `$name` in the SQL of checks: bound as in a transform, never put into the text.

import { ExecutorValidationError } from "../../../shared/errors/index.ts";
import { nearest, type PipelineNode } from "../../../shared/graph/index.ts";
import { parameterNames } from "../duckdb/sql/lexer.ts";
import type { RunInterval } from "../executors/executor.ts";
import type { Project } from "../project/project.ts";
import type { Check } from "./check.ts";
import { sqlOf } from "./check-sql.ts";

const noInterval: RunInterval = { date: "", start: null, end: null };

/** Values by name: the run's date and interval, the project's `vars`, the node's own `params`. */
export const checkParameters = (
  node: PipelineNode,
  project: Project,
  interval: RunInterval,
): Readonly<Record<string, unknown>> => ({ ...interval, ...project.settings.vars, ...node.config.params });

/** Says which `$name` of a node's checks has no value. */
export const refuseMissingParameters = (node: PipelineNode, checks: readonly Check[], project: Project): void => {
  const known = Object.keys(checkParameters(node, project, noInterval));
  const isKnown = new Set(known.map((name) => name.toLowerCase()));
  const used = checks.flatMap(sqlOf).flatMap(parameterNames);
  const parameter = used.find((name) => !isKnown.has(name.toLowerCase()));
  if (parameter === undefined) return;
  const close = nearest(parameter, known);
  throw new ExecutorValidationError("parameter_missing", {
    node: node.id,
    location: node.location,
    params: { node: node.id, parameter },
    next: close === null ? undefined : `Did you mean $${close}?`,
  });
};

import { ExecutorValidationError } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { Executor } from "../executors/executor.ts";
import { projectError } from "../project/problems.ts";
import type { Problem, Project } from "../project/project.ts";
import { readTests, refuseMissingParameters } from "../rules/index.ts";

const interval = { date: "2000-01-01", start: "2000-01-01", end: "2000-01-02" };

/** What the kinds of a project's nodes refuse about their settings before anything runs. */
export const settingsProblems = (project: Project, executors: Readonly<Record<string, Executor>>): readonly Problem[] =>
  [...project.nodes.values()].flatMap((node) => (node.config.enabled ? problemOf(node, project, executors) : []));

const problemOf = (
  node: PipelineNode,
  project: Project,
  executors: Readonly<Record<string, Executor>>,
): readonly Problem[] => {
  const executor = executors[node.kind];
  try {
    executor?.validate?.(node, project);
    executor?.plan(node, project, interval);
    refuseMissingParameters(node, readTests(node), project);
    return [];
  } catch (thrown) {
    // Anything else is no fault of the file: the node says so when it runs.
    if (!(thrown instanceof ExecutorValidationError)) return [];
    const { code, params, next, location } = thrown;
    return [projectError(code, { node: node.id, location: location ?? node.location, params, next })];
  }
};

import type { ProblemView } from "../../../shared/api/index.ts";
import type { Problem } from "../../engine/index.ts";

/** A problem as a window is told of it. */
export const problemView = (problem: Problem): ProblemView => ({
  severity: problem.severity,
  code: problem.code,
  message: problem.message,
  next: problem.next,
  node: problem.node,
  location: problem.location === null ? null : { ...problem.location },
  params: Object.fromEntries(
    Object.entries(problem.params).map(([key, value]) => [key, typeof value === "object" ? [...value] : value]),
  ),
  cause: problem.cause,
});

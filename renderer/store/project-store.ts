import { createStore } from "zustand/vanilla";

import type { ProblemView, ProjectInfo } from "../../shared/api/index.ts";
import type { HeadraceError } from "../../shared/errors/index.ts";

/** What is known of the project beyond its graph. */
export interface ProjectState {
  /** `closed`: this window has no project yet. */
  readonly status: "loading" | "open" | "closed" | "failed";
  readonly revision: number;
  readonly info: ProjectInfo | null;
  readonly problems: readonly ProblemView[];
  /** Why it could not be opened. */
  readonly error: HeadraceError | null;
  /** Why positions cannot be kept: canvas.yml is damaged. */
  readonly canvasError: HeadraceError | null;
}

export const project = createStore<ProjectState>(() => ({
  status: "loading",
  revision: 0,
  info: null,
  problems: [],
  error: null,
  canvasError: null,
}));

const problemOf = ({ code, message, next, node, location }: HeadraceError): ProblemView => ({
  severity: "error",
  code,
  message,
  next,
  node,
  location: location === null ? null : { ...location },
  params: {},
  cause: null,
});

let combined: { readonly of: ProjectState; readonly problems: readonly ProblemView[] } | null = null;

/** Everything that could not be understood, a damaged canvas.yml included; the same array for the same state. */
export const allProblems = (state: ProjectState): readonly ProblemView[] => {
  const { problems, canvasError } = state;
  if (canvasError === null) return problems;
  if (combined?.of !== state) combined = { of: state, problems: [...problems, problemOf(canvasError)] };
  return combined.problems;
};

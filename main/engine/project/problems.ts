import { type ErrorCode, type ErrorDetails, ProjectError, toErrorData } from "../../../shared/errors/index.ts";
import type { Problem } from "./project.ts";

const make = (severity: Problem["severity"], code: ErrorCode, details: ErrorDetails): Problem => {
  const { class: _class, ...data } = toErrorData(new ProjectError(code, details));
  return { ...data, severity };
};

/** Stops `run`; the rest of the project stays usable. */
export const projectError = (code: ErrorCode, details: ErrorDetails): Problem => make("error", code, details);

/** Printed, and says what happens instead. */
export const projectWarning = (code: ErrorCode, details: ErrorDetails): Problem => make("warning", code, details);

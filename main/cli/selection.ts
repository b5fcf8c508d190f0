import { ProjectError } from "../../shared/errors/index.ts";
import type { PlanOptions } from "../engine/index.ts";
import type { SelectionOptions } from "./session.ts";

/** The command line's selection as the engine takes it. Throws `environment_not_available` for `--env`. */
export function planOptions(options: SelectionOptions, selectors: readonly string[]): PlanOptions {
  if (options.env !== undefined) throw new ProjectError("environment_not_available", { params: { env: options.env } });
  return {
    // A selector in quotes may hold several.
    selectors: selectors.flatMap((text) => text.split(/\s+/)).filter((text) => text !== ""),
    nodes: options.nodes ?? [],
    types: options.types ?? [],
    tags: options.tags ?? [],
    excludeTags: options.excludeTags ?? [],
    full: options.full ?? false,
    // Given with its negation, the option has no default of its own.
    materialize: options.materialize ?? true,
    interval: {
      ...(options.date === undefined ? {} : { date: options.date }),
      ...(options.start === undefined ? {} : { start: options.start }),
      ...(options.end === undefined ? {} : { end: options.end }),
    },
  };
}

import { printPlan } from "../print-plan.ts";
import type { Execute, SelectionOptions } from "../session.ts";

/** `headrace plan`: what a run would do, and why. */
export const execute: Execute<SelectionOptions & { readonly all?: boolean }> = (session, options, selectors) =>
  printPlan(session, options, selectors, { all: options.all === true, effects: false });

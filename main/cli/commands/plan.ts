import { openEngine } from "../open-project.ts";
import { planOptions } from "../selection.ts";
import type { Execute, SelectionOptions } from "../session.ts";
import { printLines } from "../terminal.ts";
import { planLines } from "../view/plan-table.ts";

/** `headrace plan`: what a run would do, and why. */
export const execute: Execute<SelectionOptions & { readonly all?: boolean }> = async (session, options, selectors) => {
  const { terminal, signal } = session;
  await using engine = await openEngine(session, options);
  const plan = await engine.plan(planOptions(options, selectors), signal);
  if (options.json === true) {
    terminal.write(`${JSON.stringify(plan)}\n`);
    return 0;
  }
  const { all = false, verbose = false } = options;
  printLines(terminal, planLines(plan, { style: terminal.style, width: terminal.columns(), all, verbose }));
  return 0;
};

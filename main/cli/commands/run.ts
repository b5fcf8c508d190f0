import { withConfirmation } from "../confirm-run.ts";
import { openEngine, projectRoot } from "../open-project.ts";
import { runProject } from "../run-project.ts";
import { planOptions } from "../selection.ts";
import type { Execute, SelectionOptions } from "../session.ts";

interface RunCommandOptions extends SelectionOptions {
  readonly dryRun?: boolean;
  readonly showPlan?: boolean;
  readonly parallel?: boolean;
  readonly maxWorkers?: number;
  readonly continueOnError?: boolean;
  readonly retry?: number;
  readonly timeout?: number;
  readonly runId?: string;
  readonly quiet?: boolean;
  readonly confirm?: readonly string[];
}

/** `headrace run`: runs what changed and writes it to its targets. */
export const execute: Execute<RunCommandOptions> = async (session, options, selectors) => {
  if (options.dryRun === true || options.showPlan === true) {
    const { printPlan } = await import("../print-plan.ts");
    return printPlan(session, options, selectors, { all: true, effects: options.dryRun === true });
  }
  await using engine = await openEngine(session, options);
  const { summary } = await withConfirmation(session, options.confirm ?? [], (confirm) =>
    runProject(
      session,
      engine,
      {
        ...planOptions(options, selectors),
        maxWorkers: options.maxWorkers ?? (options.parallel === false ? 1 : null),
        continueOnError: options.continueOnError ?? false,
        retryAttempts: options.retry ?? null,
        timeoutSeconds: options.timeout ?? null,
        runId: options.runId ?? null,
        verbose: options.verbose ?? false,
        confirm,
      },
      options,
      projectRoot(session, options),
    ),
  );
  return summary.exitCode;
};

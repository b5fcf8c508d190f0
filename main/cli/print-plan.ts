import { toErrorData } from "../../shared/errors/index.ts";
import type { Plan } from "../../shared/run/index.ts";
import type { Engine, MaterializationPreview } from "../engine/index.ts";
import { openEngine, projectRoot } from "./open-project.ts";
import { planOptions } from "./selection.ts";
import type { SelectionOptions, Session } from "./session.ts";
import { printLines } from "./terminal.ts";
import { formatCount, visible } from "./text/format.ts";
import { errorText } from "./view/error-text.ts";
import { planLines } from "./view/plan-table.ts";

/** `+120 ~3 −0 =4,877` on the real target; counts it could not find out are left out. */
function effectLines(preview: MaterializationPreview): string[] {
  const counts = [
    ["+", preview.inserts],
    ["~", preview.updates],
    ["−", preview.deletes],
    ["=", preview.unchanged],
  ] as const;
  const known = counts.flatMap(([sign, count]) => (count === null ? [] : [`${sign}${formatCount(count)}`]));
  return [
    `  → ${preview.target}${preview.exists ? "" : " (new)"} ${known.join(" ")}`.trimEnd(),
    ...preview.statements.map((statement) => `      ${visible(statement)}`),
    ...preview.locks.map((lock) => `      lock: ${visible(lock)}`),
    ...preview.warnings.map((warning) => `      warning: ${visible(warning)}`),
  ];
}

/** What writing would do to each target whose table is there already; a target that does not answer says so. */
async function printEffects(session: Session, engine: Engine, plan: Plan, root: string): Promise<void> {
  const { terminal, signal } = session;
  for (const step of plan.steps.filter(({ action }) => action === "materialize")) {
    printLines(terminal, ["", step.node]);
    try {
      const { previews } = await engine.previewMaterializations(step.node, signal);
      printLines(terminal, previews.flatMap(effectLines));
    } catch (thrown) {
      printLines(terminal, errorText(toErrorData(thrown), { style: terminal.style, root, verbose: false }));
    }
  }
}

/** The plan, of `all` nodes or of those that do something; with `effects` also what writing would do to the real targets. */
export async function printPlan(
  session: Session,
  options: SelectionOptions,
  selectors: readonly string[],
  { all, effects }: { readonly all: boolean; readonly effects: boolean },
): Promise<number> {
  const { terminal, signal } = session;
  await using engine = await openEngine(session, options);
  const plan = await engine.plan(planOptions(options, selectors), signal);
  if (options.json === true) {
    terminal.write(`${JSON.stringify(plan)}\n`);
    return 0;
  }
  const { verbose = false } = options;
  printLines(terminal, planLines(plan, { style: terminal.style, width: terminal.columns(), all, verbose }));
  if (effects) await printEffects(session, engine, plan, projectRoot(session, options));
  return 0;
}

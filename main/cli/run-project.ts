import { endSentence, isUpToDate, type NodeResult, type RunEvent, type RunSummary } from "../../shared/run/index.ts";
import type { Engine, RunOptions } from "../engine/index.ts";
import type { Session } from "./session.ts";
import { printLines } from "./terminal.ts";
import { chooseView, type ViewOptions } from "./view/choose-view.ts";
import { errorText } from "./view/error-text.ts";

/** Runs an engine's plan with its events shown, then the failures once more and the last sentence. */
export async function runProject(
  session: Session,
  engine: Engine,
  options: RunOptions,
  view: ViewOptions,
  root: string,
): Promise<{ readonly summary: RunSummary; readonly results: readonly NodeResult[] }> {
  const { terminal, signal } = session;
  const results: NodeResult[] = [];
  const summary = await (async () => {
    using shown = chooseView(terminal, view);
    session.onStopping(() => shown.notice("stopping … (Ctrl-C again to leave at once)"));
    return await engine.run(options, signal, (event: RunEvent) => {
      if (event.type === "finished") results.push(event.result);
      shown.event(event);
    });
  })();
  if (view.json !== true) printEnd(session, summary, results, view, root);
  return { summary, results };
}

function printEnd(
  { terminal }: Session,
  summary: RunSummary,
  results: readonly NodeResult[],
  { verbose = false }: ViewOptions,
  root: string,
): void {
  const { style } = terminal;
  const failures = results.filter(({ status }) => status === "FAILED").map(({ error }) => error);
  for (const error of [summary.error, ...failures]) {
    if (error === null || error.code === "cancelled") continue;
    if (error === summary.error && failures.some((failure) => failure?.message === error.message)) continue;
    printLines(terminal, ["", ...errorText(error, { style, root, verbose })]);
  }
  if (failures.length > 0) printLines(terminal, [""]);
  if (isUpToDate(summary)) printLines(terminal, [style.good("Everything is up to date.")]);
  const paint = { SUCCESS: style.strong, WARNING: style.warn, FAILED: style.bad, CANCELLED: style.warn }[
    summary.status
  ];
  printLines(terminal, [paint(endSentence(summary))]);
}

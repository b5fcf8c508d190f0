import { endSentence, type RunEvent, runNodes, type RunSummary } from "../../../shared/run/index.ts";
import type { Engine, RunRecord } from "../../engine/index.ts";
import { openEngine, projectRoot } from "../open-project.ts";
import type { Execute, ProjectOptions, Session } from "../session.ts";
import { printLines } from "../terminal.ts";
import { formatSeconds, formatTime, plural } from "../text/format.ts";
import type { Style } from "../text/style.ts";
import { renderTable } from "../text/table.ts";
import { comparisonLines } from "../view/comparison.ts";
import { errorText } from "../view/error-text.ts";
import { nodeLines } from "../view/line-view.ts";

interface HistoryOptions extends ProjectOptions {
  readonly limit: number;
}

const paints: Readonly<Record<RunSummary["status"], keyof Style>> = {
  SUCCESS: "good",
  WARNING: "warn",
  FAILED: "bad",
  CANCELLED: "warn",
};

const columns = [
  { title: "run" },
  { title: "started" },
  { title: "status" },
  { title: "ran", align: "right" },
  { title: "cached", align: "right" },
  { title: "failed", align: "right" },
  { title: "time", align: "right" },
  { title: "commit" },
] as const;

function runsTable(records: readonly RunRecord[], { terminal }: Session): string[] {
  const rows = records.map(({ summary, startedAt, gitCommit, complete }) => [
    { text: summary.runId },
    { text: formatTime(startedAt) },
    { text: complete ? summary.status.toLowerCase() : "killed", paint: terminal.style[paints[summary.status]] },
    { text: String(summary.ran) },
    { text: String(summary.cached) },
    { text: String(summary.failed) },
    { text: formatSeconds(summary.durationSeconds) },
    { text: gitCommit?.slice(0, 8) ?? "" },
  ]);
  return renderTable(columns, rows, { style: terminal.style, width: terminal.columns() });
}

async function printRun(session: Session, engine: Engine, options: HistoryOptions, runId: string): Promise<void> {
  const { terminal } = session;
  const events: readonly RunEvent[] = await engine.events(runId);
  if (options.json === true)
    return printLines(
      terminal,
      events.map((event) => JSON.stringify(event)),
    );
  const { verbose = false } = options;
  const root = projectRoot(session, options);
  const lines = nodeLines(terminal, { words: !terminal.interactive, verbose });
  for (const event of events) {
    if (event.type === "planned") lines.plan(event.plan.steps);
    if (event.type === "log") printLines(terminal, lines.log(event));
    if (event.type === "finished") {
      printLines(terminal, lines.finished(event.result));
      const { error } = event.result;
      if (error !== null) printLines(terminal, errorText(error, { style: terminal.style, root, verbose }));
    }
  }
  // Nodes without a result of their own were up to date, or the run did not get to them.
  const others = runNodes(events).filter(({ result, status }) => result === null && status !== "SKIPPED");
  printLines(
    terminal,
    others.map(({ node, status, reasons }) => lines.other(node, status, reasons)),
  );
  const end = events.at(-1);
  const finished = end?.type === "run_finished" ? endSentence(end.summary) : "The run was killed before its end.";
  return printLines(terminal, ["", finished]);
}

async function printComparison(
  session: Session,
  engine: Engine,
  options: HistoryOptions,
  [from, to]: readonly [string, string],
): Promise<void> {
  const { terminal } = session;
  const comparison = await engine.compareRuns(from, to);
  if (options.json === true) return printLines(terminal, [JSON.stringify(comparison)]);
  const { style } = terminal;
  return printLines(terminal, [
    ...runsTable([comparison.from, comparison.to], session),
    "",
    ...comparisonLines(comparison.nodes, { style, width: terminal.columns(), all: options.verbose === true }),
  ]);
}

/** `headrace history [RUN] [OTHER]`: past runs, newest first, what one of them did, or two of them side by side. */
export const execute: Execute<HistoryOptions> = async (session, options, [runId, other]) => {
  const { terminal } = session;
  await using engine = await openEngine(session, options);
  if (runId !== undefined && other !== undefined) {
    await printComparison(session, engine, options, [runId, other]);
    return 0;
  }
  if (runId !== undefined) {
    await printRun(session, engine, options, runId);
    return 0;
  }
  const records = await engine.history(options.limit);
  if (options.json === true)
    printLines(
      terminal,
      records.map((record) => JSON.stringify(record)),
    );
  else if (records.length === 0) printLines(terminal, ["No runs yet: `headrace run` makes the first."]);
  else printLines(terminal, [...runsTable(records, session), "", terminal.style.quiet(plural(records.length, "run"))]);
  return 0;
};

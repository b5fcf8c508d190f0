import type { NodeResult, PlanStep } from "../../../shared/run/index.ts";
import type { Engine, Project, RowDifference } from "../../engine/index.ts";
import { compareResults, type ResultDifference } from "../diff/compare-results.ts";
import { resultsOfRuns } from "../diff/former-results.ts";
import { openEngine } from "../open-project.ts";
import { planOptions } from "../selection.ts";
import type { Execute, ProjectOptions } from "../session.ts";
import { printLines } from "../terminal.ts";
import { formatCount, visible } from "../text/format.ts";
import type { Style } from "../text/style.ts";
import { renderTable, type TableCell } from "../text/table.ts";

interface DiffOptions extends ProjectOptions {
  readonly from?: string;
  readonly to?: string;
  readonly all?: boolean;
}

interface NodeDifference extends ResultDifference {
  /** Rows added, removed and changed; `null` when they were not compared. */
  readonly rows: RowDifference | null;
  /** What has changed since the last run; empty when the node is up to date. */
  readonly pending: readonly string[];
}

const columns = [
  { title: "node" },
  { title: "result" },
  { title: "rows", align: "right" },
  { title: "±", align: "right" },
  { title: "columns", shrink: true },
  { title: "changed since", shrink: true },
] as const;

const pendingOf = (step: PlanStep): readonly string[] =>
  step.action === "cached" || step.action === "skip" ? [] : step.reasons.map(({ text }) => text);

function columnText({ columnsAdded, columnsRemoved, typesChanged }: ResultDifference): string {
  return [
    ...columnsAdded.map(({ name, type }) => `+${name} ${type}`),
    ...columnsRemoved.map(({ name }) => `−${name}`),
    ...typesChanged.map(({ name, before, after }) => `${name} ${before} → ${after}`),
  ].join(", ");
}

function rowChange({ rows, rowsBefore, rowsAfter }: NodeDifference): string {
  if (rows !== null) {
    const counts = [["+", rows.added] as const, ["~", rows.changed ?? 0] as const, ["−", rows.removed] as const];
    return counts.flatMap(([sign, count]) => (count > 0 ? [`${sign}${formatCount(count)}`] : [])).join(" ");
  }
  if (rowsBefore === null || rowsAfter === null || rowsBefore === rowsAfter) return "";
  const difference = rowsAfter - rowsBefore;
  return `${difference > 0 ? "+" : "−"}${formatCount(Math.abs(difference))}`;
}

function cells(difference: NodeDifference, style: Style, verbose: boolean): TableCell[] {
  const { node, state, rowsAfter, pending } = difference;
  const paint = { unchanged: style.quiet, changed: style.warn, new: style.good, gone: style.bad }[state];
  const shown = verbose ? pending : pending.slice(0, 2);
  return [
    { text: node },
    { text: rowsAfter === null && state === "unchanged" ? "none yet" : state, paint },
    { text: rowsAfter === null ? "" : formatCount(rowsAfter) },
    { text: rowChange(difference) },
    { text: visible(columnText(difference)) },
    { text: visible(shown.join(", ")) + (shown.length < pending.length ? ", …" : "") },
  ];
}

/** Compares the rows themselves, by the key of the node's targets where there is one. */
async function rowDifference(
  engine: Engine,
  project: Project,
  before: NodeResult | null | undefined,
  after: NodeResult | null | undefined,
  signal: AbortSignal,
): Promise<RowDifference | null> {
  const hashes = [before?.metadata.output_hash, after?.metadata.output_hash];
  const [former, present] = hashes;
  if (typeof former !== "string" || typeof present !== "string") return null;
  const targets = project.nodes.get(after?.node_id ?? "")?.config.materializations ?? [];
  const keys = targets.find(({ unique_keys }) => unique_keys !== undefined)?.unique_keys ?? [];
  return engine.compareOutputs({ before: former, after: present, keys }, signal);
}

/** `headrace diff`: results of two runs side by side, and what has changed since. */
export const execute: Execute<DiffOptions> = async (session, options, selectors) => {
  const { terminal, signal } = session;
  await using engine = await openEngine(session, options);
  const plan = await engine.plan(planOptions({ ...options, materialize: true }, selectors), signal);
  const { from, to } = await resultsOfRuns(engine, { from: options.from, to: options.to });
  const project = await engine.project();
  const differences: NodeDifference[] = [];
  for (const step of plan.steps.filter(({ action }) => action !== "skip")) {
    const [before, after] = [from, to].map(({ results }) => results.get(step.node) ?? null);
    const compared = compareResults(step.node, before ?? null, after ?? null);
    const rows = compared.state === "changed" ? await rowDifference(engine, project, before, after, signal) : null;
    differences.push({ ...compared, rows, pending: pendingOf(step) });
  }
  if (options.json === true) {
    printLines(
      terminal,
      differences.map((difference) => JSON.stringify(difference)),
    );
    return 0;
  }
  const { style } = terminal;
  const shown = differences.filter(
    ({ state, pending }) => options.all === true || state !== "unchanged" || pending.length > 0,
  );
  const rows = shown.map((difference) => cells(difference, style, options.verbose === true));
  if (rows.length > 0) printLines(terminal, [...renderTable(columns, rows, { style, width: terminal.columns() }), ""]);
  const compared =
    to.runId === null
      ? "No runs yet."
      : `Run ${to.runId} against ${from.runId === null ? "nothing: it is the first" : `run ${from.runId}`}.`;
  const counts = `${shown.length} of ${differences.length} nodes differ.`;
  printLines(terminal, [`${compared} ${rows.length === 0 ? "Nothing differs." : counts}`]);
  return 0;
};

import type { Plan, PlanAction, PlanStep } from "../../../shared/run/index.ts";
import { formatSeconds, visible } from "../text/format.ts";
import type { Style } from "../text/style.ts";
import { renderTable, type TableCell } from "../text/table.ts";

const actions: Readonly<Record<PlanAction, { readonly word: string; readonly paint: keyof Style }>> = {
  run: { word: "run", paint: "strong" },
  check: { word: "run if inputs change", paint: "accent" },
  cached: { word: "up to date", paint: "quiet" },
  materialize: { word: "write targets", paint: "strong" },
  skip: { word: "skip", paint: "quiet" },
};

const columns = [
  { title: "node" },
  { title: "what" },
  { title: "why", shrink: true },
  { title: "expected", align: "right" },
  { title: "targets", shrink: true },
] as const;

function cells(step: PlanStep, style: Style, verbose: boolean): TableCell[] {
  const action = actions[step.action];
  const [first, ...others] = step.reasons.map(({ text }) => visible(text));
  const why = verbose
    ? [first, ...others].join(", ")
    : `${first ?? ""}${others.length > 0 ? ` and ${others.length} more` : ""}`;
  const works = step.action !== "cached" && step.action !== "skip";
  return [
    { text: step.node },
    { text: action.word, paint: style[action.paint] },
    { text: why, paint: works ? undefined : style.quiet },
    { text: works && step.expectedSeconds !== null ? formatSeconds(step.expectedSeconds) : "" },
    { text: works ? step.targets.map((target) => target.split(":").at(-1) ?? target).join(", ") : "" },
  ];
}

/** The plan in one sentence: `3 to run, 2 to check, 17 up to date`. */
function planSentence({ counts, steps }: Plan): string {
  const parts = [
    [counts.run, "to run"],
    [counts.check, "to run if inputs change"],
    [counts.materialize, "to write to targets only"],
    [counts.cached, "up to date"],
    [counts.skip, "left out"],
  ] as const;
  const working = steps.filter(({ action }) => action === "run" || action === "check");
  const known = working.every(({ expectedSeconds }) => expectedSeconds !== null);
  const seconds = working.reduce((sum, { expectedSeconds }) => sum + (expectedSeconds ?? 0), 0);
  const estimate = known && seconds >= 0.1 ? `; about ${formatSeconds(seconds)} of work` : "";
  const said = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return `${said.length === 0 ? "No nodes" : said.join(", ")}${estimate}`;
}

/** The plan as a table: node, what, why, expected time, targets. Only steps that do something unless `all`. */
export function planLines(
  plan: Plan,
  options: { readonly style: Style; readonly width: number | null; readonly all: boolean; readonly verbose: boolean },
): string[] {
  const shown = plan.steps.filter(({ action }) => options.all || (action !== "cached" && action !== "skip"));
  const rows = shown.map((step) => cells(step, options.style, options.verbose));
  const table = shown.length === 0 ? [] : [...renderTable(columns, rows, options), ""];
  return [...table, ...shown.flatMap(detailLines), planSentence(plan)];
}

/** What a node will do, below the table; nothing for nodes whose line says it all. */
const detailLines = ({ node, action, details = [] }: PlanStep): string[] =>
  details.length === 0 || action === "cached" || action === "skip"
    ? []
    : [node, ...details.map((line) => `  ${visible(line)}`), ""];

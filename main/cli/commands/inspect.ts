import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { NodeResult, PlanStep } from "../../../shared/run/index.ts";
import { type Engine, stateRoom } from "../../engine/index.ts";
import { findNode, openEngine } from "../open-project.ts";
import type { Execute, ProjectOptions, Session } from "../session.ts";
import { printLines } from "../terminal.ts";
import { formatSeconds, formatTime, plural, visible } from "../text/format.ts";
import { padRight } from "../text/width.ts";
import { targetText } from "../view/node-line.ts";

const shownRuns = 50;
const shownDefinition = 12;

interface LastRun {
  readonly runId: string;
  readonly result: NodeResult;
}

/** The newest result that says something about the node itself, not that it stayed as it was. */
async function lastRun(engine: Engine, node: string): Promise<LastRun | null> {
  for (const { summary } of await engine.history(shownRuns)) {
    for (const event of (await engine.events(summary.runId)).toReversed()) {
      if (event.type !== "finished" || event.node !== node) continue;
      if (event.result.status !== "CACHED" && event.result.status !== "SKIPPED") {
        return { runId: summary.runId, result: event.result };
      }
    }
  }
  return null;
}

async function nextStep(session: Session, engine: Engine, node: string): Promise<PlanStep | null> {
  const everything = { selectors: [], nodes: [node], types: [], tags: [], excludeTags: [] };
  const plan = await engine.plan({ ...everything, full: false, materialize: true, interval: {} }, session.signal);
  return plan.steps.find((step) => step.node === node) ?? null;
}

function definition(node: PipelineNode, root: string, verbose: boolean): string[] {
  const text =
    node.body?.language === "sql"
      ? node.body.text
      : node.body?.language === "python"
        ? `${node.body.file}:${node.body.function}`
        : readFileSync(join(root, node.location.file), "utf8").trimEnd();
  const lines = text.split("\n").map((line) => visible(line.trimEnd()));
  if (verbose || lines.length <= shownDefinition) return lines;
  return [...lines.slice(0, shownDefinition), `… ${plural(lines.length - shownDefinition, "more line")} (--verbose)`];
}

function runLines({ runId, result }: LastRun): string[] {
  const rows = result.output_path === null ? "" : `, ${plural(result.row_count, "row")}`;
  return [
    `${result.status.toLowerCase()}${rows} in ${formatSeconds(result.duration_seconds)}, ${formatTime(result.created_at)}, run ${runId}`,
    ...(result.error === null ? [] : [visible(`${result.error.code}: ${result.error.message}`)]),
    ...result.metadata.targets.map(targetText),
  ];
}

/** `headrace inspect NODE`: definition, inputs, dependents, columns, last run, targets and files. */
export const execute: Execute<ProjectOptions> = async (session, options, [wanted = ""]) => {
  const { terminal } = session;
  await using engine = await openEngine(session, options);
  const project = await engine.project();
  const node = findNode(project, wanted);
  const dependents = [...project.nodes.values()].filter(({ inputs }) => inputs.includes(node.id)).map(({ id }) => id);
  const last = await lastRun(engine, node.id);
  const { loadState } = await stateRoom();
  const fingerprint = loadState(join(project.root, "target")).nodes[node.id]?.fingerprint ?? null;
  const schema = (await engine.schemas(session.signal)).nodes.get(node.id) ?? null;
  const errors = project.problems.filter((problem) => problem.severity === "error");
  const next = errors.length > 0 ? null : await nextStep(session, engine, node.id);

  if (options.json === true) {
    terminal.write(
      `${JSON.stringify({ node, dependents, columns: schema?.columns ?? null, last_run: last, next, fingerprint })}\n`,
    );
    return 0;
  }
  const { style } = terminal;
  const { config } = node;
  const columns = schema?.columns ?? last?.result.metadata.columns ?? [];
  const nameWidth = Math.max(0, ...columns.map(({ name }) => visible(name).length));
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ["", [style.strong(node.id), ...(config.description === undefined ? [] : [visible(config.description)])]],
    [
      "defined in",
      [`${node.location.file}:${node.location.line}`, ...node.files.filter((file) => file !== node.location.file)],
    ],
    ["owner", config.owner === undefined ? [] : [visible(config.owner)]],
    ["tags", config.tags.length === 0 ? [] : [config.tags.join(", ")]],
    ["reads", node.inputs],
    ["read by", dependents],
    ["definition", definition(node, project.root, options.verbose === true)],
    ["columns", columns.map(({ name, type }) => `${padRight(visible(name), nameWidth)}  ${style.quiet(type)}`)],
    ["problem", schema?.problem ? [visible(schema.problem.problem.message), visible(schema.problem.problem.next)] : []],
    ["targets", next?.targets ?? []],
    ["last run", last === null ? ["never"] : runLines(last)],
    ["output", last?.result.output_path == null ? [] : [last.result.output_path]],
    ["next run", next === null ? [] : [`${next.action}: ${next.reasons.map(({ text }) => visible(text)).join(", ")}`]],
    ["fingerprint", fingerprint === null ? [] : [fingerprint]],
  ];
  const filled = sections.filter(([, lines]) => lines.length > 0);
  printLines(
    terminal,
    filled.flatMap(([title, lines]) =>
      lines.map((line, at) => (title === "" ? line : `${style.quiet(padRight(at === 0 ? title : "", 12))} ${line}`)),
    ),
  );
  return 0;
};

import type { NodeResult, NodeStatus, PlanStep, RunEvent } from "../../../shared/run/index.ts";
import { printLines, type Terminal } from "../terminal.ts";
import { visible } from "../text/format.ts";
import { padRight, textWidth } from "../text/width.ts";
import { longestWord, nodeLine, statusLooks } from "./node-line.ts";
import type { RunView } from "./run-view.ts";

type LogEvent = Extract<RunEvent, { readonly type: "log" }>;

const widestName = 48;

/** What plain lines and the live view share: the plan's reasons, the names' width, and which lines are worth printing. */
export interface NodeLines {
  plan(steps: readonly PlanStep[]): void;
  step(node: string): PlanStep | undefined;
  finished(result: NodeResult): string[];
  /** A node that left no result: it was up to date, or was not reached. */
  other(node: string, status: NodeStatus, reasons: readonly string[]): string;
  log(event: LogEvent): string[];
}

export function nodeLines(
  terminal: Terminal,
  options: { readonly words: boolean; readonly verbose: boolean },
): NodeLines {
  let steps: ReadonlyMap<string, PlanStep> = new Map();
  let nameWidth = 0;
  const { style } = terminal;

  return {
    plan(planned) {
      steps = new Map(planned.map((step) => [step.node, step]));
      const shown = planned.filter(({ action }) => action !== "skip");
      nameWidth = shown.reduce((widest, { node }) => Math.max(widest, Math.min(widestName, textWidth(node))), 0);
    },
    step: (node) => steps.get(node),
    finished(result) {
      const warnings = result.metadata.warnings.map((text) => `  ${style.warn("warning")} ${visible(text)}`);
      return [nodeLine(result, steps.get(result.node_id), { style, nameWidth, ...options }), ...warnings];
    },
    other(node, status, reasons) {
      const { glyph, word, paint } = statusLooks[status];
      const mark = options.words ? padRight(word, longestWord) : glyph;
      const line = [style[paint](mark), padRight(node, nameWidth), " ".repeat(14), " ".repeat(8)];
      return [...line, style.quiet(visible(reasons.join(", ")))].join("  ").trimEnd();
    },
    log({ node, level, stream, text }) {
      const important = stream === "log" && (level === "warning" || level === "error");
      if (!options.verbose && !important) return [];
      const about = style.quiet(`${node ?? "run"} ${stream === "log" ? level : stream} │`);
      return text.split(/\r?\n/).map((line) => `  ${about} ${visible(line)}`);
    },
  };
}

/** One line a node, for pipes, files and CI. */
export function lineView(terminal: Terminal, options: { readonly verbose: boolean }): RunView {
  const lines = nodeLines(terminal, { words: true, verbose: options.verbose });
  let waiting: string[] = [];
  let scheduled = false;
  const flush = (): void => {
    printLines(terminal, waiting);
    waiting = [];
    scheduled = false;
  };
  // A thousand cached nodes finish in one turn of the loop: they are one write, not a thousand.
  const print = (texts: readonly string[]): void => {
    waiting.push(...texts);
    if (!scheduled) setImmediate(flush);
    scheduled = true;
  };

  return {
    event(event) {
      if (event.type === "planned") lines.plan(event.plan.steps);
      if (event.type === "finished") print(lines.finished(event.result));
      if (event.type === "log") print(lines.log(event));
    },
    notice: (text) => print([text]),
    [Symbol.dispose]: flush,
  };
}

/** Only what went wrong: the run command prints failures and the last sentence. */
export const quietView = (terminal: Terminal): RunView => ({
  event() {},
  notice: (text) => terminal.writeError(`${text}\n`),
  [Symbol.dispose]() {},
});

/** The event stream as it is, one JSON object a line. */
export const jsonView = (terminal: Terminal): RunView => ({
  event: (event) => terminal.write(`${JSON.stringify(event)}\n`),
  notice: (text) => terminal.writeError(`${text}\n`),
  [Symbol.dispose]() {},
});

import type { NodeStatus, PlanStep, RunEvent } from "../../../shared/run/index.ts";
import type { Terminal } from "../terminal.ts";
import { formatElapsed, plural, visible } from "../text/format.ts";
import { padRight } from "../text/width.ts";
import { nodeLines } from "./line-view.ts";
import { type LiveLine, liveRegion } from "./live-region.ts";
import type { RunView } from "./run-view.ts";

interface RunningNode {
  readonly since: number;
  readonly attempt: number;
  phase: string;
  rows: number | null;
  fraction: number | null;
}

const spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] as const;
const barWidth = 24;

/** `████████░░░░`, for a fraction from 0 to 1. */
function bar(fraction: number, width = barWidth): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return "█".repeat(filled) + "░".repeat(width - filled);
}

/** The part of a running node that is known to be done; a guess from last time never reaches the end. */
function fractionOf(node: RunningNode, step: PlanStep | undefined, now: number): number | null {
  if (node.fraction !== null) return node.fraction;
  const expected = step?.expectedSeconds ?? null;
  if (expected === null || expected < 1) return null;
  return Math.min(0.95, (now - node.since) / 1000 / expected);
}

function runningText(name: string, node: RunningNode, step: PlanStep | undefined, now: number): string {
  const fraction = fractionOf(node, step, now);
  const parts = [
    spinner[Math.floor(now / 100) % spinner.length] ?? "",
    name,
    fraction === null ? "" : bar(fraction, 10),
    formatElapsed((now - node.since) / 1000),
    node.rows === null ? "" : plural(node.rows, "row"),
    visible(node.phase),
    node.attempt > 1 ? `try ${node.attempt}` : "",
  ];
  return parts.filter((part) => part !== "").join("  ");
}

/** Live progress: a line for each running node and one for the whole, below the nodes that are done. */
export function progressView(
  terminal: Terminal,
  options: { readonly verbose: boolean; readonly now?: () => number },
): RunView {
  const now = options.now ?? (() => performance.now());
  const lines = nodeLines(terminal, { words: false, verbose: options.verbose });
  const running = new Map<string, RunningNode>();
  const done: Partial<Record<NodeStatus, number>> = {};
  const start = now();
  let total = 0;
  let finished = 0;
  let stopping: string | null = null;

  const overall = (): LiveLine => {
    const failed = done.FAILED ?? 0;
    const waiting = Math.max(0, total - finished - running.size);
    const counts = [
      `${finished}/${total}`,
      `${running.size} running`,
      `${waiting} waiting`,
      ...(failed > 0 ? [`${failed} failed`] : []),
      formatElapsed((now() - start) / 1000),
      ...(stopping === null ? [] : [stopping]),
    ];
    const text = `${bar(total === 0 ? 0 : finished / total)}  ${counts.join("  ")}`;
    return { text, paint: failed > 0 ? terminal.style.bad : terminal.style.strong };
  };

  const draw = (rows: number): LiveLine[] => {
    const time = now();
    const width = Math.min(48, Math.max(0, ...[...running.keys()].map((name) => name.length)));
    const all = [...running].map(([name, node]): LiveLine => {
      return { text: runningText(padRight(name, width), node, lines.step(name), time), paint: terminal.style.accent };
    });
    if (all.length + 1 <= rows) return [...all, overall()];
    const shown = all.slice(0, Math.max(0, rows - 2));
    const more: LiveLine[] = rows < 2 ? [] : [{ text: `… ${all.length - shown.length} more running` }];
    return [...shown, ...more, overall()];
  };

  const region = liveRegion(terminal, draw);

  return {
    event(event: RunEvent) {
      switch (event.type) {
        case "planned":
          lines.plan(event.plan.steps);
          total = event.plan.steps.filter(({ action }) => action !== "skip").length;
          break;
        case "started":
          running.set(event.node, { since: now(), attempt: event.attempt, phase: "", rows: null, fraction: null });
          break;
        case "progress": {
          const node = running.get(event.node);
          if (node !== undefined)
            Object.assign(node, { phase: event.phase, rows: event.rows, fraction: event.fraction });
          break;
        }
        case "log": {
          const text = lines.log(event);
          if (text.length > 0) region.above(text);
          break;
        }
        case "finished": {
          const { status } = event.result;
          running.delete(event.node);
          done[status] = (done[status] ?? 0) + 1;
          if (lines.step(event.node)?.action !== "skip") finished += 1;
          const uneventful = status === "CACHED" || status === "SKIPPED";
          if (!uneventful || options.verbose) region.above(lines.finished(event.result));
          break;
        }
        case "run_finished":
          break;
      }
    },
    notice(text) {
      stopping = text;
      region.refresh();
    },
    [Symbol.dispose]: () => region[Symbol.dispose](),
  };
}

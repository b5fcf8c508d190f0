import type { NodeResult, NodeStatus, PlanStep, TargetResult } from "../../../shared/run/index.ts";
import { formatCount, formatSeconds, plural, visible } from "../text/format.ts";
import type { Style } from "../text/style.ts";
import { padLeft, padRight } from "../text/width.ts";

interface StatusLook {
  readonly glyph: string;
  readonly word: string;
  readonly paint: keyof Style;
}

/** How each status looks: a glyph for people at a terminal, a word in a pipe. */
export const statusLooks: Readonly<Record<NodeStatus, StatusLook>> = {
  PENDING: { glyph: "·", word: "pending", paint: "quiet" },
  RUNNING: { glyph: "▸", word: "running", paint: "accent" },
  SUCCESS: { glyph: "✓", word: "ok", paint: "good" },
  WARNING: { glyph: "!", word: "warning", paint: "warn" },
  FAILED: { glyph: "✗", word: "failed", paint: "bad" },
  CACHED: { glyph: "↯", word: "cached", paint: "quiet" },
  SKIPPED: { glyph: "–", word: "skipped", paint: "quiet" },
  CANCELLED: { glyph: "■", word: "cancelled", paint: "warn" },
};

/** Cells that a status word needs at most. */
export const longestWord = 9;

/** `→ analytics.orders +120 ~3`: only the counts that the target's mode knows and that are not zero. */
export function targetText(target: TargetResult): string {
  const name = target.target.split(":").at(-1) ?? target.target;
  if (target.status === "FAILED") return `→ ${name} failed (${target.error?.code ?? "unknown"})`;
  if (target.status === "CANCELLED") return `→ ${name} cancelled`;
  if (target.status === "UNCHANGED") return `→ ${name} unchanged`;
  const counts = [
    ["+", target.inserted],
    ["~", target.updated],
    ["−", target.deleted],
  ] as const;
  const changes = counts.flatMap(([sign, count]) => ((count ?? 0) > 0 ? [`${sign}${formatCount(count ?? 0)}`] : []));
  const written = changes.length > 0 ? changes : [target.rows === null ? "written" : plural(target.rows, "row")];
  return `→ ${name} ${written.join(" ")}`;
}

/** Why a node ran or did not, in few words; `all` gives every reason. */
function reasonText(result: NodeResult, step: PlanStep | undefined, all: boolean): string {
  if (result.status === "FAILED" || result.status === "CANCELLED") {
    const { error } = result;
    return error === null || error.code === "cancelled" ? "" : visible(`${error.code}: ${error.message}`);
  }
  if (result.status === "CACHED" && step?.action === "check") return "inputs came out the same";
  const reasons = step?.reasons.map(({ text }) => text) ?? [];
  if (result.status === "SKIPPED" && result.error_message !== null) return visible(result.error_message);
  const [first = ""] = reasons;
  if (all || reasons.length <= 1) return reasons.join(", ");
  return `${first} and ${reasons.length - 1} more`;
}

/** A finished node in one line: status, name, rows, time, reason and targets. */
export function nodeLine(
  result: NodeResult,
  step: PlanStep | undefined,
  options: {
    readonly style: Style;
    readonly words: boolean;
    readonly nameWidth: number;
    readonly verbose: boolean;
  },
): string {
  const { style, words, nameWidth, verbose } = options;
  const look = statusLooks[result.status];
  const ran = result.status === "SUCCESS" || result.status === "WARNING" || result.status === "FAILED";
  const rows = result.output_path === null || result.status === "FAILED" ? "" : plural(result.row_count, "row");
  const targets = result.metadata.targets.map(targetText);
  return [
    style[look.paint](words ? padRight(look.word, longestWord) : look.glyph),
    padRight(result.node_id, nameWidth),
    padLeft(rows, 14),
    padLeft(ran ? formatSeconds(result.duration_seconds) : "", 8),
    style.quiet([reasonText(result, step, verbose), ...targets].filter((part) => part !== "").join(" ")),
  ]
    .join("  ")
    .trimEnd();
}

import type { GraphNode } from "../store/graph-node.ts";
import { nodeName } from "../store/graph-node.ts";
import type { NodeState, NodeStateView } from "../store/node-state.ts";
import type { LiveNode } from "../store/run-store.ts";
import { text } from "../text/text.ts";
import { shortCount, shortSeconds } from "../ui/numbers.ts";
import { fitThirdLine, withoutTagName } from "./third-line.ts";
import type { PlanStep } from "../../shared/run/index.ts";

/** A small mark in a card's corner. */
export interface CardChip {
  readonly kind: "stale" | "target" | "tag" | "pinned" | "disabled";
  /** What is written in it; empty for an icon alone. */
  readonly label: string;
  /** What it means, in full. */
  readonly title: string;
}

/** What a card says, the same on the canvas layer as in an element. */
export interface CardContent {
  readonly kind: string;
  readonly name: string;
  /** What it does, or why it cannot. */
  readonly line: string;
  readonly isLineBad: boolean;
  readonly facts: string;
  readonly chips: readonly CardChip[];
  readonly state: NodeState;
}

/** `now` in milliseconds: a running card says since when it runs. */
export const cardContent = (
  node: GraphNode,
  { state, why }: NodeStateView,
  step: PlanStep | null,
  live: LiveNode | null,
  now: number,
): CardContent => {
  const isBad = state === "invalid" || state === "failed";
  const isRunning = live?.phase === "running";
  const facts = isRunning ? runningFacts(live, now) : restingFacts(node);
  const chips = node.type === "node" ? chipsOf(node.view, state, step) : [];
  // While it runs its facts change: what stands beside them should not come and go.
  const third = fitThirdLine(facts, isRunning ? chips.map(withoutTagName) : chips, isRunning ? live.doing : null);
  const says = node.type === "node" ? node.view.summary : "";
  return {
    kind: node.type === "node" ? node.view.kind : "broken",
    name: nodeName(node),
    line: (isBad || state === "input-missing") && why !== "" ? why : says,
    isLineBad: isBad,
    ...third,
    state,
  };
};

const known = (parts: readonly (string | null)[]): readonly string[] => parts.filter((part) => part !== null);

const runningFacts = ({ startedAt, rows }: LiveNode, now: number): readonly string[] => {
  const seconds = startedAt === null ? 0 : Math.max(0, (now - Date.parse(startedAt)) / 1000);
  return known([
    shortSeconds(seconds < 1 ? 0 : Math.floor(seconds)),
    rows === null ? null : text.card.rows(shortCount(rows)),
  ]);
};

const restingFacts = (node: GraphNode): readonly string[] => {
  if (node.type === "broken") return [];
  const { columnCount, lastRun } = node.view;
  if (lastRun === null) return [text.card.notRun];
  return known([
    columnCount === null ? null : text.card.columns(columnCount),
    lastRun.hasOutput ? text.card.rows(shortCount(lastRun.rows)) : null,
    shortSeconds(lastRun.seconds),
  ]);
};

type NodeOf = Extract<GraphNode, { readonly type: "node" }>["view"];

const chipsOf = ({ enabled, pinned, targets, tags }: NodeOf, state: NodeState, step: PlanStep | null): CardChip[] => {
  const chips: CardChip[] = [];
  const [reason] = step?.reasons ?? [];
  const stale = reason === undefined ? null : (text.card.reasons[reason.kind] ?? null);
  if (state === "stale" && stale !== null) chips.push({ kind: "stale", label: stale, title: reason?.text ?? stale });
  if (!enabled) chips.push({ kind: "disabled", label: "", title: text.state.disabled });
  if (pinned) chips.push({ kind: "pinned", label: "", title: text.card.pinned });
  const [tag] = tags;
  if (tag !== undefined) chips.push({ kind: "tag", label: tagLabel(tag, tags.length), title: tags.join(", ") });
  if (targets.length > 0) chips.push({ kind: "target", label: String(targets.length), title: targets.join("\n") });
  return chips;
};

const longestTag = 9;

const tagLabel = (tag: string, count: number): string => {
  const short = tag.length > longestTag ? `${tag.slice(0, longestTag - 1)}…` : tag;
  return count > 1 ? `${short} +${count - 1}` : short;
};

import { graph } from "../../store/graph-store.ts";
import { type NodeState, nodeState } from "../../store/node-state.ts";
import { runs } from "../../store/run-store.ts";
import { groupText } from "../../text/canvas-text.ts";
import { text } from "../../text/text.ts";

/** How the cards of a group stand, for the box that hides them. */
export interface GroupStanding {
  /** The worst state among them. */
  readonly state: NodeState;
  /** How many want attention and why: `1 failed, 3 stale`; the state itself when none does. */
  readonly words: string;
}

/** The worst first. What is going on is told before what only waits. */
const worstFirst: readonly NodeState[] = [
  "failed",
  "invalid",
  "input-missing",
  "running",
  "building",
  "queued",
  "warning",
  "cancelled",
  "unconfigured",
  "stale",
  "skipped",
  "ok",
  "cached",
  "disabled",
];
const told: ReadonlySet<NodeState> = new Set(worstFirst.slice(0, worstFirst.indexOf("stale") + 1));

const stateOf = (id: string): NodeState | null => {
  const slot = graph.slotOf(id);
  const node = graph.nodeAt(slot);
  if (node === null) return null;
  return nodeState(node, runs.step(id), runs.live(id), graph.inputsOf(slot).includes(-1)).state;
};

/** How nodes in these states stand together. */
export const standingOf = (states: readonly NodeState[]): GroupStanding => {
  const counts = Map.groupBy(states, (state) => state);
  const state = worstFirst.find((candidate) => counts.has(candidate)) ?? "ok";
  const parts = worstFirst.flatMap((candidate) => {
    const n = counts.get(candidate)?.length ?? 0;
    return n > 0 && told.has(candidate) ? [groupText.inState(n, text.state[candidate].toLowerCase())] : [];
  });
  return { state, words: parts.length === 0 ? text.state[state] : parts.join(", ") };
};

let nodesWoken = 0;
runs.onEachNode(() => {
  nodesWoken++;
});

interface Known {
  readonly woken: number;
  readonly structure: number;
  readonly standing: GroupStanding;
}
/** By the list of members, which stays the same while the group does: a frame of the canvas costs nothing. */
const known = new WeakMap<readonly string[], Known>();

/** How these nodes stand now, a run under way included. */
export const groupStanding = (members: readonly string[]): GroupStanding => {
  const { structureVersion: structure } = graph;
  const before = known.get(members);
  if (before?.woken === nodesWoken && before.structure === structure) return before.standing;
  const standing = standingOf(members.flatMap((id) => stateOf(id) ?? []));
  known.set(members, { woken: nodesWoken, structure, standing });
  return standing;
};

/** Calls the listener once whenever groups may stand differently. */
export const onStandings = (listener: () => void): (() => void) => {
  const stops = [runs.on("run", listener), runs.on("plan", listener), graph.on("structure", listener)];
  return () => stops.forEach((stop) => stop());
};

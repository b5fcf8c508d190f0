import { useCallback, useSyncExternalStore } from "react";

import { graph, type GraphNode } from "./graph-store.ts";
import { nodeState, type NodeStateView } from "./node-state.ts";
import { type LiveNode, type RunChannel, runs } from "./run-store.ts";

/** A node, again whenever it changes; `null` when there is none of that id. */
export const useNode = (id: string): GraphNode | null => {
  const subscribe = useCallback(
    (wake: () => void) => {
      const stops = [graph.on(graph.slotOf(id), wake), graph.on("structure", wake)];
      return () => stops.forEach((stop) => stop());
    },
    [id],
  );
  return useSyncExternalStore(subscribe, () => graph.get(id));
};

/** Ids of the selected nodes. */
export const useSelection = (): ReadonlySet<string> =>
  useSyncExternalStore(
    (wake) => graph.on("selection", wake),
    () => graph.selection,
  );

/** Whether a node is selected. */
export const useIsSelected = (id: string): boolean =>
  useSyncExternalStore(
    useCallback((wake) => graph.on(graph.slotOf(id), wake), [id]),
    () => graph.selection.has(id),
  );

/** The one selected node's id; `null` with none or several. */
export const useSelectedId = (): string | null => {
  const selection = useSelection();
  const [id = null] = selection;
  return selection.size === 1 ? id : null;
};

/** Ids of all nodes; a new array with every change of nodes or edges. */
export const useNodeIds = (): readonly string[] =>
  useSyncExternalStore(
    (wake) => graph.on("structure", wake),
    () => graph.ids(),
  );

/** What the run under way, or the last one, says of a node. */
export const useLive = (id: string): LiveNode | null =>
  useSyncExternalStore(
    useCallback((wake) => runs.onNode(id, wake), [id]),
    () => runs.live(id),
  );

/** Reads something of the run store, again whenever the channel tells. `read` has to give the same object for the same state. */
export const useRuns = <T>(channel: RunChannel, read: () => T): T =>
  useSyncExternalStore(
    useCallback((wake) => runs.on(channel, wake), [channel]),
    read,
  );

/** How a node stands: its glyph and why. */
export const useNodeState = (id: string): NodeStateView => {
  const node = useNode(id);
  const live = useLive(id);
  const step = useSyncExternalStore(
    useCallback((wake) => runs.onNode(id, wake), [id]),
    () => runs.step(id),
  );
  if (node === null) return { state: "skipped", why: "" };
  return nodeState(node, step, live, graph.inputsOf(graph.slotOf(id)).includes(-1));
};

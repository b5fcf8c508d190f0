import { graph, type Position } from "../store/graph-store.ts";
import { layoutSpacing } from "../store/layout-spacing.ts";
import { layeredLayout, type LayoutInput } from "./layered-layout.ts";

type Places = ReadonlyMap<string, Position>;

/** What the layout needs to know of these cards: edges to others do not count. */
const inputOf = (ids: readonly string[]): LayoutInput => {
  const at = new Map(ids.map((id, index) => [id, index]));
  const inputs = ids.map((id) =>
    graph.inputsOf(graph.slotOf(id)).flatMap((slot) => at.get(graph.nodeAt(slot)?.id ?? "") ?? []),
  );
  return { ids, inputs };
};

/** New places for cards, found in a worker; a part of the graph stays around where it was. */
export const layOut = async (ids: readonly string[]): Promise<Places> => {
  const worker = new Worker(new URL("layout-worker.ts", import.meta.url), { type: "module" });
  const input = inputOf(ids);
  try {
    // Where no worker can be started, the window waits for its own thread instead.
    const places = (await answer(worker, input)) ?? layeredLayout(input, layoutSpacing);
    return ids.length === graph.size ? places : moved(places, ids);
  } finally {
    worker.terminate();
  }
};

const answer = (worker: Worker, input: LayoutInput): Promise<Places | null> =>
  new Promise((resolve) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Places>) => resolve(data), { once: true });
    worker.addEventListener("error", () => resolve(null), { once: true });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's takes none
    worker.postMessage({ input, spacing: layoutSpacing });
  });

/** Puts the upper left corner of the new places where the old ones had it. */
const moved = (places: Places, ids: readonly string[]): Places => {
  const before = graph.bounds(ids);
  if (before === null) return places;
  const left = Math.min(...[...places.values()].map(({ x }) => x));
  const top = Math.min(...[...places.values()].map(({ y }) => y));
  return new Map(
    [...places].map(([id, { x, y }]) => [id, { x: x - left + before.left, y: y - top + before.top }] as const),
  );
};

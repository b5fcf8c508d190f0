import type { Command } from "../commands/command.ts";
import { graph } from "../store/graph-store.ts";
import { text } from "../text/text.ts";
import { announce } from "../ui/announcer.tsx";
import { selectEdge } from "./edge-selection.ts";
import { layOut } from "./lay-out.ts";
import { moveSmoothly } from "./move-smoothly.ts";
import { savePositions } from "./save-positions.ts";
import { fit, fitAll, reveal, viewport, zoomBy } from "./viewport.ts";
import { type Direction, walk } from "./walk.ts";

const { commands: words } = text;

/** Lays out the selected cards, or all of them when fewer than two are selected. */
const tidy = async (): Promise<void> => {
  const isPart = graph.selection.size > 1;
  const ids = isPart ? [...graph.selection] : graph.ids();
  if (ids.length === 0) return;
  const places = await layOut(ids);
  const arrived = moveSmoothly(places);
  if (!isPart) fitAll();
  await arrived;
  if (!isPart) fitAll();
  announce(text.canvas.tidied(ids.length));
  await savePositions(ids, words.tidy, null);
};

const clear = (): void => {
  graph.select([]);
  selectEdge(null);
};

const arrow = (keys: string, direction: Direction): Command => ({
  id: `canvas.walk-${direction}`,
  title: text.canvas.walk[direction],
  keys: [keys],
  where: "canvas",
  run: () => walk(direction),
});

const nudge = 16;

const move = (keys: string, dx: number, dy: number, id: string): Command => ({
  id: `canvas.move-${id}`,
  title: text.canvas.moveBy[id as "left"],
  keys: [keys],
  where: "canvas",
  isEnabled: () => graph.selection.size > 0,
  run() {
    const ids = [...graph.selection];
    graph.moveAll(
      ids.flatMap((node) => {
        const position = graph.positionOf(node);
        return position === null ? [] : [[node, { x: position.x + dx, y: position.y + dy }] as const];
      }),
    );
    const [last] = ids.slice(-1);
    if (last !== undefined) reveal(last);
    return savePositions(ids, text.canvas.moved(ids.length), `nudge:${ids.join()}`);
  },
});

/** Looking around, selecting and moving. */
export const canvasCommands: readonly Command[] = [
  { id: "canvas.fit", title: words.fitAll, keys: ["1"], where: "canvas", run: fitAll },
  {
    id: "canvas.fit-selection",
    title: words.fitSelection,
    keys: ["2"],
    where: "canvas",
    isEnabled: () => graph.selection.size > 0,
    run: () => fit(graph.bounds(graph.selection)),
  },
  { id: "canvas.zoom-in", title: words.zoomIn, keys: ["Mod+=", "Mod++"], where: "anywhere", run: () => zoomBy(1.25) },
  { id: "canvas.zoom-out", title: words.zoomOut, keys: ["Mod+-"], where: "anywhere", run: () => zoomBy(0.8) },
  {
    id: "canvas.actual-size",
    title: words.actualSize,
    keys: ["Mod+0"],
    where: "anywhere",
    run: () => zoomBy(1 / viewport.getState().zoom),
  },
  {
    id: "canvas.select-all",
    title: words.selectAll,
    keys: ["Mod+A"],
    where: "canvas",
    run: () => graph.select([...graph.nodes()].map(({ id }) => id)),
  },
  { id: "canvas.clear", title: words.clearSelection, keys: ["Escape"], where: "canvas", run: clear },
  { id: "canvas.tidy", title: words.tidy, keys: ["Shift+A"], where: "canvas", run: tidy },
  arrow("ArrowLeft", "upstream"),
  arrow("ArrowRight", "downstream"),
  arrow("ArrowUp", "previous"),
  arrow("ArrowDown", "next"),
  move("Alt+ArrowLeft", -nudge, 0, "left"),
  move("Alt+ArrowRight", nudge, 0, "right"),
  move("Alt+ArrowUp", 0, -nudge, "up"),
  move("Alt+ArrowDown", 0, nudge, "down"),
];

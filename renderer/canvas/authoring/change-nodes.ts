import type { EditCommand } from "../../../shared/api/index.ts";
import { graph, type GraphNode } from "../../store/graph-store.ts";
import { text } from "../../text/text.ts";
import { announce } from "../../ui/announcer.tsx";
import { selectedEdge } from "../edge-selection.ts";
import { focusCanvas } from "./add-node.ts";
import { applyEdit } from "./apply-edit.ts";
import { disconnectNodes } from "./connect.ts";
import { namesOf } from "./names.ts";

const words = text.author;

type KnownNode = Extract<GraphNode, { readonly type: "node" }>;

/** The selected nodes that could be read; a broken file is changed in its text. */
export const selectedNodes = (): readonly KnownNode[] =>
  [...graph.selection].flatMap((id) => {
    const node = graph.get(id);
    return node?.type === "node" ? [node] : [];
  });

/** Deletes the selected wire, or the selected nodes: with `heal`, what read them reads what they read. */
export const removeSelection = async (heal: boolean): Promise<void> => {
  const edge = selectedEdge();
  if (edge !== null) return disconnectNodes(edge.from, edge.to);
  // A broken file's node among them: the edit is refused whole, with the place to mend.
  const ids = [...graph.selection];
  if (ids.length === 0) return undefined;
  const names = namesOf(ids);
  const next = neighbour(ids);
  const done = await applyEdit(words.removeLabel(ids.length), [{ type: "remove", nodes: [...ids], heal }]);
  if (done === null) return undefined;
  announce(words.removed(names));
  if (next !== null) graph.select([next]);
  focusCanvas();
  return undefined;
};

/** What the keys go on with once these are gone: an input, else a reader. */
const neighbour = (ids: readonly string[]): string | null => {
  const going = new Set(ids);
  const [first] = ids;
  const node = first === undefined ? null : graph.get(first);
  if (node?.type !== "node") return null;
  const around = [...node.view.inputs, ...graph.readersOf(node.id)];
  return around.find((id) => !going.has(id) && graph.slotOf(id) >= 0) ?? null;
};

const toggle = async (
  isOn: (node: KnownNode) => boolean,
  command: (id: string, turnOn: boolean) => EditCommand,
  say: (turnedOn: boolean, n: number) => string,
): Promise<void> => {
  const nodes = selectedNodes();
  if (nodes.length === 0) return;
  // Several at once become alike: on, unless all are on.
  const turnOn = !nodes.every(isOn);
  const changing = nodes.filter((node) => isOn(node) !== turnOn);
  const label = say(turnOn, changing.length);
  const done = await applyEdit(
    label,
    changing.map(({ id }) => command(id, turnOn)),
  );
  if (done !== null) announce(label);
};

/** Leaves the selected nodes out of runs, or takes them in again. */
export const toggleEnabled = (): Promise<void> =>
  toggle(
    ({ view }) => !view.enabled,
    (node, off) =>
      off ? { type: "set", node, path: ["enabled"], value: false } : { type: "unset", node, path: ["enabled"] },
    (off, n) => (off ? words.disabled(n) : words.enabled(n)),
  );

/** Keeps the selected nodes' outputs, or lets them be rebuilt again. */
export const togglePinned = (): Promise<void> =>
  toggle(
    ({ view }) => view.pinned,
    (node, on) =>
      on ? { type: "set", node, path: ["pinned"], value: true } : { type: "unset", node, path: ["pinned"] },
    (on, n) => (on ? words.pinned(n) : words.unpinned(n)),
  );

import { cardHeight, cardWidth, type GraphStore, nodeName } from "../store/graph-store.ts";
import { nodeState, type NodeState } from "../store/node-state.ts";
import { runs } from "../store/run-store.ts";
import type { Rectangle } from "../store/spatial-grid.ts";

/** Tokens that are drawn with; a canvas does not know custom properties. */
export const colourNames = [
  "ground",
  "grid-dot",
  "edge",
  "edge-active",
  "raised",
  "ink",
  "line-strong",
  "accent",
  "good",
  "warn",
  "bad",
  "busy",
  "quiet",
  "kind-source",
  "kind-transform",
  "kind-feature_group",
  "kind-aggregation",
  "kind-second_order_aggregation",
  "kind-model",
  "kind-predict",
  "kind-rule",
  "kind-exposure",
  "kind-broken",
] as const;
export type Colours = Readonly<Record<(typeof colourNames)[number], string>>;

const stateColour: Readonly<Record<NodeState, keyof Colours>> = {
  unconfigured: "quiet",
  "input-missing": "warn",
  invalid: "bad",
  stale: "quiet",
  queued: "quiet",
  running: "busy",
  building: "busy",
  cached: "good",
  ok: "good",
  warning: "warn",
  failed: "bad",
  cancelled: "quiet",
  skipped: "quiet",
  disabled: "quiet",
};

/** Below this zoom a name would be dust. */
const smallestNamed = 0.14;
/** Names keep this size in pixels where the card has room for it. */
const namePixels = 11;
const isStyled = (name: string, colours: Colours): name is keyof Colours => name in colours;

/** Cards as shapes: kind, name and state, at a size that can still be read. Expects canvas units. */
export const drawFarCards = (
  context: CanvasRenderingContext2D,
  {
    graph,
    view,
    colours,
    isDrawn,
  }: {
    readonly graph: GraphStore;
    readonly view: { readonly zoom: number };
    readonly colours: Colours;
    readonly isDrawn: (id: string) => boolean;
  },
  area: Rectangle,
): void => {
  const isNamed = view.zoom >= smallestNamed;
  const size = Math.min(46, namePixels / view.zoom);
  context.font = `600 ${size}px system-ui, sans-serif`;
  context.textBaseline = "middle";
  for (const slot of graph.cardsIn(area)) {
    const node = graph.nodeAt(slot);
    if (node === null || !isDrawn(node.id)) continue;
    const x = graph.x[slot] ?? 0;
    const y = graph.y[slot] ?? 0;
    const isSelected = graph.selection.has(node.id);
    const isMissing = graph.inputsOf(slot).includes(-1);
    const { state } = nodeState(node, runs.step(node.id), runs.live(node.id), isMissing);
    const kind = `kind-${node.type === "node" ? node.view.kind : "broken"}`;
    context.fillStyle = colours.raised;
    context.fillRect(x, y, cardWidth, cardHeight);
    context.fillStyle = colours[isStyled(kind, colours) ? kind : "kind-exposure"];
    context.fillRect(x, y, 12, cardHeight);
    context.fillStyle = colours[stateColour[state]];
    context.fillRect(x + 12, y + cardHeight - 12, cardWidth - 12, 12);
    context.lineWidth = (isSelected ? 2.5 : 1) / view.zoom;
    context.strokeStyle = colours[isSelected ? "accent" : "line-strong"];
    context.strokeRect(x, y, cardWidth, cardHeight);
    if (!isNamed) continue;
    context.fillStyle = colours.ink;
    context.fillText(shortened(nodeName(node), size), x + 22, y + cardHeight / 2 - 6);
  }
};

/** As much of a name as fits; bold letters are about 0.66 of their size wide. */
const shortened = (name: string, size: number): string => {
  const room = Math.floor((cardWidth - 30) / (size * 0.66));
  return name.length <= room ? name : `${name.slice(0, Math.max(1, room - 1))}…`;
};

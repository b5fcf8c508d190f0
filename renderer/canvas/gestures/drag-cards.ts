import { graph, type Position } from "../../store/graph-store.ts";
import { text } from "../../text/text.ts";
import { type CanvasEdge, canvasHooks, type CanvasPoint } from "../canvas-hooks.ts";
import { hoverEdge } from "../edge-selection.ts";
import { savePositions } from "../save-positions.ts";
import { viewport } from "../viewport.ts";
import { edgeNear } from "./target.ts";

/** What is in the hand, from the first movement until it is put down. */
export interface Drag {
  /** Moves it as far as the hand went since the drag began. */
  readonly to: (at: CanvasPoint) => void;
  /** Puts it down there and writes it; a card over an edge may be inserted in it. */
  readonly drop: () => void;
  /** Puts it back where it belongs. */
  readonly cancel: () => void;
}

/** Takes the selected cards in the hand, at a point. */
export const dragSelection = (start: CanvasPoint): Drag => {
  const ids = [...graph.selection];
  const held = new Set(ids);
  const origins = ids.flatMap((id): readonly (readonly [string, Position])[] => {
    const at = graph.positionOf(id);
    return at === null ? [] : [[id, at]];
  });
  let over: CanvasEdge | null = null;
  graph.lift(ids);
  const end = (): void => {
    graph.lift([]);
    hoverEdge(null);
  };
  return {
    to(at) {
      const [dx, dy] = [at.x - start.x, at.y - start.y];
      graph.moveAll(origins.map(([id, { x, y }]) => [id, { x: x + dx, y: y + dy }] as const));
      over = edgeUnder(at, held, ids);
      hoverEdge(over);
    },
    drop() {
      end();
      const moved = origins.flatMap(([id, from]) => (isAt(id, from) ? [] : [id]));
      if (moved.length > 0) void savePositions(moved, text.canvas.moved(moved.length), null);
      if (over !== null) canvasHooks().onDropOnEdge(ids, over);
    },
    cancel() {
      graph.moveAll(origins.map(([id, from]) => [id, graph.awaited.get(id) ?? from] as const));
      end();
    },
  };
};

/** Whether the card is there, or nowhere any more. */
const isAt = (id: string, { x, y }: Position): boolean => {
  const now = graph.positionOf(id);
  return now === null || (now.x === x && now.y === y);
};

/** Below this zoom nobody can aim at an edge. */
const smallestAimed = 0.2;

/** The edge that the cards would go into: one that takes the first of them. */
const edgeUnder = (at: CanvasPoint, held: ReadonlySet<string>, ids: readonly string[]): CanvasEdge | null => {
  const [id] = ids;
  const isFar = viewport.getState().zoom < smallestAimed;
  const edge = id === undefined || ids.length > 1 || isFar ? null : edgeNear(at, held);
  if (id === undefined || edge === null) return null;
  const { isValidConnection } = canvasHooks();
  return isValidConnection(edge.from, id) === null && isValidConnection(id, edge.to) === null ? edge : null;
};

// Groups and notes as canvas.yml keeps them. Where a group's frame lies follows from its cards.

import { createStore } from "zustand/vanilla";

import type { CanvasGroup, CanvasNote } from "../../../shared/api/index.ts";
import { cardHeight, cardWidth, type GraphStore } from "../../store/graph-store.ts";
import type { Rectangle } from "../../store/spatial-grid.ts";

export interface CanvasItems {
  readonly groups: Readonly<Record<string, CanvasGroup>>;
  readonly notes: Readonly<Record<string, CanvasNote>>;
}

/** The window's groups and notes. */
export const canvasItems = createStore<CanvasItems>(() => ({ groups: {}, notes: {} }));

/** A group with the cards of it that are there, and the rectangle that is drawn. */
export interface GroupFrame {
  readonly id: string;
  readonly title: string;
  readonly isCollapsed: boolean;
  readonly colour: string | null;
  /** Ids of its cards that exist. */
  readonly members: readonly string[];
  readonly box: Rectangle;
}
export type CanvasGroups = readonly GroupFrame[];

const padding = 28;
/** Room for the title above the cards. */
const heading = 34;

/** The frame around cards; one that is collapsed is as large as a card, where its first card's corner was. */
const frameBox = (cards: Rectangle, isCollapsed: boolean): Rectangle =>
  isCollapsed
    ? { left: cards.left, top: cards.top, right: cards.left + cardWidth, bottom: cards.top + cardHeight }
    : {
        left: cards.left - padding,
        top: cards.top - padding - heading,
        right: cards.right + padding,
        bottom: cards.bottom + padding,
      };

/** The frame of one group; `null` while none of its cards exist. */
const groupFrame = (
  graph: GraphStore,
  id: string,
  { title, nodes, collapsed, colour }: CanvasGroup,
): GroupFrame | null => {
  const members = nodes.filter((node) => graph.slotOf(node) >= 0);
  const cards = graph.bounds(members);
  return cards === null
    ? null
    : { id, title, isCollapsed: collapsed, colour, members, box: frameBox(cards, collapsed) };
};

/** Frames of all groups that have cards, larger ones first, so that a small one within a large one is on top. */
export const groupFrames = (graph: GraphStore, groups: CanvasItems["groups"]): CanvasGroups =>
  largestFirst(Object.entries(groups).flatMap(([id, group]) => groupFrame(graph, id, group) ?? []));

const largestFirst = (frames: CanvasGroups): CanvasGroups => frames.toSorted((a, b) => areaOf(b.box) - areaOf(a.box));

/** The frames after cards in a hand moved: those of other groups are the same objects still. */
export const framesMoved = (graph: GraphStore, groups: CanvasItems["groups"], frames: CanvasGroups): CanvasGroups => {
  const held = heldFrames(graph, frames);
  if (held.length === 0) return frames;
  return largestFirst(
    frames.flatMap((frame) => {
      const group = groups[frame.id];
      if (!held.includes(frame) || group === undefined) return frame;
      const moved = groupFrame(graph, frame.id, group);
      return moved === null ? [] : { ...moved, members: frame.members };
    }),
  );
};

interface Asked {
  readonly lifted: ReadonlySet<number>;
  readonly structure: number;
  readonly isHeld: boolean;
}
/** By the list of members, which stays the same while the group does: it is asked several times in a frame. */
const asked = new WeakMap<readonly string[], Asked>();

const isHeld = (graph: GraphStore, members: readonly string[]): boolean => {
  const { lifted, structureVersion: structure } = graph;
  const before = asked.get(members);
  if (before?.lifted === lifted && before.structure === structure) return before.isHeld;
  const now = { lifted, structure, isHeld: members.some((id) => lifted.has(graph.slotOf(id))) };
  asked.set(members, now);
  return now.isHeld;
};

/** The groups that move with what is in the hand. */
export const heldFrames = (graph: GraphStore, frames: CanvasGroups): CanvasGroups =>
  graph.lifted.size === 0 ? [] : frames.filter(({ members }) => isHeld(graph, members));

const areaOf = ({ left, top, right, bottom }: Rectangle): number => (right - left) * (bottom - top);

/** Which cards collapsed groups hide, each with the corner of the box that stands in for it. */
export const hiddenCards = (frames: CanvasGroups): ReadonlyMap<string, { readonly x: number; readonly y: number }> => {
  const places = new Map<string, { readonly x: number; readonly y: number }>();
  for (const { isCollapsed, members, box } of frames) {
    if (!isCollapsed) continue;
    const corner = { x: box.left, y: box.top };
    for (const id of members) places.set(id, corner);
  }
  return places;
};

/** The topmost frame whose title bar, border or (collapsed) box is at a point; its inside belongs to the canvas. */
export const frameAt = (
  frames: CanvasGroups,
  { x, y }: { readonly x: number; readonly y: number },
): GroupFrame | null =>
  frames.findLast(({ box, isCollapsed }) => {
    const isIn = x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    return isIn && (isCollapsed || y <= box.top + heading);
  }) ?? null;

/** The corner that a note is resized by, in canvas units. */
export const cornerSize = 18;

/** The note at a point, and whether it is at its lower right corner; `null` for none. */
export const noteAt = (
  notes: CanvasItems["notes"],
  { x, y }: { readonly x: number; readonly y: number },
): { readonly type: "note"; readonly id: string; readonly isCorner: boolean } | null => {
  const found = Object.entries(notes).findLast(
    ([, note]) => x >= note.x && y >= note.y && x <= note.x + note.width && y <= note.y + note.height,
  );
  if (found === undefined) return null;
  const [id, note] = found;
  const isCorner = x > note.x + note.width - cornerSize && y > note.y + note.height - cornerSize;
  return { type: "note", id, isCorner };
};

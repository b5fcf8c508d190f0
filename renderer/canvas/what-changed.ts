import type { Rectangle } from "../store/spatial-grid.ts";
import { unite } from "./areas.ts";
import type { CanvasItems, GroupFrame } from "./items/canvas-items.ts";
import { groupReach } from "./reach.ts";

interface Items {
  readonly groups: readonly GroupFrame[];
  readonly notes: CanvasItems["notes"];
}

/** The rectangle around groups and notes that came, went or look different; `null` when none did. */
export const itemsChanged = (before: Items, after: Items): Rectangle | null =>
  unite(groupsChanged(before.groups, after.groups), notesChanged(before.notes, after.notes));

const groupsChanged = (before: Items["groups"], after: Items["groups"]): Rectangle | null => {
  if (before === after) return null;
  const known = new Map(before.map((frame) => [frame.id, frame]));
  let changed: Rectangle | null = null;
  for (const frame of after) {
    const old = known.get(frame.id);
    known.delete(frame.id);
    if (old === undefined || !looksSame(old, frame)) changed = unite(unite(changed, groupReach(frame)), boxOf(old));
  }
  for (const gone of known.values()) changed = unite(changed, groupReach(gone));
  return changed;
};

const boxOf = (frame: GroupFrame | undefined): Rectangle | null => (frame === undefined ? null : groupReach(frame));

const looksSame = (one: GroupFrame, other: GroupFrame): boolean =>
  one === other ||
  (one.title === other.title &&
    one.colour === other.colour &&
    one.isCollapsed === other.isCollapsed &&
    one.members.length === other.members.length &&
    isSameBox(one.box, other.box));

const isSameBox = (a: Rectangle, b: Rectangle): boolean =>
  a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;

const notesChanged = (before: Items["notes"], after: Items["notes"]): Rectangle | null => {
  if (before === after) return null;
  let changed: Rectangle | null = null;
  for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (before[id] === after[id]) continue;
    for (const note of [before[id], after[id]]) {
      if (note === undefined) continue;
      const { x, y, width, height } = note;
      changed = unite(changed, { left: x, top: y, right: x + width, bottom: y + height });
    }
  }
  return changed;
};

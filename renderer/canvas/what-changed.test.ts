import { expect, it } from "vitest";

import type { GroupFrame } from "./items/canvas-items.ts";
import { itemsChanged } from "./what-changed.ts";

const frame = (id: string, left: number, more: Partial<GroupFrame> = {}): GroupFrame => ({
  id,
  title: id,
  isCollapsed: false,
  colour: null,
  members: [],
  box: { left, top: 0, right: left + 100, bottom: 50 },
  ...more,
});
const notes = {};

it("says nothing of groups that were only counted anew", () => {
  expect(itemsChanged({ groups: [frame("a", 0)], notes }, { groups: [frame("a", 0)], notes })).toBeNull();
});

it("covers where a group was and where it is", () => {
  const changed = itemsChanged({ groups: [frame("a", 0)], notes }, { groups: [frame("a", 300)], notes });
  expect(changed).toEqual({ left: 0, top: 0, right: 400, bottom: 50 });
});

it("covers a group that came, one that went and one that was renamed", () => {
  expect(itemsChanged({ groups: [], notes }, { groups: [frame("a", 0)], notes })).toMatchObject({ right: 100 });
  expect(itemsChanged({ groups: [frame("a", 0)], notes }, { groups: [], notes })).toMatchObject({ right: 100 });
  const renamed = frame("a", 0, { title: "b" });
  expect(itemsChanged({ groups: [frame("a", 0)], notes }, { groups: [renamed], notes })).not.toBeNull();
});

it("covers the pile that a collapsed group is drawn as", () => {
  const collapsed = frame("a", 0, { isCollapsed: true });
  expect(itemsChanged({ groups: [], notes }, { groups: [collapsed], notes })).toMatchObject({ top: -8, right: 108 });
});

import { expect, it } from "vitest";

import { cardHeight, cardWidth, GraphStore } from "../../store/graph-store.ts";
import { testNode } from "../../store/test-node.ts";
import { frameAt, framesMoved, groupFrames, heldFrames, hiddenCards, noteAt } from "./canvas-items.ts";

const store = new GraphStore();
store.load(
  { nodes: ["a", "b", "c"].map((name) => testNode(`transform.${name}`)), broken: [] },
  new Map([
    ["transform.a", { x: 0, y: 0 }],
    ["transform.b", { x: 500, y: 200 }],
    ["transform.c", { x: 2000, y: 0 }],
  ]),
);
const group = (nodes: readonly string[], collapsed = false) => ({
  title: "Orders",
  nodes: [...nodes],
  collapsed,
  colour: null,
});

it("frames the cards of a group that are there, with room for the title above them", () => {
  const [frame] = groupFrames(store, { g: group(["transform.a", "transform.b", "transform.gone"]) });
  expect(frame).toMatchObject({ members: ["transform.a", "transform.b"] });
  expect(frame?.box.left).toBeLessThan(0);
  expect(frame?.box.top).toBeLessThan(frame?.box.left ?? 0);
  expect(frame?.box.right).toBeGreaterThan(500 + cardWidth);
  expect(frame?.box.bottom).toBeGreaterThan(200 + cardHeight);
  expect(groupFrames(store, { g: group(["transform.gone"]) })).toEqual([]);
});

it("is taken by its title; its inside belongs to the canvas", () => {
  const frames = groupFrames(store, { g: group(["transform.a", "transform.b"]) });
  const { left = 0, top = 0 } = frames[0]?.box ?? {};
  expect(frameAt(frames, { x: left + 5, y: top + 5 })?.id).toBe("g");
  expect(frameAt(frames, { x: 400, y: 150 })).toBeNull();
});

it("finds the small group on top of the large one that it lies in", () => {
  const frames = groupFrames(store, {
    small: group(["transform.b"]),
    large: group(["transform.a", "transform.b", "transform.c"]),
  });
  const small = frames.find(({ id }) => id === "small");
  expect(frameAt(frames, { x: (small?.box.left ?? 0) + 3, y: (small?.box.top ?? 0) + 3 })?.id).toBe("small");
});

it("collapsed, is one box in place of its cards and taken anywhere", () => {
  const frames = groupFrames(store, { g: group(["transform.a", "transform.b"], true) });
  expect(frames[0]?.box).toEqual({ left: 0, top: 0, right: cardWidth, bottom: cardHeight });
  expect([...hiddenCards(frames).keys()]).toEqual(["transform.a", "transform.b"]);
  expect(frameAt(frames, { x: 100, y: 80 })?.id).toBe("g");
});

it("tells a note's corner from the note", () => {
  const notes = { n: { x: 0, y: 0, width: 200, height: 100, text: "Hello" } };
  expect(noteAt(notes, { x: 100, y: 50 })).toEqual({ type: "note", id: "n", isCorner: false });
  expect(noteAt(notes, { x: 195, y: 95 })).toEqual({ type: "note", id: "n", isCorner: true });
  expect(noteAt(notes, { x: 201, y: 50 })).toBeNull();
});

it("follows the cards in a hand: only the frames of their groups are others", () => {
  const groups = { one: group(["transform.a"]), two: group(["transform.b", "transform.c"]) };
  const frames = groupFrames(store, groups);
  store.lift(["transform.a"]);
  store.moveAll([["transform.a", { x: 40, y: 10 }]]);
  const moved = framesMoved(store, groups, frames);
  expect(heldFrames(store, moved).map(({ id }) => id)).toEqual(["one"]);
  expect(moved.find(({ id }) => id === "two")).toBe(frames.find(({ id }) => id === "two"));
  const box = (id: string, among: typeof frames) => among.find((frame) => frame.id === id)?.box.left ?? 0;
  expect(box("one", moved) - box("one", frames)).toBe(40);
  store.lift([]);
  expect(framesMoved(store, groups, moved)).toBe(moved);
  store.moveAll([["transform.a", { x: 0, y: 0 }]]);
});

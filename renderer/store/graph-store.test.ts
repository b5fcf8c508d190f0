import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";

import type { NodeView } from "../../shared/api/index.ts";
import { cardHeight, cardWidth, GraphStore } from "./graph-store.ts";

const node = (name: string, inputs: readonly string[] = []): NodeView => ({
  id: `transform.${name}`,
  kind: "transform",
  name,
  language: "sql",
  summary: "",
  description: null,
  tags: [],
  inputs: inputs.map((input) => `transform.${input}`),
  enabled: true,
  pinned: false,
  targets: [],
  file: "pipelines/a.yml",
  line: 1,
  columnCount: null,
  lastRun: null,
  problem: null,
  isBroken: false,
});
const origin = { x: 0, y: 0 };
const nothing = { nodes: [], removed: [], broken: null };

const loaded = (...nodes: readonly NodeView[]): GraphStore => {
  const store = new GraphStore();
  store.load({ nodes: [...nodes], broken: [] }, new Map());
  return store;
};

it("resolves inputs to slots and knows who reads whom", () => {
  const store = loaded(node("b", ["a", "gone"]), node("a"));
  expect(store.inputsOf(store.slotOf("transform.b"))).toEqual([store.slotOf("transform.a"), -1]);
  expect([...store.readersOf("transform.a")]).toEqual(["transform.b"]);
});

it("keeps the place and the slot of a node that changes, and frees those of one that goes", () => {
  const store = loaded(node("a"), node("b", ["a"]));
  const slot = store.slotOf("transform.a");
  store.move(slot, 50, 60);
  store.apply({ ...nothing, nodes: [{ ...node("a"), summary: "new" }] }, () => origin);
  expect(store.slotOf("transform.a")).toBe(slot);
  expect(store.positionOf("transform.a")).toEqual({ x: 50, y: 60 });
  store.apply({ ...nothing, removed: ["transform.a"] }, () => origin);
  expect(store.inputsOf(store.slotOf("transform.b"))).toEqual([-1]);
  store.apply({ ...nothing, nodes: [node("c")] }, () => ({ x: 7, y: 8 }));
  expect(store.slotOf("transform.c")).toBe(slot);
  expect(store.positionOf("transform.c")).toEqual({ x: 7, y: 8 });
});

it("wakes only the nodes whose selection changed", () => {
  const store = loaded(node("a"), node("b"), node("c"));
  const woken: string[] = [];
  for (const name of ["a", "b", "c"]) store.on(store.slotOf(`transform.${name}`), () => woken.push(name));
  store.select(["transform.a", "transform.b"]);
  store.select(["transform.b", "transform.gone"]);
  expect(woken).toEqual(["a", "b", "a"]);
  const listener = vi.fn<() => void>();
  store.on("selection", listener);
  store.apply({ ...nothing, removed: ["transform.b"] }, () => origin);
  expect(listener).toHaveBeenCalledOnce();
  expect(store.selection.size).toBe(0);
});

it("shows what could not become a node, and lets it go when it is repaired", () => {
  const problem = { severity: "error", code: "yaml_syntax", message: "", next: "", node: null, cause: null } as const;
  const broken = { id: "transform.a", file: "a.yml", line: 3, problem: { ...problem, location: null, params: {} } };
  const store = loaded(node("a"));
  store.move(0, 5, 6);
  store.apply({ nodes: [], removed: ["transform.a"], broken: [broken] }, () => origin);
  expect(store.get("transform.a")?.type).toBe("broken");
  store.apply({ nodes: [node("a")], removed: [], broken: [] }, () => origin);
  expect(store.get("transform.a")?.type).toBe("node");
  expect(store.positionOf("transform.a")).toEqual({ x: 5, y: 6 });
  expect(store.size).toBe(1);
});

describe("the cards in a rectangle", () => {
  const number = fc.integer({ min: -5000, max: 5000 });
  const point = fc.record({ x: number, y: number });

  it("are those that a look at every card finds, after any moves and removals", () => {
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(39), point, fc.boolean()), { maxLength: 40 }),
        fc.tuple(point, point),
        (places, changes, [from, to]) => {
          const names = places.map((_place, at) => `n${at}`);
          const model = new Map(names.map((name, at) => [`transform.${name}`, places[at] ?? origin]));
          const store = new GraphStore();
          store.load({ nodes: names.map((name) => node(name)), broken: [] }, model);
          for (const [at, place, goes] of changes) {
            const id = `transform.n${at % names.length}`;
            if (!model.has(id)) continue;
            if (goes) {
              model.delete(id);
              store.apply({ ...nothing, removed: [id] }, () => origin);
            } else {
              model.set(id, place);
              store.move(store.slotOf(id), place.x, place.y);
            }
          }
          const area = {
            left: Math.min(from.x, to.x),
            top: Math.min(from.y, to.y),
            right: Math.max(from.x, to.x),
            bottom: Math.max(from.y, to.y),
          };
          const expected = [...model]
            .filter(
              ([, { x, y }]) =>
                x <= area.right && y <= area.bottom && x + cardWidth >= area.left && y + cardHeight >= area.top,
            )
            .map(([id]) => id);
          const found = store.cardsIn(area).map((slot) => store.nodeAt(slot)?.id ?? "");
          expect(found.toSorted()).toEqual(expected.toSorted());
        },
      ),
    );
  });
});

it("leaves cards in the hand where they are held, and forgets those that go", () => {
  const store = loaded(node("a"), node("b"));
  store.lift(["transform.a", "transform.b"]);
  store.place([["transform.a", { x: 40, y: 50 }]]);
  expect(store.positionOf("transform.a")).toEqual(origin);
  expect(store.awaited.get("transform.a")).toEqual({ x: 40, y: 50 });
  const slot = store.slotOf("transform.b");
  store.apply({ ...nothing, removed: ["transform.b"] }, () => origin);
  store.apply({ ...nothing, nodes: [node("c")] }, () => origin);
  expect(store.slotOf("transform.c")).toBe(slot);
  expect([...store.lifted]).toEqual([store.slotOf("transform.a")]);
  store.lift([]);
  store.place([["transform.a", { x: 40, y: 50 }]]);
  expect(store.positionOf("transform.a")).toEqual({ x: 40, y: 50 });
});

it("finds what a card would touch, also behind collapsed groups", () => {
  const store = loaded(node("a"));
  store.hide(new Map([["transform.a", { x: 2000, y: 0 }]]));
  const near = store.placesNear({ left: 0, top: 0, right: 1, bottom: 1 });
  expect(near).toEqual([origin, { x: 2000, y: 0 }]);
});

import { beforeEach, describe, expect, it, vi } from "vitest";

import { GraphStore } from "../store/graph-store.ts";
import { testNode } from "../store/test-node.ts";
import { covers } from "./areas.ts";
import { areaToKeep } from "./kept-area.ts";
import { KeptPicture } from "./kept-picture.ts";
import type { Colours, Picture } from "./picture.ts";
import type { Viewport } from "./viewport.ts";

const seen = { left: 0, top: 0, right: 1000, bottom: 500 };
const everywhere = { left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 };

it("keeps half a window around what is seen, so that panning goes on without drawing", () => {
  expect(areaToKeep(seen, everywhere, 1)).toEqual({ left: -500, top: -250, right: 1500, bottom: 750 });
});

it("keeps nothing where there are no cards", () => {
  const cards = { left: 100, top: 100, right: 400, bottom: 300 };
  expect(areaToKeep(seen, cards, 1)).toEqual(cards);
});

it("keeps less around a screen that is large already", () => {
  const area = areaToKeep({ left: 0, top: 0, right: 6000, bottom: 4000 }, everywhere, 1);
  expect(area).toEqual({ left: 0, top: 0, right: 6000, bottom: 4000 });
});

it("is good until the window looks past its edge", () => {
  expect(covers(areaToKeep(seen, everywhere, 1), { left: 480, top: 0, right: 1480, bottom: 500 })).toBe(true);
  expect(covers(areaToKeep(seen, everywhere, 1), { left: 520, top: 0, right: 1520, bottom: 500 })).toBe(false);
  // Nothing that matters is to be seen: an empty area is always covered.
  expect(covers(seen, { left: 10, top: 10, right: 5, bottom: 20 })).toBe(true);
});

/** A canvas without pixels that counts what is drawn on it. */
class CountingCanvas {
  static cards = 0;
  width: number;
  height: number;
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }
  getContext(): unknown {
    const own: Readonly<Record<string | symbol, unknown>> = { canvas: this };
    return new Proxy(own, {
      get: (target, name) => {
        if (name === "strokeRect") return () => void CountingCanvas.cards++;
        return target[name] ?? ((): undefined => undefined);
      },
    });
  }
}

describe("the kept picture", () => {
  const graph = new GraphStore();
  const colours = new Proxy({} as Colours, { get: () => "black", has: () => true });
  const picture = (view: Partial<Viewport> = {}, more: Partial<Picture> = {}): Picture => ({
    graph,
    groups: noGroups,
    notes: noNotes,
    view: { x: 0, y: 0, zoom: 0.1, ...view },
    width: 1000,
    height: 500,
    scale: 1,
    colours,
    fonts: { ui: "sans-serif", code: "monospace" },
    isDrawn: () => true,
    isSelected: () => false,
    found: null,
    sprites: null,
    marks: noMarks,
    now: 0,
    ...more,
  });
  const noGroups: Picture["groups"] = [];
  const noNotes = {};
  const noMarks = { selected: null, hovered: null };
  /** How many cards were drawn into it by what is done. */
  const drawn = (work: () => void): number => {
    CountingCanvas.cards = 0;
    work();
    return CountingCanvas.cards;
  };

  beforeEach(() => {
    vi.stubGlobal("OffscreenCanvas", CountingCanvas);
    const ids = Array.from({ length: 50 }, (_, at) => `transform.n${at}`);
    graph.load(
      { nodes: ids.map((id) => testNode(id)), broken: [] },
      new Map(ids.map((id, at) => [id, { x: (at % 10) * 336, y: Math.floor(at / 10) * 120 }] as const)),
    );
    graph.lift([]);
    return () => vi.unstubAllGlobals();
  });

  it("is drawn once, copied while the window slides, and patched card by card", () => {
    const kept = new KeptPicture();
    expect(drawn(() => kept.refresh(picture(), false))).toBe(50);
    expect(drawn(() => kept.refresh(picture({ x: 120, y: -80 }), true))).toBe(0);
    kept.touch(graph.slotOf("transform.n7"));
    kept.touch(graph.slotOf("transform.n7"));
    expect(drawn(() => kept.refresh(picture(), false))).toBe(1);
    expect(drawn(() => kept.refresh(picture(), false))).toBe(0);
  });

  it("is drawn anew only where a hand took cards from it and where it puts them, and does not follow them", () => {
    const kept = new KeptPicture();
    const stop = graph.on("positions", () => kept.followHand(graph));
    kept.refresh(picture(), false);
    graph.lift(["transform.n1"]);
    // A hand has moved on before the next frame.
    graph.moveAll([["transform.n1", { x: 3000, y: 460 }]]);
    const taken = drawn(() => kept.refresh(picture(), true));
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(10);
    graph.moveAll([["transform.n1", { x: 3024, y: 480 }]]);
    expect(drawn(() => kept.refresh(picture(), true))).toBe(0);
    graph.lift([]);
    const put = drawn(() => kept.refresh(picture(), false));
    expect(put).toBeGreaterThan(0);
    expect(put).toBeLessThan(10);
    graph.moveAll([["transform.n2", { x: 0, y: 0 }]]);
    expect(drawn(() => kept.refresh(picture(), false))).toBe(50);
    stop();
  });

  it("follows a note in a hand without drawing everything", () => {
    const kept = new KeptPicture();
    const note = { text: "", x: 0, y: 0, width: 100, height: 60, colour: null };
    kept.refresh(picture({}, { notes: { one: note } }), false);
    const moved = drawn(() => kept.refresh(picture({}, { notes: { one: { ...note, x: 20 } } }), true));
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(10);
  });

  it("says by its version when a copy of it is old", () => {
    const kept = new KeptPicture();
    kept.refresh(picture(), false);
    const { version } = kept;
    kept.refresh(picture({ x: 20 }), true);
    expect(kept.version).toBe(version);
    kept.touch(graph.slotOf("transform.n7"));
    kept.refresh(picture({ x: 20 }), true);
    expect(kept.version).toBeGreaterThan(version);
  });

  it("is stretched while a hand zooms, and drawn anew when it rests or searches", () => {
    const kept = new KeptPicture();
    kept.refresh(picture(), false);
    expect(drawn(() => kept.refresh(picture({ zoom: 0.12 }), true))).toBe(0);
    expect(drawn(() => kept.refresh(picture({ zoom: 0.12 }), false))).toBe(50);
    expect(drawn(() => kept.refresh(picture({ zoom: 0.12 }, { found: new Set(["transform.n3"]) }), false))).toBe(50);
  });
});

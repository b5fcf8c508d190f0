import { expect, it } from "vitest";

import { areaToKeep, covers } from "./kept-picture.ts";

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

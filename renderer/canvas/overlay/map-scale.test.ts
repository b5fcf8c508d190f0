import { expect, it } from "vitest";

import { differs, mapScale } from "./map-scale.ts";

const seen = { left: 10, top: 10, right: 30, bottom: 20 };

it("shows all of an area in the middle of the map", () => {
  const { zoom, x, y } = mapScale({ left: 0, top: 0, right: 1780, bottom: 560 }, 190, 124);
  expect(zoom).toBe(0.1);
  expect([x, y]).toEqual([6, 34]);
});

it("draws the frame of what is seen again when it moved so far that it shows", () => {
  expect(differs(seen, { ...seen, left: 10.2, right: 30.2 })).toBe(false);
  expect(differs(seen, { ...seen, left: 10.6, right: 30.6 })).toBe(true);
  expect(differs(seen, null)).toBe(true);
  expect(differs(null, null)).toBe(false);
});

import fc from "fast-check";
import { expect, it } from "vitest";

import { extent, linearScale, roundTicks } from "./scale.ts";

it("ticks are round, in order and within the range", () => {
  expect(roundTicks(0, 97, 5)).toEqual([0, 20, 40, 60, 80]);
  expect(roundTicks(0.13, 0.31, 4)).toEqual([0.15, 0.2, 0.25, 0.3]);
  const value = fc.double({ min: -1e12, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(value, value, fc.integer({ min: 1, max: 12 }), (a, b, count) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const ticks = roundTicks(low, high, count);
      expect(ticks.length).toBeLessThanOrEqual(count * 2 + 2);
      const slack = (high - low) * 1e-6 + Math.abs(high) * 1e-9 + Math.abs(low) * 1e-9;
      for (const tick of ticks) expect(tick >= low - slack && tick <= high + slack).toBe(true);
      expect(ticks).toEqual(ticks.toSorted((x, y) => x - y));
    }),
  );
});

it("scales end to end, one value too", () => {
  const scale = linearScale([10, 20], [0, 100], 5);
  expect([scale(10), scale(15), scale(20)]).toEqual([0, 50, 100]);
  expect(linearScale([3, 3], [0, 100], 5)(3)).toBe(50);
});

it("leaves out what is not finite", () => {
  expect(extent([Number.NaN, 3, -Infinity, 1])).toEqual([1, 3]);
  expect(extent([Number.NaN])).toBeNull();
});

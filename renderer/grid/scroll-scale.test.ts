import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  positionAt,
  positionShowing,
  rowsAt,
  type ScrollScale,
  scrollScale,
  scrollTopAt,
  tallest,
} from "./scroll-scale.ts";

const scales: fc.Arbitrary<{ readonly rows: number; readonly scale: ScrollScale }> = fc
  .record({
    rows: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 2_000_000_000 })),
    rowHeight: fc.integer({ min: 12, max: 60 }),
    viewport: fc.integer({ min: 60, max: 2000 }),
  })
  .map(({ rows, rowHeight, viewport }) => ({ rows, scale: scrollScale(rows, rowHeight, viewport) }));

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe("a scaled scroll", () => {
  it("reaches every row, whole, and the first and last by its ends", () => {
    fc.assert(
      fc.property(scales, share, share, ({ rows, scale }, at, from) => {
        if (rows === 0) return;
        const row = Math.min(rows - 1, Math.floor(at * rows));
        const position = positionShowing(scale, from * scale.end, row);
        const seen = rowsAt(scale, position, rows);
        expect(seen.from <= row && row < seen.before).toBe(true);
        expect(rowsAt(scale, positionAt(scale, 0), rows).from).toBe(0);
        expect(rowsAt(scale, positionAt(scale, scale.height), rows).before).toBe(rows);
      }),
    );
  });

  it("moves on when the bar does, and never past an end", () => {
    fc.assert(
      fc.property(scales, share, share, ({ scale }, a, b) => {
        const [low, high] = [Math.min(a, b) * scale.height, Math.max(a, b) * scale.height];
        expect(positionAt(scale, low)).toBeLessThanOrEqual(positionAt(scale, high));
        expect(positionAt(scale, high)).toBeLessThanOrEqual(scale.end);
        expect(scale.height).toBeLessThanOrEqual(tallest);
      }),
    );
  });

  it("finds its position again", () => {
    fc.assert(
      fc.property(scales, share, ({ scale }, at) => {
        const position = at * scale.end;
        expect(positionAt(scale, scrollTopAt(scale, position))).toBeCloseTo(position, 3);
      }),
    );
  });
});

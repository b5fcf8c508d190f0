import { beforeEach, expect, it } from "vitest";

import { fit, resizeViewport, toCanvas, viewport, visibleArea, zoomBy } from "./viewport.ts";

beforeEach(() => viewport.setState({ x: 0, y: 0, zoom: 1, width: 800, height: 600 }));

it("keeps the point under the cursor where it is while zooming", () => {
  const at = { x: 200, y: 150 };
  const before = toCanvas(at.x, at.y);
  zoomBy(1.7, at);
  zoomBy(0.4, at);
  const after = toCanvas(at.x, at.y);
  expect(after.x).toBeCloseTo(before.x);
  expect(after.y).toBeCloseTo(before.y);
});

it("never zooms past its ends", () => {
  zoomBy(1000);
  expect(viewport.getState().zoom).toBe(4);
  zoomBy(1e-9);
  expect(viewport.getState().zoom).toBe(0.02);
});

it("shows all of an area, in the middle, never larger than life", () => {
  const area = { left: -500, top: 100, right: 3500, bottom: 900 };
  fit(area);
  const seen = visibleArea();
  expect(seen.left).toBeLessThan(area.left);
  expect(seen.right).toBeGreaterThan(area.right);
  expect(seen.left + seen.right).toBeCloseTo(area.left + area.right);
  fit({ left: 0, top: 0, right: 10, bottom: 10 });
  expect(viewport.getState().zoom).toBe(1);
});

it("fits as soon as the canvas has a size", () => {
  viewport.setState({ width: 0, height: 0 });
  fit({ left: 0, top: 0, right: 8000, bottom: 100 });
  expect(viewport.getState().zoom).toBe(1);
  resizeViewport({ left: 0, top: 0, width: 800, height: 600 });
  expect(viewport.getState().zoom).toBeCloseTo((800 - 96) / 8000);
});

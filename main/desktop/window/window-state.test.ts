import { afterEach, beforeEach, expect, it } from "vitest";

import { TestDesktop } from "../../../test-support/desktop/desktop.ts";

let desktop: TestDesktop;
beforeEach(() => (desktop = new TestDesktop()));
afterEach(() => desktop[Symbol.dispose]());

it("puts a window back where it stood, and never onto a screen that is gone", async () => {
  await desktop.start();
  const place = { x: 100, y: 80, width: 900, height: 700 };
  desktop.window.bounds = place;
  desktop.window.close();
  const again = new TestDesktop(desktop.folder);
  await again.start();
  expect(again.window.options).toMatchObject(place);

  again.window.bounds = { ...place, x: 5000 };
  again.window.close();
  const later = new TestDesktop(desktop.folder);
  await later.start();
  expect(later.window.options).toMatchObject({ width: 1600, height: 1000 });
  expect(later.window.options.x).toBeUndefined();
});

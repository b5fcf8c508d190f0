import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { paced } from "./paced.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("tells the first at once, then the last of many, and nothing after its end", () => {
  const told: number[] = [];
  const tell = paced(100, (value: number) => told.push(value));
  for (const value of [1, 2, 3]) tell(value);
  expect(told).toEqual([1]);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([1, 3]);
  tell(4);
  tell(5);
  tell[Symbol.dispose]();
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([1, 3]);
});

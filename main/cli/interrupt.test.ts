import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { listenForInterrupt } from "./interrupt.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
let before: Readonly<Record<string, NodeJS.SignalsListener[]>>;

beforeEach(() => {
  vi.useFakeTimers();
  before = Object.fromEntries(signals.map((name) => [name, process.listeners(name)]));
});
afterEach(() => {
  vi.useRealTimers();
  for (const name of signals) {
    for (const listener of process.listeners(name)) {
      if (before[name]?.includes(listener) !== true) process.off(name, listener);
    }
  }
});

it.each(signals)("cancels at the first %s and leaves at the second", (name) => {
  const leave = vi.fn<() => void>();
  const stopping = vi.fn<() => void>();
  const interrupt = listenForInterrupt(leave);
  interrupt.onStopping(stopping);
  process.emit(name);
  expect(interrupt.signal.aborted).toBe(true);
  expect(stopping).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1000);
  process.emit(name);
  expect(leave).toHaveBeenCalledOnce();
  expect(stopping).toHaveBeenCalledOnce();
});

it("takes the same key told twice, by the terminal and by npm, for one", () => {
  const leave = vi.fn<() => void>();
  listenForInterrupt(leave);
  process.emit("SIGINT");
  vi.advanceTimersByTime(50);
  process.emit("SIGINT");
  expect(leave).not.toHaveBeenCalled();
});

it("leaves Ctrl-C to a prompt that has taken over", () => {
  const interrupt = listenForInterrupt(() => undefined);
  interrupt.releaseKeys();
  process.emit("SIGINT");
  expect(interrupt.signal.aborted).toBe(false);
});

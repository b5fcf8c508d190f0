import { expect, it } from "vitest";

import { coalesced } from "./coalesce.ts";

it("shares one run among calls made meanwhile, each of which sees the state at its call", async () => {
  let state = 0;
  const seen: number[] = [];
  const look = coalesced(async () => {
    seen.push(state);
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
  const first = look();
  state = 1;
  const others = [look(), look(), look()];
  await first;
  expect(seen).toEqual([0, 1]);
  await Promise.all(others);
  expect(seen).toEqual([0, 1]);
});

it("goes on after a failure, which only its own callers hear", async () => {
  let runs = 0;
  const work = coalesced(async () => {
    await Promise.resolve();
    if (++runs === 1) throw new RangeError("once");
  });
  const first = work();
  const second = work();
  await expect(first).rejects.toThrow("once");
  await expect(second).resolves.toBeUndefined();
});

import fc from "fast-check";
import { expect, it } from "vitest";

import { createSchedule } from "./schedule.ts";

const task = (id: string, inputs: readonly string[] = [], expected = 1) => ({ id, inputs, expected });

it("starts the node with the longest remaining path first", () => {
  const schedule = createSchedule([
    task("short"),
    task("head"),
    task("middle", ["head"], 5),
    task("tail", ["middle"], 5),
  ]);
  expect(schedule.next()).toBe("head");
  expect(schedule.next()).toBe("short");
  expect(schedule.next()).toBeNull();
  schedule.done("head");
  expect(schedule.next()).toBe("middle");
});

it("counts an input that is listed twice once", () => {
  const schedule = createSchedule([task("a"), task("b", ["a", "a"])]);
  schedule.done(schedule.next() ?? "");
  expect(schedule.next()).toBe("b");
});

const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 40 })
  .map((lists) =>
    lists.map((inputs, index) =>
      task(`n${index}`, index === 0 ? [] : inputs.map((input) => `n${input % index}`), (index * 7) % 5),
    ),
  );

it("hands every node out exactly once, never before its inputs are done, whatever the worker count", () => {
  fc.assert(
    fc.property(graphs, fc.integer({ min: 1, max: 6 }), fc.infiniteStream(fc.nat()), (tasks, workers, choices) => {
      const schedule = createSchedule(tasks);
      const inputsOf = new Map(tasks.map(({ id, inputs }) => [id, inputs]));
      const running: string[] = [];
      const done = new Set<string>();
      while (done.size < tasks.length) {
        for (let id = schedule.next(); id !== null; id = running.length < workers ? schedule.next() : null) {
          expect(inputsOf.get(id)?.every((input) => done.has(input))).toBe(true);
          running.push(id);
          if (running.length === workers) break;
        }
        const [ended] = running.splice((choices.next().value as number) % running.length, 1);
        done.add(ended ?? "");
        schedule.done(ended ?? "");
      }
      expect(schedule.next()).toBeNull();
      expect(schedule.remaining).toBe(0);
    }),
  );
});

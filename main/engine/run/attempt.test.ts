import { describe, expect, it } from "vitest";

import { ExecutorExecutionError, ExecutorValidationError } from "../../../shared/errors/index.ts";
import { attempt, type AttemptPolicy } from "./attempt.ts";

const policy: AttemptPolicy = {
  node: "transform.a",
  attempts: 3,
  backoffSeconds: 0.001,
  on: null,
  timeoutSeconds: null,
};
const failure = (code: "sql_failed" | "sql_host_lost") => new ExecutorExecutionError(code, { node: "transform.a" });
const never = new AbortController().signal;

/** Fails with the given errors, one a try, then succeeds; tells how often it was tried. */
const work = (...errors: readonly Error[]) => {
  let tries = 0;
  return {
    run: (): Promise<string> => {
      const error = errors[tries];
      tries += 1;
      return error === undefined ? Promise.resolve("done") : Promise.reject(error);
    },
    tries: () => tries,
  };
};

describe("attempt", () => {
  it("tries again until it works", async () => {
    const job = work(failure("sql_host_lost"), failure("sql_host_lost"));
    await expect(attempt(policy, never, job.run, () => undefined)).resolves.toBe("done");
    expect(job.tries()).toBe(3);
  });

  it.each([
    ["attempts are used up", policy, [failure("sql_host_lost"), failure("sql_host_lost"), failure("sql_host_lost")], 3],
    ["the code is not listed", { ...policy, on: ["sql_failed"] }, [failure("sql_host_lost")], 1],
    ["the same SQL would fail alike", policy, [failure("sql_failed")], 1],
    ["the definition is wrong", policy, [new ExecutorValidationError("sql_not_select", { node: "transform.a" })], 1],
  ])("gives up when %s", async (_name, given, errors, tries) => {
    const job = work(...errors);
    await expect(attempt(given, never, job.run, () => undefined)).rejects.toBe(errors.at(-1));
    expect(job.tries()).toBe(tries);
  });

  it("tries whatever the node lists", async () => {
    const job = work(failure("sql_failed"));
    await expect(attempt({ ...policy, on: ["sql_failed"] }, never, job.run, () => undefined)).resolves.toBe("done");
  });

  it("waits twice as long each time and says so", async () => {
    const waits: number[] = [];
    await attempt(policy, never, work(failure("sql_host_lost"), failure("sql_host_lost")).run, (_error, wait) =>
      waits.push(wait),
    );
    expect(waits).toEqual([0.001, 0.002]);
  });

  it("does not try a cancelled run again", async () => {
    const cancel = new AbortController();
    cancel.abort();
    const job = work(failure("sql_host_lost"));
    await expect(attempt(policy, cancel.signal, job.run, () => undefined)).rejects.toMatchObject({
      code: "sql_host_lost",
    });
    expect(job.tries()).toBe(1);
  });

  it("turns the end of its time into node_timeout", async () => {
    const hang = (signal: AbortSignal): Promise<never> =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    await expect(
      attempt({ ...policy, attempts: 1, timeoutSeconds: 0.01 }, never, hang, () => undefined),
    ).rejects.toMatchObject({ code: "node_timeout", node: "transform.a" });
  });
});

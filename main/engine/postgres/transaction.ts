import { setTimeout as sleep } from "node:timers/promises";

import { CancelledError } from "../../../shared/errors/index.ts";
import type { PostgresClient } from "./client.ts";
import { sqlstateOf } from "./postgres-error.ts";

/** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
export const withTransaction = async <T>(client: PostgresClient, work: () => Promise<T>): Promise<T> => {
  await client.query("begin");
  try {
    const result = await work();
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
};

const transientStates = /^(40001|40P01|55P03|57P0[123]|53300|08...|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT)$/;

/** Whether the same work may well succeed a moment later: conflicts, locks, a server going away. Never data errors. */
export const isTransient = (error: unknown): boolean =>
  transientStates.test(sqlstateOf(error)) ||
  (error instanceof Error && /Connection terminated/.test(error.cause instanceof Error ? error.cause.message : ""));

export interface RetryOptions {
  /** Tries in all. */
  readonly attempts?: number | undefined;
  readonly firstDelayMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onRetry?: ((error: unknown, attempt: number) => void) | undefined;
}

/** Repeats `work` after transient errors, waiting longer each time. `work` must be safe to repeat: one transaction. */
export const retryTransient = async <T>(
  work: (attempt: number) => Promise<T>,
  options: RetryOptions = {},
): Promise<T> => {
  const attempts = options.attempts ?? 5;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt >= attempts || !isTransient(error)) throw error;
      options.onRetry?.(error, attempt);
      const delay = (options.firstDelayMs ?? 100) * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
      await sleep(delay, undefined, options.signal === undefined ? {} : { signal: options.signal }).catch(
        (cause: unknown) => {
          throw new CancelledError({ cause });
        },
      );
    }
  }
};

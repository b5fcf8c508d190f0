import { setTimeout as sleep } from "node:timers/promises";

import {
  ExecutorExecutionError,
  ExecutorValidationError,
  toHeadraceError,
  type HeadraceError,
} from "../../../shared/errors/index.ts";
import { transientErrors } from "./transient-errors.ts";

export interface AttemptPolicy {
  readonly node: string;
  /** Tries in all, at least 1. */
  readonly attempts: number;
  /** Seconds before the second try; doubles each time. */
  readonly backoffSeconds: number;
  /** Error codes worth another try; those that may pass by themselves when `null`. */
  readonly on: readonly string[] | null;
  /** Seconds for one try; `null` for no limit. */
  readonly timeoutSeconds: number | null;
}

const worthAnotherTry = (error: HeadraceError, policy: AttemptPolicy): boolean => {
  if (error instanceof ExecutorValidationError) return false;
  return policy.on === null ? transientErrors.has(error.code) : policy.on.includes(error.code);
};

const withTimeout = async <T>(
  policy: AttemptPolicy,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  if (policy.timeoutSeconds === null) return work(signal);
  const timer = new AbortController();
  const handle = setTimeout(() => timer.abort(), policy.timeoutSeconds * 1000);
  try {
    return await work(AbortSignal.any([signal, timer.signal]));
  } catch (cause) {
    if (!timer.signal.aborted || signal.aborted) throw cause;
    throw new ExecutorExecutionError(
      "node_timeout",
      { node: policy.node, params: { node: policy.node, seconds: policy.timeoutSeconds } },
      { cause },
    );
  } finally {
    clearTimeout(handle);
  }
};

/** Tries `work` as often as the policy allows; a cancelled run is never tried again. */
export const attempt = async <T>(
  policy: AttemptPolicy,
  signal: AbortSignal,
  work: (signal: AbortSignal, attemptNumber: number) => Promise<T>,
  onRetry: (error: HeadraceError, waitSeconds: number) => void,
): Promise<T> => {
  for (let number = 1; ; number += 1) {
    try {
      return await withTimeout(policy, signal, (inner) => work(inner, number));
    } catch (thrown) {
      const error = toHeadraceError(thrown);
      if (signal.aborted || number >= policy.attempts || !worthAnotherTry(error, policy)) throw error;
      const wait = policy.backoffSeconds * 2 ** (number - 1);
      onRetry(error, wait);
      await sleep(wait * 1000, undefined, { signal });
    }
  }
};

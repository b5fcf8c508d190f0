import { setTimeout as sleep } from "node:timers/promises";

/** Values handed from callbacks to one `for await` loop; whatever piled up meanwhile comes as one batch. */
export class AsyncQueue<T> {
  #waiting: T[] = [];
  #wake: (() => void) | null = null;
  #ended = false;

  push(value: T): void {
    if (this.#ended) return;
    this.#waiting.push(value);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /**
   * Batches in order, never empty, until `end` or the signal; what was pushed before `end` still comes. After the first
   * value of a batch more are waited for, so many milliseconds.
   */
  async *batches(signal: AbortSignal, gather = 0): AsyncGenerator<readonly T[], void> {
    const stop = (): void => this.end();
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    try {
      for (;;) {
        if (this.#waiting.length > 0) {
          if (gather > 0 && !this.#ended) await sleep(gather);
          const batch = this.#waiting;
          this.#waiting = [];
          yield batch;
        } else if (this.#ended) return;
        else await new Promise<void>((resolve) => (this.#wake = resolve));
        this.#wake = null;
      }
    } finally {
      signal.removeEventListener("abort", stop);
      this.end();
    }
  }
}

/** Listeners that come and go; each gets every value from then on. */
export class Broadcast<T> {
  readonly #queues = new Set<AsyncQueue<T>>();

  send(value: T): void {
    for (const queue of this.#queues) queue.push(value);
  }

  /** A subscription that holds `first` already and ends with the signal; `gather` as for a queue's batches. */
  async *listen(signal: AbortSignal, first: readonly T[] = [], gather = 0): AsyncGenerator<readonly T[], void> {
    const queue = new AsyncQueue<T>();
    for (const value of first) queue.push(value);
    this.#queues.add(queue);
    try {
      yield* queue.batches(signal, gather);
    } finally {
      this.#queues.delete(queue);
    }
  }
}

import { CancelledError } from "../../../shared/errors/index.ts";

interface Work<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/** Does the same thing once for all who ask for it while it is done; it stops when none of them wants it any more. */
export class SharedWork<T> {
  readonly #running = new Map<string, Work<T>>();

  async once(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal.aborted) throw new CancelledError();
    const work = this.#running.get(key) ?? this.#start(key, start);
    work.waiting++;
    try {
      return await Promise.race([work.result, rejectWhen(signal)]);
    } finally {
      work.waiting--;
      if (work.waiting === 0) {
        this.#forget(key, work);
        work.controller.abort();
      }
    }
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<T>): Work<T> {
    const controller = new AbortController();
    const result = start(controller.signal);
    const work = { result, controller, waiting: 0 };
    this.#running.set(key, work);
    // Whoever waits hears of a failure; when nobody does any more, nobody needs to.
    result.then(
      () => this.#forget(key, work),
      () => this.#forget(key, work),
    );
    return work;
  }

  #forget(key: string, work: Work<T>): void {
    if (this.#running.get(key) === work) this.#running.delete(key);
  }
}

const rejectWhen = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new CancelledError()), { once: true });
  });

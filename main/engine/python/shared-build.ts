import { CancelledError } from "../../../shared/errors/index.ts";

interface Build<T> {
  readonly result: Promise<T>;
  readonly control: AbortController;
  readonly listeners: Set<(line: string) => void>;
}

/**
 * Work that several callers share: it is done once, every caller hears its progress, and it stops only when the last
 * of them has cancelled. Failures are not kept.
 */
export class SharedBuilds<T> {
  readonly #builds = new Map<string, Build<T>>();

  async join(
    key: string,
    signal: AbortSignal,
    onLine: (line: string) => void,
    start: (signal: AbortSignal, onLine: (line: string) => void) => Promise<T>,
  ): Promise<T> {
    if (signal.aborted) throw new CancelledError();
    const listener = (line: string): void => onLine(line);
    const build = this.#builds.get(key) ?? this.#begin(key, listener, start);
    build.listeners.add(listener);
    const cancelled = Promise.withResolvers<never>();
    const leave = (): void => {
      build.listeners.delete(listener);
      if (build.listeners.size === 0) {
        build.control.abort();
        this.#builds.delete(key);
      }
      cancelled.reject(new CancelledError());
    };
    signal.addEventListener("abort", leave, { once: true });
    try {
      return await Promise.race([build.result, cancelled.promise]);
    } finally {
      signal.removeEventListener("abort", leave);
      build.listeners.delete(listener);
    }
  }

  #begin(
    key: string,
    listener: (line: string) => void,
    start: (signal: AbortSignal, onLine: (line: string) => void) => Promise<T>,
  ): Build<T> {
    const control = new AbortController();
    const listeners = new Set([listener]);
    const result = start(control.signal, (line) => {
      for (const listen of listeners) listen(line);
    });
    const build = { result, control, listeners };
    this.#builds.set(key, build);
    const forget = (): void => {
      if (this.#builds.get(key) === build) this.#builds.delete(key);
    };
    result.then(forget, forget);
    return build;
  }
}

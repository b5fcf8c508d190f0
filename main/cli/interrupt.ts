/** npm passes Ctrl-C on to its child, which the terminal has told already: two signals that close are one. */
const sameKeyMilliseconds = 250;
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface Interrupt {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  onStopping(listener: () => void): void;
  /** As the first signal would. */
  stop(): void;
  /** Leaves Ctrl-C to somebody else; SIGTERM and SIGHUP still cancel. */
  releaseKeys(): void;
}

/** The first Ctrl-C (or SIGTERM, SIGHUP) cancels; the second calls `leave`, which ends the process at once. */
export function listenForInterrupt(leave: () => void): Interrupt {
  const controller = new AbortController();
  const listeners: (() => void)[] = [];
  let first: number | null = null;

  const stop = (): void => {
    if (first !== null) return;
    first = performance.now();
    for (const listener of listeners) listener();
    controller.abort();
  };
  const onSignal = (): void => {
    if (first === null) stop();
    else if (performance.now() - first > sameKeyMilliseconds) leave();
  };
  for (const name of signals) process.on(name, onSignal);

  const releaseKeys = (): void => {
    process.off("SIGINT", onSignal);
    process.on("SIGINT", () => undefined);
  };
  return { releaseKeys, signal: controller.signal, onStopping: (listener) => void listeners.push(listener), stop };
}

/** At most one call an interval: the first at once, of those that come too soon only the last, when its time has come. */
export const paced = <A extends readonly unknown[]>(
  milliseconds: number,
  call: (...args: A) => void,
): ((...args: A) => void) & Disposable => {
  let last = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let waiting: A | null = null;
  const now = (args: A): void => {
    last = performance.now();
    waiting = null;
    call(...args);
  };
  const tell = (...args: A): void => {
    const wait = last + milliseconds - performance.now();
    if (wait <= 0) return now(args);
    waiting = args;
    timer ??= setTimeout(() => {
      timer = undefined;
      if (waiting !== null) now(waiting);
    }, wait).unref();
  };
  return Object.assign(tell, { [Symbol.dispose]: () => clearTimeout(timer) });
};

// What the page uses and the smoke test's older Chromium lacks. First import of the page in the test build only.

// oxlint-disable unicorn/no-array-sort, unicorn/no-array-reverse -- what takes their place is what is made here

type Loose = Record<string, unknown>;

const add = (target: object, additions: Loose): void => {
  for (const [name, value] of Object.entries(additions)) {
    if (!(name in target)) Object.defineProperty(target, name, { value, configurable: true, writable: true });
  }
};

const arrays: Loose = {
  toSorted(this: unknown[], compare?: (a: unknown, b: unknown) => number) {
    return [...this].sort(compare);
  },
  toReversed(this: unknown[]) {
    return [...this].reverse();
  },
  toSpliced(this: unknown[], ...args: [number, number, ...unknown[]]) {
    const copy = [...this];
    copy.splice(...args);
    return copy;
  },
  with(this: unknown[], at: number, value: unknown) {
    const copy = [...this];
    copy[at < 0 ? copy.length + at : at] = value;
    return copy;
  },
};
add(Array.prototype, arrays);
for (const type of [Uint8Array, Int32Array, Float64Array, Uint32Array, Float32Array]) {
  add(type.prototype, {
    toSorted(this: Uint8Array, compare?: (a: number, b: number) => number) {
      return this.slice().sort(compare);
    },
  });
}

add(Set.prototype, {
  union: function (this: Set<unknown>, other: Set<unknown>) {
    return new Set([...this, ...other]);
  },
  intersection: function (this: Set<unknown>, other: Set<unknown>) {
    return new Set([...this].filter((value) => other.has(value)));
  },
  difference: function (this: Set<unknown>, other: Set<unknown>) {
    return new Set([...this].filter((value) => !other.has(value)));
  },
  isSubsetOf: function (this: Set<unknown>, other: Set<unknown>) {
    return [...this].every((value) => other.has(value));
  },
  isDisjointFrom: function (this: Set<unknown>, other: Set<unknown>) {
    return ![...this].some((value) => other.has(value));
  },
});

const groupBy = (values: Iterable<unknown>, keyOf: (value: unknown, at: number) => PropertyKey): Loose => {
  const groups: Record<PropertyKey, unknown[]> = Object.create(null) as Record<PropertyKey, unknown[]>;
  [...values].forEach((value, at) => (groups[keyOf(value, at)] ??= []).push(value));
  return groups;
};
add(Object, { groupBy });
add(Map, {
  groupBy(values: Iterable<unknown>, keyOf: (value: unknown, at: number) => unknown) {
    const groups = new Map<unknown, unknown[]>();
    [...values].forEach((value, at) => {
      const key = keyOf(value, at);
      groups.set(key, [...(groups.get(key) ?? []), value]);
    });
    return groups;
  },
});
add(Promise, {
  withResolvers() {
    let resolve: unknown;
    let reject: unknown;
    const promise = new Promise((yes, no) => {
      resolve = yes;
      reject = no;
    });
    return { promise, resolve, reject };
  },
});
add(AbortSignal, {
  any(signals: readonly AbortSignal[]) {
    const controller = new AbortController();
    for (const signal of signals) {
      if (signal.aborted) controller.abort(signal.reason);
      else signal.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
    }
    return controller.signal;
  },
});

const iterator = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object;
add(iterator, {
  *map(this: Iterable<unknown>, change: (value: unknown, at: number) => unknown) {
    let at = 0;
    for (const value of this) yield change(value, at++);
  },
  *filter(this: Iterable<unknown>, keep: (value: unknown) => boolean) {
    for (const value of this) if (keep(value)) yield value;
  },
  *flatMap(this: Iterable<unknown>, change: (value: unknown) => Iterable<unknown>) {
    for (const value of this) yield* change(value);
  },
  *take(this: Iterable<unknown>, most: number) {
    let left = most;
    if (left <= 0) return;
    for (const value of this) {
      yield value;
      if (--left <= 0) return;
    }
  },
  *drop(this: Iterable<unknown>, count: number) {
    let at = 0;
    for (const value of this) if (at++ >= count) yield value;
  },
  toArray(this: Iterable<unknown>) {
    return [...this];
  },
  some(this: Iterable<unknown>, test: (value: unknown) => boolean) {
    for (const value of this) if (test(value)) return true;
    return false;
  },
  every(this: Iterable<unknown>, test: (value: unknown) => boolean) {
    for (const value of this) if (!test(value)) return false;
    return true;
  },
  find(this: Iterable<unknown>, test: (value: unknown) => boolean) {
    for (const value of this) if (test(value)) return value;
    return undefined;
  },
  forEach(this: Iterable<unknown>, act: (value: unknown) => void) {
    for (const value of this) act(value);
  },
  reduce(this: Iterable<unknown>, join: (sum: unknown, value: unknown) => unknown, first: unknown) {
    let sum = first;
    for (const value of this) sum = join(sum, value);
    return sum;
  },
});
add(Symbol, { dispose: Symbol("dispose"), asyncDispose: Symbol("asyncDispose") });

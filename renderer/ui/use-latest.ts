import { useEffect, useState } from "react";

/** Holds what the last render was given, for what lives longer than a render: an editor, a stream. */
export class Latest<T> {
  #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  get(): T {
    return this.#value;
  }

  set(value: T): void {
    this.#value = value;
  }
}

/** The value of the last render, in an object that stays the same. */
export const useLatest = <T>(value: T): Latest<T> => {
  const [latest] = useState(() => new Latest(value));
  useEffect(() => latest.set(value));
  return latest;
};

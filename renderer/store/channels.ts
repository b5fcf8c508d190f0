type Listener = () => void;

/** Listeners by key; telling one key wakes only its own. */
export class Channels<K> {
  readonly #listeners = new Map<K, Set<Listener>>();

  /** Returns the function that ends the subscription. */
  on(key: K, listener: Listener): () => void {
    const known = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, known);
    known.add(listener);
    return () => {
      known.delete(listener);
      if (known.size === 0 && this.#listeners.get(key) === known) this.#listeners.delete(key);
    };
  }

  tell(key: K): void {
    for (const listener of this.#listeners.get(key) ?? []) listener();
  }
}

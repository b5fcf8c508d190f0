import type { FromEngine } from "../../../shared/desktop/index.ts";

/** Secrets of the keychain, which only main can read: each is asked for when a connection needs it, and not kept. */
export class AskedSecrets {
  readonly #send: (message: FromEngine) => void;
  readonly #waiting = new Map<number, (value: string | null) => void>();
  #lastId = 0;

  constructor(send: (message: FromEngine) => void) {
    this.#send = send;
  }

  readonly ask = (name: string): Promise<string | null> =>
    new Promise((resolve) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, resolve);
      this.#send({ type: "secret", id, name });
    });

  answered(id: number, value: string | null): void {
    this.#waiting.get(id)?.(value);
    this.#waiting.delete(id);
  }
}

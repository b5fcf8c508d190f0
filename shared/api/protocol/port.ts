/** A message and the bytes that travel beside it. */
export interface Envelope {
  /** Plain JSON data. */
  readonly message: unknown;
  readonly attachments: readonly Uint8Array[];
}

/** What a transport offers: envelopes both ways, in order, until it closes. */
export interface Port {
  send(envelope: Envelope): void;
  onMessage(listener: (envelope: Envelope) => void): void;
  /** Called once, also when the port was closed already. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Two ports that are each other's far end, in one process. */
export const portPair = (): readonly [Port, Port] => {
  const ends = [new MemoryPort(), new MemoryPort()] as const;
  ends[0].connect(ends[1]);
  ends[1].connect(ends[0]);
  return ends;
};

class MemoryPort implements Port {
  readonly #onMessage: ((envelope: Envelope) => void)[] = [];
  readonly #onClose: (() => void)[] = [];
  #far: MemoryPort | null = null;
  #closed = false;

  connect(far: MemoryPort): void {
    this.#far = far;
  }

  send(envelope: Envelope): void {
    // Later, as over a wire: whoever sends has finished its own step before the other side acts.
    void Promise.resolve().then(() => this.#far?.receive(envelope));
  }

  receive(envelope: Envelope): void {
    if (!this.#closed) for (const listener of this.#onMessage) listener(envelope);
  }

  onMessage(listener: (envelope: Envelope) => void): void {
    this.#onMessage.push(listener);
  }

  onClose(listener: () => void): void {
    if (this.#closed) listener();
    else this.#onClose.push(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const listener of this.#onClose) listener();
    this.#far?.close();
  }
}

import { EventEmitter } from "node:events";

/** One end of a channel inside a process: this Electron's own ends it when both ends of its channels stay in main. */
export class PlainPort extends EventEmitter {
  #far: PlainPort | null = null;
  #waiting: unknown[] | null = [];
  #isClosed = false;

  connect(far: PlainPort): void {
    this.#far = far;
  }

  start(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const data of waiting) this.emit("message", { data });
  }

  postMessage(data: unknown): void {
    const far = this.#far;
    setImmediate(() => far?.receive(data));
  }

  receive(data: unknown): void {
    if (this.#isClosed) return;
    if (this.#waiting === null) this.emit("message", { data });
    else this.#waiting.push(data);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    setImmediate(() => {
      this.emit("close");
      this.#far?.close();
    });
  }
}

/** As Electron's class of that name. */
export class PlainChannel {
  readonly port1 = new PlainPort();
  readonly port2 = new PlainPort();

  constructor() {
    this.port1.connect(this.port2);
    this.port2.connect(this.port1);
  }
}

import { basename } from "node:path";
import { fileURLToPath } from "node:url";

import type { MessagePortMain } from "electron";

import type { FromEngine } from "../../../shared/desktop/index.ts";
import { hostEnvironment, type HostProcess, type SpawnHost } from "../../engine/index.ts";

/** DuckDB hosts that main starts for the engine: with its fuses set, this process cannot start Node itself. */
export class RemoteHosts {
  readonly #send: (message: FromEngine) => void;
  readonly #hosts = new Map<number, RemoteHost>();
  #lastId = 0;

  constructor(send: (message: FromEngine) => void) {
    this.#send = send;
  }

  readonly spawn: SpawnHost = (entry) => {
    const id = ++this.#lastId;
    const host = new RemoteHost(() => this.#send({ type: "host.kill", id }));
    this.#hosts.set(id, host);
    this.#send({
      type: "host.spawn",
      id,
      entry: basename(fileURLToPath(entry)),
      environment: hostEnvironment(),
    });
    return host;
  };

  opened(id: number, pid: number, port: MessagePortMain): void {
    this.#hosts.get(id)?.opened(pid, port);
  }

  exited(id: number, how: string): void {
    this.#hosts.get(id)?.exited(how);
    this.#hosts.delete(id);
  }
}

class RemoteHost implements HostProcess {
  readonly #kill: () => void;
  readonly #onMessage: ((message: unknown) => void)[] = [];
  readonly #onExit: ((how: string) => void)[] = [];
  #waiting: unknown[] = [];
  #port: MessagePortMain | null = null;
  #pid = -1;

  constructor(kill: () => void) {
    this.#kill = kill;
  }

  /** -1 until main has started it. */
  get pid(): number {
    return this.#pid;
  }

  send(message: unknown): void {
    if (this.#port === null) this.#waiting.push(message);
    // eslint-disable-next-line unicorn/require-post-message-target-origin -- a port between processes has no origin
    else this.#port.postMessage(message);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#onMessage.push(listener);
  }

  onExit(listener: (how: string) => void): void {
    this.#onExit.push(listener);
  }

  kill(): void {
    this.#kill();
  }

  opened(pid: number, port: MessagePortMain): void {
    this.#pid = pid;
    this.#port = port;
    port.on("message", ({ data }) => {
      for (const listener of this.#onMessage) listener(data);
    });
    port.start();
    for (const message of this.#waiting.splice(0)) this.send(message);
  }

  exited(how: string): void {
    this.#port?.close();
    for (const listener of this.#onExit.splice(0)) listener(how);
  }
}

import { CancelledError } from "../../../shared/errors/index.ts";
import { HostClient } from "./host-client.ts";
import type { HostRole } from "./host-entries.ts";
import type { HostSettings } from "./host-protocol.ts";
import type { SpawnHost } from "./spawn-host.ts";

export interface HostPoolOptions {
  readonly spawnHost: SpawnHost;
  readonly role: HostRole;
  /** Processes at most. */
  readonly size: number;
  readonly settings: HostSettings;
}

interface Waiting {
  readonly take: (host: HostClient) => void;
  readonly fail: (error: Error) => void;
}

/** Up to `size` hosts, each started when first needed, given one call at a time and replaced when dead. */
export class HostPool implements AsyncDisposable {
  readonly #options: HostPoolOptions;
  readonly #hosts = new Set<HostClient>();
  readonly #idle: HostClient[] = [];
  readonly #waiting: Waiting[] = [];
  #closed = false;

  constructor(options: HostPoolOptions) {
    this.#options = options;
  }

  /**
   * Runs one call on the next free host; `what` names the work in `sql_host_lost`. A host that may have been given
   * more memory than the others (`memory`) is ended afterwards: a process seldom gives all of it back.
   */
  async call(name: string, input: unknown, what: string, signal: AbortSignal, memory = 0): Promise<unknown> {
    const host = await this.#acquire(signal);
    try {
      return await host.call(name, input, what, signal);
    } finally {
      if (memory > this.#options.settings.limits.memory) host.retire();
      this.#release(host);
    }
  }

  pids(): readonly number[] {
    return [...this.#hosts].filter((host) => host.ended === null).map((host) => host.pid);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#waiting.splice(0)) waiting.fail(new CancelledError());
    for (const host of this.#hosts) host.kill();
    this.#hosts.clear();
    this.#idle.length = 0;
  }

  async #acquire(signal: AbortSignal): Promise<HostClient> {
    if (signal.aborted || this.#closed) throw new CancelledError();
    // Last in, first out: the warmest host, and the others may never be needed.
    for (let host = this.#idle.pop(); host; host = this.#idle.pop()) {
      if (host.ended === null) return host;
      this.#hosts.delete(host);
    }
    if (this.#hosts.size < this.#options.size) return this.#start();
    return await new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(new CancelledError());
      };
      const settle =
        <T>(next: (value: T) => void) =>
        (value: T) => {
          signal.removeEventListener("abort", giveUp);
          next(value);
        };
      const waiting: Waiting = { take: settle(resolve), fail: settle(reject) };
      this.#waiting.push(waiting);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  #start(): HostClient {
    const { spawnHost, role, settings } = this.#options;
    const host = new HostClient(spawnHost, role, settings);
    this.#hosts.add(host);
    return host;
  }

  #release(host: HostClient): void {
    if (this.#closed) return;
    const dead = host.ended !== null;
    if (dead) this.#hosts.delete(host);
    const next = this.#waiting.shift();
    if (next) next.take(dead ? this.#start() : host);
    else if (!dead) this.#idle.push(host);
  }
}

import { BugError, CancelledError, fromErrorData, HeadraceError } from "../../../shared/errors/index.ts";
import { hostEntry, type HostRole } from "./host-entries.ts";
import type { FromHost, HostSettings, ToHost } from "./host-protocol.ts";
import type { HostProcess, SpawnHost } from "./spawn-host.ts";

/** How long a query may ignore an interrupt before its process is killed. */
const interruptGraceMs = 2000;

interface Call {
  readonly id: number;
  readonly what: string;
  cancelled: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One host process as the engine sees it: one call at a time, each ended by an answer, a cancellation or its death. */
export class HostClient {
  readonly #process: HostProcess;
  #call: Call | null = null;
  #nextId = 1;
  #lastWords: string | null = null;
  /** How it ended, `null` while it runs. */
  ended: string | null = null;

  constructor(spawnHost: SpawnHost, role: HostRole, settings: HostSettings) {
    this.#process = spawnHost(hostEntry(role), { args: [] });
    this.#process.onMessage((message) => this.#receive(message as FromHost));
    this.#process.onExit((how) => this.#exited(how));
    this.#send({ type: "start", settings });
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** Runs one call; `what` names the work for the person. */
  async call(name: string, input: unknown, what: string, signal: AbortSignal): Promise<unknown> {
    if (signal.aborted) throw new CancelledError();
    if (this.#call !== null) throw new BugError("a host was given two calls at once");
    const id = this.#nextId++;
    let killTimer: NodeJS.Timeout | undefined;
    const cancel = () => {
      if (this.#call?.id !== id) return;
      this.#call.cancelled = true;
      this.#send({ type: "cancel", id });
      killTimer = setTimeout(() => this.kill(), interruptGraceMs);
    };
    try {
      return await new Promise((resolve, reject) => {
        this.#call = { id, what, cancelled: false, resolve, reject };
        if (this.ended !== null) return this.#exited(this.ended);
        signal.addEventListener("abort", cancel, { once: true });
        this.#send({ type: "call", id, name, input });
      });
    } finally {
      clearTimeout(killTimer);
      signal.removeEventListener("abort", cancel);
    }
  }

  /** Ends an idle host for good. */
  retire(): void {
    this.ended ??= "retired";
    this.kill();
  }

  kill(): void {
    this.#process.kill();
  }

  #send(message: ToHost): void {
    if (this.ended === null) this.#process.send(message);
  }

  #receive(message: FromHost): void {
    if (message.type === "ending") this.#lastWords = message.why;
    if (message.type !== "result" && message.type !== "error") return;
    const call = this.#call;
    if (call?.id !== message.id) return;
    this.#call = null;
    if (message.type === "error" && message.fatal) this.retire();
    if (call.cancelled) call.reject(new CancelledError());
    else if (message.type === "result") call.resolve(message.value);
    else call.reject(fromErrorData(message.error));
  }

  #exited(how: string): void {
    this.ended = how;
    const call = this.#call;
    if (call === null) return;
    this.#call = null;
    call.reject(call.cancelled ? new CancelledError() : lost(call.what, this.#lastWords ?? how));
  }
}

const lost = (node: string, how: string): HeadraceError =>
  new HeadraceError("sql_host_lost", { node, params: { node, how } });

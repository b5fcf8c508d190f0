import { BugError, CancelledError, HeadraceError, toHeadraceError } from "../../errors/index.ts";
import type {
  BinaryAnswer,
  BinaryName,
  CallName,
  ContractShape,
  InputOf,
  OutputOf,
  StreamName,
  UploadName,
} from "./entry.ts";
import { rebuildError, type ToHost, toWindowSchema } from "./messages.ts";
import type { Envelope, Port } from "./port.ts";

/** An open stream; `done` settles when it ends, fails or is cancelled (which is not an error). */
export interface Subscription extends Disposable {
  readonly done: Promise<void>;
  cancel(): void;
}

/** The host as the window sees it. Every call rejects with a HeadraceError; `host_gone` when the host went away. */
export interface Client<C extends ContractShape> {
  call<N extends CallName<C>>(name: N, input: InputOf<C, N>, signal?: AbortSignal): Promise<OutputOf<C, N>>;
  fetch<N extends BinaryName<C>>(
    name: N,
    input: InputOf<C, N>,
    signal?: AbortSignal,
  ): Promise<BinaryAnswer<OutputOf<C, N>>>;
  upload<N extends UploadName<C>>(
    name: N,
    input: InputOf<C, N>,
    bytes: Uint8Array,
    signal?: AbortSignal,
  ): Promise<OutputOf<C, N>>;
  subscribe<N extends StreamName<C>>(
    name: N,
    input: InputOf<C, N>,
    listener: (event: OutputOf<C, N>) => void,
  ): Subscription;
  onClose(listener: () => void): void;
  close(): void;
}

interface Pending {
  readonly name: string;
  readonly event: ((value: unknown) => void) | null;
  readonly resolve: (answer: { readonly value: unknown; readonly bytes: Uint8Array | null }) => void;
  readonly reject: (error: HeadraceError) => void;
}

/** A typed proxy of the host at the port's far end. */
export const connectContract = <C extends ContractShape>(contract: C, port: Port): Client<C> => {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let gone = false;

  const parse = (name: string, value: unknown): unknown => {
    const parsed = contract[name]?.output.safeParse(value);
    if (parsed?.success === true) return parsed.data;
    throw new BugError(`the answer to ${name} is not what the contract says: ${parsed?.error.message ?? ""}`);
  };

  const settle = (id: number, entry: Pending, envelope: Envelope): void => {
    const message = toWindowSchema.parse(envelope.message);
    if (message.kind === "event") return entry.event?.(parse(entry.name, message.value));
    pending.delete(id);
    if (message.kind === "error") return entry.reject(rebuildError(message.error));
    const value = message.kind === "reply" ? parse(entry.name, message.value) : null;
    return entry.resolve({ value, bytes: envelope.attachments[0] ?? null });
  };

  port.onMessage((envelope) => {
    const id = idOf(envelope.message);
    const entry = pending.get(id);
    if (entry === undefined) return;
    try {
      settle(id, entry, envelope);
    } catch (thrown) {
      pending.delete(id);
      entry.reject(toHeadraceError(thrown));
    }
  });
  port.onClose(() => {
    gone = true;
    for (const entry of pending.values()) entry.reject(new HeadraceError("host_gone"));
    pending.clear();
  });

  const request = (name: string, input: unknown, event: Pending["event"], attachments: readonly Uint8Array[] = []) => {
    const id = ++lastId;
    const send = (message: ToHost, beside: readonly Uint8Array[] = []): void =>
      port.send({ message, attachments: beside });
    const done = new Promise<{ readonly value: unknown; readonly bytes: Uint8Array | null }>((resolve, reject) => {
      if (gone) return reject(new HeadraceError("host_gone"));
      pending.set(id, { name, event, resolve, reject });
      return send({ kind: "request", id, name, input }, attachments);
    });
    const cancel = (): void => {
      const entry = pending.get(id);
      if (entry === undefined) return;
      pending.delete(id);
      entry.reject(new CancelledError());
      if (!gone) send({ kind: "cancel", id });
    };
    return { done, cancel };
  };

  const ask = async (
    name: string,
    input: unknown,
    signal: AbortSignal | undefined,
    attachments: readonly Uint8Array[] = [],
  ) => {
    if (signal?.aborted === true) throw new CancelledError();
    const { done, cancel } = request(name, input, null, attachments);
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await done;
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  };

  return {
    call: async (name, input, signal) => (await ask(name, input, signal)).value as never,
    async fetch(name, input, signal) {
      const { value, bytes } = await ask(name, input, signal);
      if (bytes === null) throw new BugError(`the answer to ${name} came without its bytes`);
      return { head: value as never, bytes };
    },
    upload: async (name, input, bytes, signal) => (await ask(name, input, signal, [bytes])).value as never,
    subscribe(name, input, listener) {
      const { done, cancel } = request(name, input, listener as (value: unknown) => void);
      const ended = done.then(
        () => undefined,
        (error: unknown) => {
          if (!(error instanceof CancelledError)) throw error;
        },
      );
      return { done: ended, cancel, [Symbol.dispose]: cancel };
    },
    onClose: (listener) => port.onClose(listener),
    close: () => port.close(),
  };
};

const idOf = (message: unknown): number =>
  typeof message === "object" && message !== null && "id" in message && typeof message.id === "number" ? message.id : 0;

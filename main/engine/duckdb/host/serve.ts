import { flushCompileCache } from "node:module";

import { toErrorData } from "../../../../shared/errors/index.ts";
import type { FromHost, HostSettings, ToHost } from "../host-protocol.ts";
import type { MemoryLimit } from "./memory.ts";
import { connectParent } from "./parent-port.ts";

/** One kind of call: its input as the engine sent it, and a signal for cancellation. */
export type CallHandler = (input: never, signal: AbortSignal) => Promise<unknown>;

type CallMessage = ToHost & { readonly type: "call" };

/** A started host: what it answers, and the limit it runs under. */
export interface Host {
  readonly calls: Readonly<Record<string, CallHandler>>;
  readonly memory: MemoryLimit;
}

/** Answers the engine's calls until it is gone. `open` makes the host once the settings are known. */
export const serve = (open: (settings: HostSettings) => Promise<Host>): void => {
  const parent = connectParent();
  const running = new Map<number, AbortController>();
  let opened: Promise<Host> | null = null;

  const answer = async (id: number, name: string, input: unknown, signal: AbortSignal): Promise<FromHost> => {
    try {
      const host = await opened;
      const call = host?.calls[name];
      if (call === undefined) throw new Error(`no call named ${name}`);
      using _watch = host!.memory.watch((why) => parent.send({ type: "ending", why }));
      return { type: "result", id, value: await call(input as never, signal) };
    } catch (thrown) {
      return { type: "error", id, error: toErrorData(thrown), fatal: isFatal(thrown) };
    }
  };

  const respond = async ({ id, name, input }: CallMessage): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    const reply = await answer(id, name, input, controller.signal);
    running.delete(id);
    parent.send(reply);
  };

  parent.onMessage((message) => {
    if (message.type === "start") {
      opened = open(message.settings);
      void keepCompiledCode(opened);
      return;
    }
    if (message.type === "cancel") return running.get(message.id)?.abort();
    void respond(message);
  });
};

/** A host is killed in the end, and would never come to writing what it compiled. */
const keepCompiledCode = async (opened: Promise<Host>): Promise<void> => {
  // Whoever calls first is told of a failure.
  await opened.catch(() => null);
  flushCompileCache();
};

/** After an internal error DuckDB may refuse everything that follows ("database has been invalidated"). */
const isFatal = (thrown: unknown): boolean => {
  if (!(thrown instanceof Error)) return false;
  return (
    /"exception_type":"(?:INTERNAL|FATAL)"|\b(?:INTERNAL|FATAL) Error/i.test(thrown.message) || isFatal(thrown.cause)
  );
};

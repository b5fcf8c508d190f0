import { toErrorData } from "../../../../shared/errors/index.ts";
import type { FromHost, HostSettings } from "../host-protocol.ts";
import { limitProcessMemory, watchMemory } from "./memory.ts";
import { connectParent } from "./parent-port.ts";

/** One kind of call: its input as the engine sent it, and a signal for cancellation. */
export type CallHandler = (input: never, signal: AbortSignal) => Promise<unknown>;

/** Answers the engine's calls until it is gone. `open` makes the handlers once the settings are known. */
export const serve = (open: (settings: HostSettings) => Promise<Readonly<Record<string, CallHandler>>>): void => {
  const parent = connectParent();
  const running = new Map<number, AbortController>();
  let handlers: Promise<Readonly<Record<string, CallHandler>>> | null = null;
  let memory = 0;

  const answer = async (id: number, name: string, input: unknown, signal: AbortSignal): Promise<FromHost> => {
    using _watch = watchMemory(memory, (why) => parent.send({ type: "ending", why }));
    try {
      const handler = (await handlers)?.[name];
      if (handler === undefined) throw new Error(`no call named ${name}`);
      return { type: "result", id, value: await handler(input as never, signal) };
    } catch (thrown) {
      return { type: "error", id, error: toErrorData(thrown) };
    }
  };

  parent.onMessage((message) => {
    if (message.type === "start") {
      memory = message.settings.limits.memory;
      handlers = open(message.settings).finally(() => limitProcessMemory(memory));
      handlers.then(
        () => parent.send({ type: "ready" }),
        () => {},
      );
      return;
    }
    if (message.type === "cancel") return running.get(message.id)?.abort();
    const controller = new AbortController();
    running.set(message.id, controller);
    void answer(message.id, message.name, message.input, controller.signal).then((reply) => {
      running.delete(message.id);
      parent.send(reply);
    });
  });
};

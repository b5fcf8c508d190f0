import { ProjectError, toErrorData } from "../../errors/index.ts";
import { z } from "zod";
import type { ContractShape, Entry, Handlers } from "./entry.ts";
import { toHostSchema, type ToHost, type ToWindow } from "./messages.ts";
import type { Envelope, Port } from "./port.ts";

/** Most requests of one window at a time; a stream counts while it is open. */
const maxLive = 1000;

type AnyHandler = (input: unknown, context: unknown, signal: AbortSignal, bytes: Uint8Array) => unknown;

type Request = ToHost & { readonly kind: "request" };

interface Live {
  readonly controller: AbortController;
}

/** Answers one window's requests with the handlers until its port closes, which aborts whatever is still going on. */
export const serveContract = <C extends ContractShape, Context>(
  contract: C,
  port: Port,
  handlers: Handlers<C, Context>,
  context: Context,
): void => {
  const live = new Map<number, Live>();
  const send = (message: ToWindow, attachments: readonly Uint8Array[] = []): void =>
    port.send({ message, attachments });

  const answer = async ({ id, name, input: given }: Request, bytes: Uint8Array, signal: AbortSignal): Promise<void> => {
    const entry = Object.hasOwn(contract, name) ? contract[name] : undefined;
    if (entry === undefined) throw new ProjectError("api_unknown_call", { params: { name } });
    const input = parseInput(entry, name, given);
    const handler = handlers[name as keyof C] as AnyHandler;
    if (entry.shape === "stream") {
      for await (const value of handler(input, context, signal, bytes) as AsyncIterable<unknown>) {
        if (signal.aborted) return;
        send({ kind: "event", id, value });
      }
      if (!signal.aborted) send({ kind: "end", id });
      return;
    }
    const value = await handler(input, context, signal, bytes);
    if (signal.aborted) return;
    if (entry.shape === "binary") {
      const binary = value as { readonly head: unknown; readonly bytes: Uint8Array };
      send({ kind: "reply", id, value: binary.head }, [binary.bytes]);
    } else send({ kind: "reply", id, value });
  };

  const begin = async (request: Request, bytes: Uint8Array): Promise<void> => {
    const controller = new AbortController();
    try {
      if (live.has(request.id))
        throw new ProjectError("api_bad_message", { params: { detail: "its number is in use" } });
      if (live.size >= maxLive) throw new ProjectError("api_too_many", { params: { limit: maxLive } });
      live.set(request.id, { controller });
      await answer(request, bytes, controller.signal);
    } catch (thrown) {
      // A cancelled request has nobody waiting for its error.
      if (!controller.signal.aborted) send({ kind: "error", id: request.id, error: toErrorData(thrown) as never });
    } finally {
      if (live.get(request.id)?.controller === controller) live.delete(request.id);
    }
  };

  port.onMessage((envelope) => {
    const message = parseMessage(envelope);
    if (message === null) {
      // Whatever sends this is not our client: nothing it says later can be trusted to be meant.
      port.close();
      return;
    }
    if (message.kind === "request") void begin(message, envelope.attachments[0] ?? new Uint8Array());
    else {
      live.get(message.id)?.controller.abort();
      live.delete(message.id);
    }
  });
  port.onClose(() => {
    for (const { controller } of live.values()) controller.abort();
    live.clear();
  });
};

const parseMessage = (envelope: Envelope): ToHost | null => toHostSchema.safeParse(envelope.message).data ?? null;

const parseInput = (entry: Entry, name: string, input: unknown): unknown => {
  const parsed = entry.input.safeParse(input);
  if (parsed.success) return parsed.data;
  const detail = z.prettifyError(parsed.error).replaceAll(/\s+/g, " ");
  throw new ProjectError("api_bad_input", { params: { name, detail } });
};

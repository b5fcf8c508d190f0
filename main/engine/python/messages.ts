import { z } from "zod";

const placeSchema = z.object({ file: z.string(), line: z.number(), column: z.number(), function: z.string() });

/** What a node's process and its supervisor say on the protocol's descriptor. */
const messageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("started"), confined: z.boolean(), python: z.string() }),
  z.object({ type: z.literal("log"), level: z.enum(["debug", "info", "warning", "error"]), text: z.string() }),
  z.object({ type: z.literal("progress"), fraction: z.number().nullable(), text: z.string() }),
  z.object({ type: z.literal("result"), rows: z.number(), written: z.boolean() }),
  z.object({ type: z.literal("discovered"), nodes: z.array(z.record(z.string(), z.unknown())) }),
  z.object({
    type: z.literal("error"),
    code: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
    place: placeSchema.nullable(),
    traceback: z.array(z.string()),
  }),
  z.object({
    type: z.literal("exit"),
    code: z.number().nullable(),
    signal: z.string().nullable(),
    killed: z.boolean(),
    memoryMb: z.number().nullable(),
    cpuSeconds: z.number().nullable(),
    leftBehind: z.number(),
  }),
]);
export type Message = z.output<typeof messageSchema>;
export type MessageOf<T extends Message["type"]> = Extract<Message, { readonly type: T }>;

/** A line as a message; `null` for anything else that was written there. */
export const parseMessage = (line: string): Message | null => {
  try {
    const parsed = messageSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

import { expect, it, vi } from "vitest";
import { z } from "zod";

import { CancelledError, ExecutorExecutionError } from "../../errors/index.ts";
import { connectContract } from "./client.ts";
import { binary, call, type Handlers, stream, upload } from "./entry.ts";
import { portPair } from "./port.ts";
import { serveContract } from "./server.ts";

const contract = {
  "math.double": call({ input: z.object({ n: z.number().default(2) }), output: z.number() }),
  "math.count": stream({ input: z.object({ to: z.number() }), event: z.number() }),
  "math.bytes": binary({ input: z.object({ n: z.number() }), head: z.object({ n: z.number() }) }),
  "math.sum": upload({ input: z.object({ from: z.number() }), output: z.number() }),
  "math.wait": call({ input: z.object({}), output: z.null() }),
  "math.fail": call({ input: z.object({}), output: z.null() }),
  "math.wrong": call({ input: z.object({}), output: z.number() }),
};

interface Context {
  readonly aborted: string[];
}

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new CancelledError())));

const handlers: Handlers<typeof contract, Context> = {
  "math.double": async ({ n }) => n * 2,
  async *"math.count"({ to }, context, signal) {
    for (let n = 1; n <= to; n++) yield n;
    if (to === 3) return;
    try {
      await untilAborted(signal);
    } finally {
      context.aborted.push("count");
    }
  },
  "math.bytes": async ({ n }) => ({ head: { n }, bytes: new Uint8Array(n).fill(7) }),
  "math.sum": async ({ from }, _context, _signal, bytes) => bytes.reduce((sum, byte) => sum + byte, from),
  async "math.wait"(_input, context, signal) {
    try {
      return await untilAborted(signal);
    } finally {
      context.aborted.push("wait");
    }
  },
  async "math.fail"() {
    const cause = new Error("Binder Error: no such column");
    throw new ExecutorExecutionError("output_missing", { node: "source.a", params: { node: "source.a" } }, { cause });
  },
  "math.wrong": async () => "text" as never,
};

const connect = () => {
  const [near, far] = portPair();
  const context: Context = { aborted: [] };
  serveContract(contract, far, handlers, context);
  return { client: connectContract(contract, near), near, far, context };
};

it("answers calls, with defaults filled in", async () => {
  const { client } = connect();
  expect(await Promise.all([client.call("math.double", { n: 21 }), client.call("math.double", {})])).toEqual([42, 4]);
});

it("carries bytes beside an answer", async () => {
  const { head, bytes } = await connect().client.fetch("math.bytes", { n: 3 });
  expect({ head, bytes: [...bytes] }).toEqual({ head: { n: 3 }, bytes: [7, 7, 7] });
});

it("carries bytes beside a question", async () => {
  expect(await connect().client.upload("math.sum", { from: 1 }, Uint8Array.of(2, 3))).toBe(6);
});

it("streams events until the host ends", async () => {
  const seen: number[] = [];
  await connect().client.subscribe("math.count", { to: 3 }, (n) => seen.push(n)).done;
  expect(seen).toEqual([1, 2, 3]);
});

it("rebuilds an error with its class, code, place and cause", async () => {
  const error = await connect()
    .client.call("math.fail", {})
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ExecutorExecutionError);
  expect(error).toMatchObject({ code: "output_missing", node: "source.a", cause: { message: /Binder/ } });
});

it.each([
  ["an unknown call", "math.nothing", {}, "api_unknown_call"],
  ["a name of Object's own", "constructor", {}, "api_unknown_call"],
  ["input of another shape", "math.double", { n: "two" }, "api_bad_input"],
  ["an answer that breaks the contract", "math.wrong", {}, "internal_error"],
])("refuses %s", async (_what, name, input, code) => {
  await expect(connect().client.call(name as "math.double", input as never)).rejects.toMatchObject({ code });
});

it("tells the handler when a caller cancels, and the caller at once", async () => {
  const { client, context } = connect();
  const controller = new AbortController();
  const waiting = client.call("math.wait", {}, controller.signal);
  const subscription = client.subscribe("math.count", { to: 1 }, () => undefined);
  await new Promise((resolve) => setTimeout(resolve, 5));
  controller.abort();
  subscription.cancel();
  await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
  await subscription.done;
  await vi.waitFor(() => expect(context.aborted.toSorted()).toEqual(["count", "wait"]));
});

it("says that the host is gone, now and later, and the host stops what nobody waits for", async () => {
  const { client, near, context } = connect();
  const waiting = client.call("math.wait", {});
  await new Promise((resolve) => setTimeout(resolve, 1));
  near.close();
  await expect(waiting).rejects.toMatchObject({ code: "host_gone" });
  await expect(client.call("math.double", {})).rejects.toMatchObject({ code: "host_gone" });
  await expect(client.subscribe("math.count", { to: 1 }, () => undefined).done).rejects.toMatchObject({
    code: "host_gone",
  });
  await vi.waitFor(() => expect(context.aborted).toEqual(["wait"]));
});

it("hangs up on whoever speaks something else", async () => {
  const [near, far] = portPair();
  serveContract(contract, far, handlers, { aborted: [] });
  const closed = vi.fn<() => void>();
  near.onClose(closed);
  near.send({ message: { kind: "request", id: "1" }, attachments: [] });
  await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
});

it("refuses more requests than anyone waits for", async () => {
  const { client } = connect();
  const waiting = Array.from({ length: 1000 }, () => client.call("math.wait", {}).catch((error: unknown) => error));
  await expect(client.call("math.double", {})).rejects.toMatchObject({ code: "api_too_many" });
  client.close();
  expect(await Promise.all(waiting)).toHaveLength(1000);
});

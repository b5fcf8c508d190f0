import { expect, it, vi } from "vitest";

import { afterWrites, readWhenWritten, writeCanvas } from "./write-canvas.ts";

const calls: { readonly label: string; readonly done: () => void }[] = [];
vi.mock("../api.ts", () => ({
  host: () => ({
    call: (_name: string, { label }: { readonly label: string }) =>
      new Promise<void>((resolve) => calls.push({ label, done: resolve })),
  }),
}));

/** Lets everything go on that can. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

it("writes one after another, and shows no file that is older than what was written", async () => {
  const first = writeCanvas({ groups: {} }, "first", null);
  const second = writeCanvas({ groups: {} }, "second", null);
  let file = "old";
  const shown: string[] = [];
  const reading = readWhenWritten(async () => file).then((text) => shown.push(text));
  await settle();
  expect([calls.map(({ label }) => label), shown]).toEqual([["first"], []]);
  calls[0]?.done();
  await first;
  await settle();
  expect([calls.map(({ label }) => label), shown]).toEqual([["first", "second"], []]);
  file = "new";
  calls[1]?.done();
  await Promise.all([second, reading]);
  expect(shown).toEqual(["new"]);
});

it("reads again when something was written while it read", async () => {
  calls.length = 0;
  const answers = ["older", "newer"];
  const found = readWhenWritten(async () => {
    const answer = answers.shift() ?? "";
    if (answer === "older") void writeCanvas({ notes: {} }, "note", null);
    return answer;
  });
  await settle();
  calls[0]?.done();
  expect(await found).toBe("newer");
});

it("takes back after what is on its way, and before what comes later, also when it fails", async () => {
  calls.length = 0;
  const order: string[] = [];
  const first = writeCanvas({ notes: {} }, "first", null).then(() => order.push("first"));
  const undone = afterWrites(async () => {
    order.push("undo");
    throw new Error("conflict");
  });
  const later = writeCanvas({ notes: {} }, "later", null).then(() => order.push("later"));
  await settle();
  expect([calls.map(({ label }) => label), order]).toEqual([["first"], []]);
  calls[0]?.done();
  await expect(undone).rejects.toThrow("conflict");
  await settle();
  expect(calls.map(({ label }) => label)).toEqual(["first", "later"]);
  calls[1]?.done();
  await Promise.all([first, later]);
  expect(order).toEqual(["first", "undo", "later"]);
});

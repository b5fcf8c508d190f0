import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ProjectError } from "../../shared/errors/index.ts";
import { TextBuffer } from "./text-buffer.ts";

/** A file that others write too. */
const fileOf = (text: string) => {
  const file = { text, version: 1, writes: 0 };
  const buffer = new TextBuffer({
    load: async () => ({ text: file.text, version: String(file.version) }),
    async save(next, version) {
      if (version !== String(file.version)) throw new ProjectError("edit_conflict", { params: { file: "a.sql" } });
      file.text = next;
      file.version++;
      file.writes++;
      return String(file.version);
    },
  });
  const elsewhere = (next: string): void => {
    file.text = next;
    file.version++;
  };
  return { file, buffer, elsewhere };
};

const statusOf = (buffer: TextBuffer) => buffer.state.getState().status;

describe("an editor's text", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is saved half a second after the last edit, once", async () => {
    const { file, buffer } = fileOf("select 1");
    await buffer.look();
    for (const text of ["select 2", "select 23", "select 234"]) buffer.edit(text);
    expect(statusOf(buffer)).toBe("waiting");
    await vi.advanceTimersByTimeAsync(499);
    expect(file.writes).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(file).toMatchObject({ text: "select 234", writes: 1 });
    expect(statusOf(buffer)).toBe("saved");
  });

  it("is saved within a second however long the typing goes on", async () => {
    const { file, buffer } = fileOf("");
    await buffer.look();
    for (let typed = 1; typed <= 10; typed++) {
      buffer.edit("x".repeat(typed));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(file.text.length).toBeGreaterThanOrEqual(9);
  });

  it("takes what others write while it is not edited", async () => {
    const { buffer, elsewhere } = fileOf("a");
    await buffer.look();
    elsewhere("b");
    await buffer.look();
    expect(buffer.state.getState()).toMatchObject({ text: "b", status: "saved" });
  });

  it.each([
    ["mine", "mine"],
    ["theirs", "theirs"],
  ] as const)("that others changed too is not written: both are shown, and %s is kept", async (choice, kept) => {
    const { file, buffer, elsewhere } = fileOf("a");
    await buffer.look();
    buffer.edit("mine");
    elsewhere("theirs");
    await buffer.flush();
    expect(file.text).toBe("theirs");
    expect(buffer.state.getState()).toMatchObject({ text: "mine", status: "conflict", theirs: { text: "theirs" } });
    await buffer.resolve(choice);
    expect(buffer.state.getState()).toMatchObject({ text: kept, status: "saved", theirs: null });
    expect(file.text).toBe(kept);
  });

  it.each([
    ["where nothing changed: saved", "1", false, { text: "typed", status: "saved" }, "typed"],
    ["on wish: compared", "1", true, { text: "typed", status: "conflict", theirs: { text: "a" } }, "a"],
    ["over another text: compared", "0", false, { text: "typed", status: "conflict", theirs: { text: "a" } }, "a"],
  ])("of an earlier window comes back, %s", async (_what, version, mustCompare, state, text) => {
    const { file, buffer } = fileOf("a");
    expect(await buffer.bringBack("typed", version, mustCompare)).toBe(true);
    expect(buffer.state.getState()).toMatchObject(state);
    expect(file.text).toBe(text);
    // Not decided about, it still is made from what it was made from.
    expect(buffer.version).toBe(file.text === "typed" ? "2" : version);
    if (text === "a") await buffer.resolve("mine");
    expect(file.text).toBe("typed");
  });

  it("typed on while a save is under way is saved after it", async () => {
    const { file, buffer } = fileOf("a");
    await buffer.look();
    buffer.edit("ab");
    const saving = buffer.flush();
    buffer.edit("abc");
    await saving;
    await vi.advanceTimersByTimeAsync(1000);
    expect(file).toMatchObject({ text: "abc", writes: 2 });
  });
});

import { readFile, truncate, writeFile } from "node:fs/promises";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { temporaryFolder, type TemporaryFolder } from "../../../test-support/temporary-folder.ts";
import { EditDesk } from "./edit-desk.ts";
import { versionOf } from "./project-file.ts";

const journal = "state/edits.log";

const open = (folder: TemporaryFolder, changed: (files: readonly string[]) => void = () => undefined): EditDesk =>
  new EditDesk(folder.root, folder.path(journal), changed);

const textOf = (folder: TemporaryFolder, file: string): Promise<string | null> => folder.read(file).catch(() => null);

/** Sets files to texts, from whatever they are now. */
const edit = async (
  desk: EditDesk,
  folder: TemporaryFolder,
  texts: Readonly<Record<string, string | null>>,
  group: string | null = null,
): Promise<void> => {
  const changes = await Promise.all(
    Object.entries(texts).map(async ([file, text]) => ({ file, from: versionOf(await textOf(folder, file)), text })),
  );
  await desk.apply({ label: `edit ${Object.keys(texts).join()}`, group, changes });
};

describe("undo and redo", () => {
  it("take every edit back and do it again, across restarts, creations and removals included", async () => {
    const files = ["a.yml", "pipelines/b.sql"] as const;
    const texts = fc.option(fc.string({ unit: fc.constantFrom("x", "y", "\n", "é😀"), maxLength: 12 }), { nil: null });
    const steps = fc.array(
      fc.oneof(
        fc.record({ type: fc.constant("edit" as const), file: fc.constantFrom(...files), text: texts }),
        fc.record({ type: fc.constantFrom("undo" as const, "redo" as const, "restart" as const) }),
      ),
      { maxLength: 15 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        await using folder = await temporaryFolder();
        let desk = open(folder);
        let model: Readonly<Record<string, string | null>> = { [files[0]]: null, [files[1]]: null };
        const past: (typeof model)[] = [];
        const future: (typeof model)[] = [];
        for (const step of list) {
          if (step.type === "edit") {
            if (model[step.file] === step.text) continue;
            past.push(model);
            future.length = 0;
            model = { ...model, [step.file]: step.text };
            await edit(desk, folder, { [step.file]: step.text });
          } else if (step.type === "restart") {
            await desk[Symbol.asyncDispose]();
            desk = open(folder);
          } else {
            const [from, to] = step.type === "undo" ? [past, future] : [future, past];
            const next = from.pop();
            const label = await desk[step.type]();
            if ((label === null) !== (next === undefined)) throw new Error(`${step.type} did ${label}`);
            if (next !== undefined) {
              to.push(model);
              model = next;
            }
          }
          for (const file of files) expect(await textOf(folder, file)).toBe(model[file]);
        }
        await desk[Symbol.asyncDispose]();
      }),
      { numRuns: 40 },
    );
  });

  it("treat edits of one group in a row as one", async () => {
    await using folder = await temporaryFolder({ "a.sql": "select 1" });
    await using desk = open(folder);
    for (const text of ["select 12", "select 123"]) await edit(desk, folder, { "a.sql": text }, "typing");
    await edit(desk, folder, { "a.sql": "select 1234" }, "typing elsewhere");
    await desk.undo();
    expect(await folder.read("a.sql")).toBe("select 123");
    await desk.undo();
    expect(await folder.read("a.sql")).toBe("select 1");
    await desk.redo();
    expect(await folder.read("a.sql")).toBe("select 123");
  });

  it("leave what another program wrote elsewhere in the file", async () => {
    const before = "kind: transform\nname: a\ntransform: select 1\n";
    await using folder = await temporaryFolder({ "a.yml": before });
    await using desk = open(folder);
    await edit(desk, folder, { "a.yml": before.replace("select 1", "select 2") });
    await writeFile(folder.path("a.yml"), `# mine\n${before.replace("select 1", "select 2")}owner: me\n`);
    await desk.undo();
    expect(await folder.read("a.yml")).toBe(`# mine\n${before}owner: me\n`);
    await desk.redo();
    expect(await folder.read("a.yml")).toBe(`# mine\n${before.replace("select 1", "select 2")}owner: me\n`);
  });

  it("refuse where another program changed the same place, and change nothing", async () => {
    await using folder = await temporaryFolder({ "a.yml": "a: 1\n" });
    await using desk = open(folder);
    await edit(desk, folder, { "a.yml": "a: 2\n" });
    await writeFile(folder.path("a.yml"), "b: 3\n");
    await expect(desk.undo()).rejects.toMatchObject({ code: "edit_conflict", params: { file: "a.yml" } });
    expect(await folder.read("a.yml")).toBe("b: 3\n");
    expect((await desk.state()).undo).toBe("edit a.yml");
  });
});

describe("a step that meets another program's edit", () => {
  const conflicting = async (folder: TemporaryFolder): Promise<EditDesk> => {
    const desk = open(folder);
    await edit(desk, folder, { "a.yml": "a: 2\n" }, "drag");
    await edit(desk, folder, { "b.yml": "b: 2\n" }, "drag");
    await writeFile(folder.path("a.yml"), "mine\n");
    return desk;
  };

  it("takes nothing of its group back, and shows both sides", async () => {
    await using folder = await temporaryFolder({ "a.yml": "a: 1\n", "b.yml": "b: 1\n" });
    await using desk = await conflicting(folder);
    await expect(desk.undo()).rejects.toMatchObject({ code: "edit_conflict", params: { file: "a.yml" } });
    expect(await folder.read("b.yml")).toBe("b: 2\n");
    expect(await desk.conflicts("undo")).toEqual([
      { file: "a.yml", now: "mine\n", wanted: "a: 1\n", expected: "a: 2\n" },
    ]);
  });

  it("can be gone past, what others wrote left as it is", async () => {
    await using folder = await temporaryFolder({ "a.yml": "a: 1\n", "b.yml": "b: 1\n" });
    {
      await using before = open(folder);
      await edit(before, folder, { "b.yml": "b: 0\n" });
    }
    await using desk = await conflicting(folder);
    await desk.undo(true);
    expect([await folder.read("a.yml"), await folder.read("b.yml")]).toEqual(["mine\n", "b: 0\n"]);
    expect((await desk.state()).history.map(({ undone }) => undone)).toEqual([false, true, true]);
  });

  it("is jumped to in one go, there and back", async () => {
    await using folder = await temporaryFolder({ "a.yml": "0" });
    await using desk = open(folder);
    for (const text of ["1", "2", "3"]) await edit(desk, folder, { "a.yml": text });
    await desk.jump(1);
    expect(await folder.read("a.yml")).toBe("1");
    await desk.jump(3);
    expect(await folder.read("a.yml")).toBe("3");
    await desk.jump(0);
    expect(await folder.read("a.yml")).toBe("0");
  });
});

describe("an edit", () => {
  it("is refused whole when one file is another version by now", async () => {
    await using folder = await temporaryFolder({ "a.yml": "1", "b.yml": "1" });
    await using desk = open(folder);
    const changes = [
      { file: "a.yml", from: versionOf("1"), text: "2" },
      { file: "b.yml", from: versionOf("0"), text: "2" },
    ];
    await expect(desk.apply({ label: "both", changes })).rejects.toMatchObject({ code: "edit_conflict" });
    expect(await folder.read("a.yml")).toBe("1");
  });

  it.each(["../outside.yml", "/etc/passwd", "target/run_state.json", "a/../../b.yml", ".git/config"])(
    "cannot reach %s",
    async (file) => {
      await using folder = await temporaryFolder();
      await using desk = open(folder);
      const apply = desk.apply({ label: "out", changes: [{ file, from: null, text: "x" }] });
      await expect(apply).rejects.toMatchObject({ code: "file_outside_project" });
    },
  );

  it("tells which files it wrote", async () => {
    await using folder = await temporaryFolder();
    const told: string[] = [];
    await using desk = open(folder, (files) => told.push(...files));
    await edit(desk, folder, { "a.yml": "1", "b.yml": "2" });
    expect(told).toEqual(["a.yml", "b.yml"]);
  });
});

describe("after a kill", () => {
  it("what was in the journal is in the files, whole; what was not is as it was", async () => {
    await using made = await temporaryFolder({ "a.yml": "a0\n", "b.yml": "b0\n" });
    {
      await using desk = open(made);
      await edit(desk, made, { "a.yml": "a1\n", "b.yml": "b1\n" });
      await edit(desk, made, { "a.yml": "a2\n", "b.yml": null });
    }
    const bytes = await readFile(made.path(journal));
    const lines = bytes.toString().split("\n").slice(0, -1);
    const states: Readonly<Record<string, string | null>>[] = [
      { "a.yml": "a0\n", "b.yml": "b0\n" },
      { "a.yml": "a1\n", "b.yml": "b1\n" },
      { "a.yml": "a2\n", "b.yml": null },
    ];
    expect(lines).toHaveLength(4);
    // Cut within and between the lines; at each cut, every subset of the files that the operation may have reached.
    for (let whole = 0; whole <= lines.length; whole++) {
      for (const extra of [0, 20]) {
        const done = Math.ceil(whole / 2);
        const isUnfinished = whole % 2 === 1;
        for (const reached of isUnfinished ? [[], ["a.yml"], ["a.yml", "b.yml"]] : [["a.yml", "b.yml"]]) {
          const length =
            Buffer.byteLength(
              lines
                .slice(0, whole)
                .map((line) => `${line}\n`)
                .join(""),
            ) + extra;
          await using folder = await temporaryFolder({ [journal]: bytes });
          await truncate(folder.path(journal), Math.min(length, bytes.length));
          for (const file of ["a.yml", "b.yml"]) {
            const text = states[reached.includes(file) ? done : Math.max(0, done - 1)]?.[file] ?? null;
            if (text !== null) await folder.write({ [file]: text });
          }
          await using desk = open(folder);
          await desk.state();
          expect(await textOf(folder, "a.yml")).toBe(states[done]?.["a.yml"]);
          expect(await textOf(folder, "b.yml")).toBe(states[done]?.["b.yml"]);
          while ((await desk.undo()) !== null);
          expect(await textOf(folder, "a.yml")).toBe("a0\n");
          expect(await textOf(folder, "b.yml")).toBe("b0\n");
        }
      }
    }
  });
});

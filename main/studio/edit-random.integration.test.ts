import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import fc from "fast-check";
import { expect, it } from "vitest";

import type { EditCommand } from "../../shared/api/index.ts";
import { paid, total } from "../../test-support/studio-window.ts";
import { testStudio } from "../../test-support/test-studio.ts";

const { openWindow } = testStudio();

const scored = `from headrace import transform


@transform(name="scored", inputs=["transform.paid"], tags=["silver"])  # kept
def scored(ctx):
    # kept too
    return ctx.ref("transform.paid")
`;
const canvas = "# mine\npositions:\n  source.orders: [1, 2] # kept\n";

/** Every file that an edit can reach, with its bytes. */
const snapshot = async (root: string): Promise<Readonly<Record<string, string>>> => {
  const found: Record<string, string> = {};
  for (const name of (await readdir(root, { recursive: true })).toSorted()) {
    if (name.split("/")[0] === "target") continue;
    if ((await stat(join(root, name))).isFile()) found[name] = await readFile(join(root, name), "latin1");
  }
  return found;
};

const ids = ["source.orders", "transform.paid", "transform.total", "transform.scored", "transform.fresh"] as const;
const id = fc.constantFrom(...ids);
const name = fc.constantFrom("paid", "fresh", "other", "total");
const command: fc.Arbitrary<EditCommand> = fc.oneof(
  fc.record({
    type: fc.constant("set" as const),
    node: id,
    path: fc.constantFrom("tags", "description", "enabled", "pinned").map((key) => [key]),
    value: fc.constantFrom<EditValue>(["a", "b"], "some text # not a comment", false, true),
  }),
  fc.record({
    type: fc.constant("unset" as const),
    node: id,
    path: fc.constantFrom<(string | number)[]>(["tags"], ["inputs", 0]),
  }),
  fc.record({
    type: fc.constant("add" as const),
    kind: fc.constant("transform"),
    name,
    config: fc.constant({ transform: "select 1 as id\n" }),
    file: fc.constantFrom(null, "pipelines/silver.yml"),
  }),
  fc.record({
    type: fc.constant("remove" as const),
    nodes: fc.array(id, { minLength: 1, maxLength: 2 }),
    heal: fc.boolean(),
  }),
  fc.record({ type: fc.constantFrom("connect" as const, "disconnect" as const), from: id, to: id }),
  fc.record({ type: fc.constant("rename" as const), node: id, name }),
  fc.record({ type: fc.constant("reroute" as const), reader: id, from: id, to: id }),
  fc.record({
    type: fc.constant("place" as const),
    positions: fc.dictionary(id, fc.record({ x: fc.nat(99), y: fc.nat(99) }), { maxKeys: 2 }),
  }),
  fc.record({
    type: fc.constant("paste" as const),
    text: fc.constantFrom(paid, `${paid}---\n${total}`),
    keepInputs: fc.boolean(),
  }),
);
type EditValue = string | boolean | string[];

it("whatever is edited, undoing all of it gives back every byte; comments outlive what does not remove them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(command, { minLength: 1, maxLength: 3 }), { maxLength: 6 }), async (edits) => {
      await using window = await openWindow({ "pipelines/scored.py": scored, "canvas.yml": canvas });
      const before = await snapshot(window.folder.root);
      let made = 0;
      let refusedAndWritten = false;
      let isRemoved = false;
      for (const commands of edits) {
        const now = await snapshot(window.folder.root);
        try {
          await window.edit(...commands);
          isRemoved ||= commands.some(({ type }) => type === "remove");
          if (JSON.stringify(await snapshot(window.folder.root)) !== JSON.stringify(now)) made++;
        } catch {
          refusedAndWritten ||= JSON.stringify(await snapshot(window.folder.root)) !== JSON.stringify(now);
        }
      }
      expect(refusedAndWritten).toBe(false);
      const after = Object.values(await snapshot(window.folder.root)).join("\n");
      const comments = isRemoved ? [] : ["# The till's orders.", "# the key", "-- only what was paid", "# kept too"];
      expect(comments.filter((comment) => !after.includes(comment))).toEqual([]);
      for (let step = 0; step < made; step++) await window.client.call("edit.undo", {});
      expect(await window.client.call("edit.undo", {})).toEqual({ label: null });
      expect(await snapshot(window.folder.root)).toEqual(before);
      // And all of it again, in one jump to the last edit.
      const { history } = await window.client.call("edit.history", {});
      await window.client.call("edit.jump", { id: history.at(-1)?.id ?? 0 });
      await window.client.call("edit.jump", { id: 0 });
      expect(await snapshot(window.folder.root)).toEqual(before);
    }),
    { numRuns: 10 },
  );
});

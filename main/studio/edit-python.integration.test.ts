import { describe, expect, it } from "vitest";

import type { EditCommand } from "../../shared/api/index.ts";
import { testStudio } from "../../test-support/test-studio.ts";

const { openWindow } = testStudio();

const scored = `# /// script
# dependencies = ["pandas"]
# ///
"""Scores."""
from headrace import materialize, transform

LIMIT = 5


@transform(name="scored", inputs=["transform.paid"], tags=["silver"])  # the score
def scored(ctx):
    # amounts only
    return ctx.ref("transform.paid")


@transform(
    name="spread",  # its name
    inputs=[
        "transform.paid",  # paid ones
    ],
    params={"limit": LIMIT},
)
@materialize(type="csv", path="out.csv")
def spread(ctx):
    return ctx.ref("transform.paid")
`;
const file = "pipelines/scored.py";
const id = "transform.scored";

describe("a node in Python", () => {
  const cases: [string, EditCommand, (code: string) => string][] = [
    [
      "is renamed",
      { type: "rename", node: id, name: "rated" },
      (code) => code.replace('name="scored"', 'name="rated"'),
    ],
    [
      "gets another list",
      { type: "set", node: id, path: ["tags"], value: ["silver", "daily"] },
      (code) => code.replace('tags=["silver"]', 'tags=["silver", "daily"]'),
    ],
    [
      "gets a further argument",
      { type: "set", node: id, path: ["enabled"], value: false },
      (code) => code.replace('tags=["silver"])', 'tags=["silver"], enabled=False)'),
    ],
    ["loses an argument", { type: "unset", node: id, path: ["tags"] }, (code) => code.replace(', tags=["silver"]', "")],
    [
      "is connected",
      { type: "connect", from: "source.orders", to: id },
      (code) => code.replace('inputs=["transform.paid"]', 'inputs=["transform.paid", "source.orders"]'),
    ],
    [
      "gets a target",
      {
        type: "set",
        node: id,
        path: ["materializations"],
        value: [{ type: "postgresql", table: "public.scored", mode: "upsert_by_key", unique_keys: ["id"] }],
      },
      (code) =>
        code.replace(
          'tags=["silver"])',
          'tags=["silver"], materializations=[{"type": "postgresql", "table": "public.scored", "mode": "upsert_by_key", "unique_keys": ["id"]}])',
        ),
    ],
    [
      "is removed with its decorators alone",
      { type: "remove", nodes: [id] },
      (code) => code.slice(0, code.indexOf("@transform(name")) + code.slice(code.indexOf("@transform(\n")),
    ],
  ];
  it.each(cases)(
    "%s by the smallest edit of its file, and undo gives back every byte",
    async (_what, command, edited) => {
      const plain = scored.replace("LIMIT}", "5}");
      await using window = await openWindow({ [file]: plain });
      await window.edit(command);
      expect(await window.folder.read(file)).toBe(edited(plain));
      await window.client.call("edit.undo", {});
      expect(await window.folder.read(file)).toBe(plain);
    },
  );

  it("keeps what its @materialize said when a target is changed", async () => {
    const plain = scored.replace("LIMIT}", "5}");
    await using window = await openWindow({ [file]: plain });
    await window.edit({
      type: "set",
      node: "transform.spread",
      path: ["materializations", 0, "path"],
      value: "other.csv",
    });
    expect(await window.folder.read(file)).toBe(
      plain
        .replace('@materialize(type="csv", path="out.csv")\n', "")
        .replace('"limit": 5},\n', '"limit": 5},\n    materializations=[{"type": "csv", "path": "other.csv"}],\n'),
    );
  });

  it("refuses to write over an argument with a comment inside", async () => {
    const code = scored.replace("LIMIT}", "5}");
    await using window = await openWindow({ [file]: code });
    const command: EditCommand = { type: "set", node: "transform.spread", path: ["inputs"], value: ["source.orders"] };
    await expect(window.edit(command)).rejects.toMatchObject({ code: "edit_python_computed" });
    expect(await window.folder.read(file)).toBe(code);
  });

  it("is copied as YAML that names its function", async () => {
    await using window = await openWindow({ [file]: scored.replace("LIMIT}", "5}") });
    const { text } = await window.client.call("edit.copy", { nodes: [id, "transform.paid"] });
    expect(text).toContain(`file: ${file}\nfunction: scored\n---\nkind: transform\nname: paid\ntags: [silver] # kept`);
  });
});

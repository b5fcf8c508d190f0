import { describe, expect, it } from "vitest";

import type { TableRef } from "../../../shared/table/index.ts";
import { never, transform, viewOf } from "../../../test-support/projects/odd-tables.ts";
import { temporaryProject } from "../../../test-support/temporary-project.ts";

describe("differences", () => {
  it("count what moved, by a key that tells the rows apart", async () => {
    await using own = await temporaryProject({
      "pipelines/a.yml": transform(
        "a",
        "select * from (values (1, 'x', 1.0), (2, 'y', 2.0), (3, 'z', 3.0)) t(id, name, v)",
      ),
    });
    await own.run();
    const engine = await own.engine();
    await expect(engine.tables.difference("transform.a", null, never)).rejects.toMatchObject({
      code: "difference_none",
    });
    await own.write({
      "pipelines/a.yml": transform(
        "a",
        "select * from (values (1, 'x', 1.5), (3, 'z', 3.0), (4, null, 4.0)) t(id, name, v)",
      ),
    });
    await own.run();
    const facts = await engine.tables.difference("transform.a", null, never);
    expect(facts).toMatchObject({ keys: ["id"], keysFrom: "found", added: 1, removed: 1, changed: 1 });
    expect(facts.columns.map(({ name, changed }) => [name, changed])).toEqual([
      ["id", 0],
      ["name", 0],
      ["v", 1],
    ]);
    const table: TableRef = { type: "difference", node: "transform.a", keys: ["id"] };
    const wanted = { offset: 0, limit: 10, columns: null, longest: null };
    const page = await engine.tables.rows(table, viewOf({}), wanted, never);
    expect(page.columns.map(({ name }) => name)).toEqual(["change", "id", "name", "v", "v (before)"]);
    expect(page.rows).toEqual([
      ["changed", "1", "x", "1.5", "1.0"],
      ["removed", "2", "y", "2.0", null],
      ["added", "4", null, "4.0", null],
    ]);
    expect(await engine.tables.difference("transform.a", [], never)).toMatchObject({
      added: 2,
      removed: 2,
      changed: null,
    });
  });
});

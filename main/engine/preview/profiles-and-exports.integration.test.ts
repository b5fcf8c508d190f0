import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

import { never, node, oddTables, viewOf } from "../../../test-support/projects/odd-tables.ts";

const shown = oddTables();

describe("profiles", () => {
  it("tell what a file knows, then a sample, then all", async () => {
    const table = node("transform.many");
    const at = async (scope: "metadata" | "sample" | "all") =>
      (await shown.tables.profile(table, [0, 1, 2], scope, never)).columns;
    expect((await at("metadata"))[0]).toMatchObject({ nulls: 0, nullsOf: 700_000, rows: 0, bins: [] });
    const [id, name] = await at("sample");
    expect(id).toMatchObject({ rows: 100_000, nullsOf: 700_000 });
    expect(id?.bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(100_000);
    expect(name?.top).toHaveLength(8);
    const [all] = await at("all");
    expect(all).toMatchObject({ rows: 700_000, min: "0", max: "699999" });
  });

  it("hold for infinities, dates and NULL", async () => {
    const { columns } = await shown.tables.profile(node("transform.odd"), [0, 1, 2, 3, 4, 5, 6, 7, 8], "all", never);
    expect(columns.map(({ nulls, distinct }) => [nulls, distinct])).toEqual([
      [1, 4],
      [1, 4],
      [1, 4],
      [1, 4],
      [2, 2],
      [1, 4],
      [1, 4],
      [1, 4],
      [1, 4],
    ]);
    expect(columns[5]?.bins).toEqual([{ from: "1.5", to: "1.5", rows: 1 }]);
    expect(columns[4]?.top).toEqual([
      { value: "true", rows: 2 },
      { value: "false", rows: 1 },
    ]);
  });
});

describe("exports", () => {
  const view = viewOf({ sort: [{ column: "big", descending: true }] });
  it("are CSV that tells NULL from an empty text, in the view's order", async () => {
    const { file, rows } = await shown.tables.export(
      node("transform.odd"),
      view,
      { columns: [0, 3], format: "csv" },
      never,
    );
    expect(rows).toBe(5);
    expect(await readFile(file, "utf8")).toBe('big,text\n9007199254740993,a\n7,"it\'s ""A"" %_"\n2,  \n-1,""\n,\n');
  });
  it("are parquet and sheets", async () => {
    const parquet = await shown.tables.export(node("transform.odd"), view, { columns: null, format: "parquet" }, never);
    expect((await readFile(parquet.file)).subarray(0, 4).toString()).toBe("PAR1");
    const sheet = await shown.tables.export(node("transform.odd"), view, { columns: null, format: "xlsx" }, never);
    expect((await readFile(sheet.file)).subarray(0, 2).toString()).toBe("PK");
    await expect(
      shown.tables.export(node("transform.many"), viewOf({}), { columns: null, format: "xlsx" }, never),
    ).rejects.toMatchObject({ code: "export_too_large" });
  });
});

import { mkdir } from "node:fs/promises";
import { expect, it } from "vitest";

import { temporaryFolder } from "../../../test-support/temporary-folder.ts";
import { findFiles } from "./files.ts";

const names = async (root: string, path: string) => (await findFiles("source.a", root, path)).map(({ name }) => name);

it("sorts the files of a glob and calls them by their place in the project", async () => {
  await using folder = await temporaryFolder({ "d/b.csv": "", "d/a.csv": "", "d/sub/c.csv": "", "d/x.txt": "" });
  expect(await names(folder.root, "d/*.csv")).toEqual(["d/a.csv", "d/b.csv"]);
  expect(await names(folder.root, "d/**/*.csv")).toEqual(["d/a.csv", "d/b.csv", "d/sub/c.csv"]);
  expect(await names(folder.root, folder.path("d", "a.csv"))).toEqual(["d/a.csv"]);
});

it("does not mind brackets in the path of the project", async () => {
  await using folder = await temporaryFolder({ "my [old] project/d/a.csv": "" });
  expect(await names(folder.path("my [old] project"), "d/*.csv")).toEqual(["d/a.csv"]);
});

it("takes a name with brackets as it is when there is such a file", async () => {
  await using folder = await temporaryFolder({ "d/a[1].csv": "" });
  expect(await names(folder.root, "d/a[1].csv")).toEqual(["d/a[1].csv"]);
});

it.each([
  ["data/ordres.csv", "Did you mean data/orders.csv?"],
  ["data/*.parquet", "data holds items.json, orders.csv."],
  ["dta/orders.csv", "Did you mean data?"],
])("says what is there instead of %s", async (path, next) => {
  await using folder = await temporaryFolder({ "data/orders.csv": "", "data/items.json": "" });
  await expect(findFiles("source.a", folder.root, path)).rejects.toMatchObject({ code: "source_file_missing", next });
});

it("asks for a glob where a folder is named", async () => {
  await using folder = await temporaryFolder();
  await mkdir(folder.path("data"));
  await expect(findFiles("source.a", folder.root, "data")).rejects.toMatchObject({
    code: "source_file_unreadable",
    next: "Name its files with a glob, e.g. data/*.",
  });
});

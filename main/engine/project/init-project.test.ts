import { existsSync } from "node:fs";

import { expect, it } from "vitest";

import { analyzeHere } from "../../../test-support/loaded-project.ts";
import { temporaryFolder } from "../../../test-support/temporary-folder.ts";
import { findProjectRoot, initProject, loadProject } from "./index.ts";

it("makes a project that loads without a problem", async () => {
  await using folder = await temporaryFolder();
  const written = initProject(folder.root, { name: "My shop: 2024" });
  expect(written).toEqual([
    ".gitignore",
    "data/orders.csv",
    "headrace.yml",
    "pipelines/daily_sales.yml",
    "pipelines/orders.yml",
    "profiles.example.yml",
  ]);
  expect(findProjectRoot(folder.path("pipelines"))).toBe(folder.root);
  const project = await loadProject({
    root: folder.root,
    environment: {},
    dataDir: folder.path(".data"),
    analyze: analyzeHere,
  });
  expect(project.problems).toEqual([]);
  expect(project.settings.name).toBe("My shop: 2024");
  expect([...project.nodes.keys()]).toEqual(["source.orders", "transform.daily_sales"]);
});

it("overwrites nothing and leaves nothing half made", async () => {
  await using folder = await temporaryFolder({ "data/orders.csv": "mine" });
  expect(() => initProject(folder.root)).toThrow(expect.objectContaining({ code: "project_exists" }));
  expect(await folder.read("data/orders.csv")).toBe("mine");
  expect(existsSync(folder.path("headrace.yml"))).toBe(false);
});

it("refuses to make a project inside a Seeknal project's folder", async () => {
  await using folder = await temporaryFolder({ "seeknal_project.yml": "name: old\n" });
  expect(() => initProject(folder.root)).toThrow(/seeknal_project.yml/);
});

it("keeps a .gitignore that is there", async () => {
  await using folder = await temporaryFolder({ ".gitignore": "mine\n" });
  initProject(folder.root);
  expect(await folder.read(".gitignore")).toBe("mine\n");
});

it("says where it looked when there is no project", async () => {
  await using folder = await temporaryFolder();
  expect(() => findProjectRoot(folder.root)).toThrow(expect.objectContaining({ code: "project_not_found" }));
});

import { expect, it } from "vitest";

import { projectFolder } from "../../../test-support/loaded-project.ts";

const node = (target: string): string =>
  `kind: transform\nname: a\ntransform: select 1 as id\nmaterializations:\n  - ${target}\n`;

it.each([
  ["{ type: postgresql, table: a.b, mode: upsert_by_key }", "target_option_missing"],
  ["{ type: postgresql, table: a.b.c }", "postgres_name_invalid"],
  ["{ type: csv, path: a.csv, mode: append }", "target_option_refused"],
  ["{ type: csv }", "target_option_missing"],
])("%s is found before anything runs, with its place", async (target, code) => {
  await using folder = await projectFolder({ "pipelines/a.yml": node(target) });
  const { problems } = await folder.load();
  expect(problems).toMatchObject([{ code, node: "transform.a", location: { file: "pipelines/a.yml", line: 5 } }]);
});

it("a type of target that is not there fails its own node, not the project", async () => {
  await using folder = await projectFolder({ "pipelines/a.yml": node("{ type: iceberg, table: a.b }") });
  const { problems } = await folder.load();
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
});

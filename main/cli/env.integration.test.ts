import { expect, it } from "vitest";

import { runCli } from "../../test-support/run-cli.ts";
import { temporaryFolder } from "../../test-support/temporary-folder.ts";
import { testDataDir } from "../../test-support/temporary-project.ts";

it("builds and lists the environments of Python nodes, one for those that ask for the same", async () => {
  const node = (name: string) =>
    `from headrace import transform\n\n@transform(name="${name}")\ndef ${name}(ctx):\n    return ctx.duckdb.sql("select 1 as n")\n`;
  await using folder = await temporaryFolder({
    "headrace.yml": "name: shop\n",
    "pipelines/a.py": node("a"),
    "pipelines/b.py": node("b"),
  });
  const env = (...args: readonly string[]) =>
    runCli(["env", ...args], { cwd: folder.root, environment: { HEADRACE_HOME: testDataDir } });

  const built = await env("build");
  expect(built).toMatchObject({ code: 0, stderr: "" });
  expect(built.stdout).toMatch(/ok +Python environment +\d packages for a, b/);

  const listed = (await env("list", "--json")).stdout.trimEnd().split("\n");
  expect(listed).toHaveLength(1);
  expect(JSON.parse(listed[0] ?? "")).toMatchObject({ built: true, nodes: ["transform.a", "transform.b"] });
  expect((await env("list")).stdout).toMatch(/[0-9a-f]{12} +yes +\d+ MB +\d +transform\.a, transform\.b/);
  expect((await env("clean", "--dry-run")).code).toBe(0);
}, 300_000);

it("says so where no node needs Python", async () => {
  await using folder = await temporaryFolder({ "headrace.yml": "name: shop\n" });
  const options = { cwd: folder.root, environment: { HEADRACE_HOME: testDataDir } };
  expect((await runCli(["env", "list"], options)).stdout).toBe("No node of this project needs Python.\n");
});

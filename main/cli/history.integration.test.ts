import { expect, it } from "vitest";

import { runCli } from "../../test-support/run-cli.ts";
import { temporaryFolder } from "../../test-support/temporary-folder.ts";

const node = (name: string, sql: string): string => `kind: transform\nname: ${name}\ntransform: ${sql}\n`;

it("history tells of up-to-date nodes too, and compares two runs", async () => {
  await using folder = await temporaryFolder({
    "headrace.yml": "name: shop\n",
    "pipelines/a.yml": node("a", "select range as id from range(3)"),
    "pipelines/b.yml": node("b", "select count(*) as n from transform.a"),
    "pipelines/c.yml": node("c", "select 1 as one"),
  });
  const at = { cwd: folder.root };
  const run = (id: string) => runCli(["run", "--run-id", id], at);
  await run("first");
  await run("idle");
  await folder.write({ "pipelines/a.yml": node("a", "select range as id, 'x' as note from range(5)") });
  await run("grown");
  await folder.write({ "pipelines/b.yml": node("b", "select cast(max(note) as integer) as n from transform.a") });
  await run("broken");

  const idle = (await runCli(["history", "idle"], at)).stdout;
  expect(idle).toMatch(/cached +transform\.a +.*up to date/);
  expect(idle).toMatch(/cached +transform\.c/);
  expect(idle).toContain("0 ran, 3 cached, 0 failed in ");

  const { stdout } = await runCli(["history", "idle", "grown"], at);
  expect(stdout).toMatch(/transform\.a +cached → ok +3 → 5 +.*changed +\+note VARCHAR +SQL changed/);
  expect(stdout).not.toMatch(/transform\.c/);
  expect(stdout).toContain("2 of 3 nodes differ.");
  const broken = (await runCli(["history", "grown", "broken", "--json"], at)).stdout;
  const { nodes } = JSON.parse(broken) as { nodes: { node: string; after: { status: string; error: string } }[] };
  expect(nodes.find(({ node: id }) => id === "transform.b")?.after).toMatchObject({
    status: "FAILED",
    error: expect.stringContaining("x"),
  });
  expect((await runCli(["history", "idle", "never"], at)).code).not.toBe(0);
});

import { expect, it } from "vitest";

import { runCli } from "../../test-support/run-cli.ts";
import { runInTerminal } from "../../test-support/run-in-terminal.ts";
import { warehouseProject } from "../../test-support/warehouse-project.ts";

const node = (value: number): string =>
  `kind: transform\nname: a\ntransform: select ${value} as one\nmaterialization: { connection: warehouse, table: mart.a }\n`;

it("replaces a filled production table only when its name is given, as an option or typed", async () => {
  await using project = await warehouseProject({ "pipelines/a.yml": node(1) });
  await project.write({ "profiles.yml": `${await project.read("profiles.yml")}    production: true\n` });
  await project.client.query("create schema mart; create table mart.a as select 7 as one");
  const environment = { WAREHOUSE_PASSWORD: project.password };
  const at = { cwd: project.root, environment };

  const refused = await runCli(["run"], at);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("--confirm mart.a")]);
  const inJson = await runCli(["run", "--json"], at);
  expect([inJson.code, inJson.stdout]).toEqual([2, expect.stringContaining("production_unconfirmed")]);
  expect((await runCli(["run", "--dry-run"], at)).code).toBe(0);
  expect(await project.select("select * from mart.a")).toEqual([{ one: 7 }]);

  const typing = (answer: string) => {
    let isTyped = false;
    return runInTerminal(["run"], {
      ...at,
      columns: 100,
      rows: 20,
      onScreen(screen, press) {
        if (isTyped || !screen.all().join(" ").includes("Type its name")) return;
        isTyped = true;
        press(`${answer}\r`);
      },
    });
  };
  expect((await typing("mart.b")).code).toBe(2);
  expect(await project.select("select * from mart.a")).toEqual([{ one: 7 }]);
  expect((await typing("mart.a")).code).toBe(0);
  expect(await project.select("select * from mart.a")).toEqual([{ one: 1 }]);

  await project.write({ "pipelines/a.yml": node(2) });
  expect((await runCli(["run", "--confirm", "mart.a"], at)).code).toBe(0);
  expect(await project.select("select * from mart.a")).toEqual([{ one: 2 }]);
});

import { expect, it } from "vitest";

import { runCli } from "../../test-support/run-cli.ts";
import { temporaryFolder } from "../../test-support/temporary-folder.ts";
import { testDataDir } from "../../test-support/temporary-project.ts";

it("starts, shows, asks and stops the project's server without ever printing its password unasked", async () => {
  await using folder = await temporaryFolder({ "headrace.yml": "name: shop\n" });
  const environment = { HEADRACE_HOME: testDataDir };
  const db = (...args: readonly string[]) => runCli(["db", ...args], { cwd: folder.root, environment });
  await using _server = { [Symbol.asyncDispose]: () => db("stop").then(() => undefined) };

  expect((await db("status")).stdout).toContain("does not run");
  const started = await db("start");
  expect(started).toMatchObject({ code: 0, stderr: "" });
  expect(started.stdout).toMatch(/url +postgresql:\/\/headrace@127\.0\.0\.1:\d+\/\w+ /);
  expect(JSON.parse((await db("status", "--json")).stdout)).toMatchObject({ running: true, user: "headrace" });

  const url = (await db("status", "--url")).stdout.trim();
  const password = new URL(url).password;
  expect(password.length).toBeGreaterThan(15);
  expect((await db("psql", "-c", "select 6 * 7 as answer")).stdout).toContain("42");
  expect((await db("psql", "-c", "select nothing")).code).toBe(1);
  for (const printed of [started, await db("status"), await db("psql", "-c", "select 1", "--verbose")]) {
    expect(printed.stdout + printed.stderr).not.toContain(password);
  }

  expect((await db("stop")).stdout).toBe("Stopped. Its data stay.\n");
  expect((await db("stop")).stdout).toBe("It was not running.\n");
}, 180_000);

it("asks with a prompt of its own where there is no psql", async () => {
  await using folder = await temporaryFolder({ "headrace.yml": "name: shop\n" });
  // A search path that holds the system's tools but no psql.
  const environment = { HEADRACE_HOME: testDataDir, PATH: "/usr/sbin:/sbin:/bin" };
  const db = (...args: readonly string[]) => runCli(["db", ...args], { cwd: folder.root, environment });
  await using _server = { [Symbol.asyncDispose]: () => db("stop").then(() => undefined) };
  const asked = await db("psql", "-c", "select 6 * 7 as answer");
  expect(asked.stdout).toContain("42");
  expect(asked.code).toBe(0);
  expect((await db("psql", "-c", "select nothing")).code).toBe(1);
}, 180_000);

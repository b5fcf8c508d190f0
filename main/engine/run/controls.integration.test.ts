// What a node's file says about how it runs: hooks, retries, timeouts, caching, switching off.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { runDefaults, temporaryProject } from "../../../test-support/temporary-project.ts";
import { warehouseProject } from "../../../test-support/warehouse-project.ts";

const sql = (name: string, statement: string, more = ""): string =>
  `kind: transform\nname: ${name}\ntransform: ${JSON.stringify(statement)}\n${more}`;
const endless = "select sum(a.range * b.range) as s from range(900000) a, range(900000) b";

describe("hooks", () => {
  it.each([
    ["a SQL check that finds nothing", "after: {sql: select * from input_0 where id < 0}", "SUCCESS", null],
    ["a SQL check that finds rows", "after: {sql: select * from input_0 where id > 1}", "FAILED", "hook_failed"],
    ["a command that succeeds", 'before: {command: [node, -e, "process.exit(0)"]}', "SUCCESS", null],
    ["a command that fails", 'before: {command: [node, -e, "process.exit(3)"]}', "FAILED", "hook_failed"],
    ["a command that is not there", "before: {command: [no-such-program-here]}", "FAILED", "hook_failed"],
    ["a Python function", 'after: {python: "checks.py:fine"}', "SUCCESS", null],
    ["a Python function that raises", 'after: {python: "checks.py:wrong"}', "FAILED", "hook_failed"],
  ])("%s", async (_name, hook, status, code) => {
    await using project = await temporaryProject({
      "pipelines/a.yml": sql("a", "select range as id from range(3)", `hooks:\n  ${hook}\n`),
      "checks.py":
        "def fine(ctx):\n    assert ctx.input(0).arrow().num_rows == 3\n\ndef wrong(ctx):\n    raise ValueError('no')\n",
    });
    const { results } = await project.run();
    expect(results["transform.a"]).toMatchObject({ status, error: code === null ? null : { code } });
  });

  it("fails again on the next run until the check holds", async () => {
    const withCheck = (limit: number): string =>
      sql(
        "a",
        "select range as id from range(3)",
        `hooks: {after: {sql: select * from input_0 where id > ${limit}}}\n`,
      );
    await using project = await temporaryProject({ "pipelines/a.yml": withCheck(1) });
    expect((await project.run()).statuses).toEqual({ "transform.a": "FAILED" });
    expect((await project.run()).statuses).toEqual({ "transform.a": "FAILED" });
    await project.write({ "pipelines/a.yml": withCheck(2) });
    expect((await project.run()).statuses).toEqual({ "transform.a": "SUCCESS" });
  });
});

describe("on_failure: rollback", () => {
  it("keeps the former table when the new one fails its check", async () => {
    const rows = (count: number, onFailure: string): string =>
      sql(
        "a",
        `select range as id from range(${count})`,
        `on_failure: ${onFailure}\nhooks: {after: {sql: select 1 from input_0 having count(*) > 3}}\n`,
      );
    await using project = await temporaryProject({ "pipelines/a.yml": rows(2, "rollback") });
    await project.run();
    await project.write({ "pipelines/a.yml": rows(5, "rollback") });
    expect((await project.run()).statuses).toEqual({ "transform.a": "FAILED" });
    expect(await project.rows("transform.a")).toHaveLength(2);
    await project.write({ "pipelines/a.yml": rows(6, "keep") });
    await project.run();
    expect(await project.rows("transform.a")).toHaveLength(6);
  });
});

describe("a table that failed its checks", () => {
  const rows = (count: number, more: string): string => sql("a", `select range as id from range(${count})`, more);
  const check = "hooks: {after: {sql: select 1 from input_0 having count(*) > 3}}\n";

  it.each(["keep", "rollback"])("is not taken for good by a later run, on_failure: %s", async (onFailure) => {
    const file = (count: number): string => rows(count, `on_failure: ${onFailure}\n${check}`);
    await using project = await temporaryProject({ "pipelines/a.yml": file(2) });
    await project.run();
    await project.write({ "pipelines/a.yml": file(5) });
    expect((await project.run()).statuses).toEqual({ "transform.a": "FAILED" });
    expect((await project.run()).statuses).toEqual({ "transform.a": "FAILED" });
    await project.write({ "pipelines/a.yml": file(2) });
    await project.run();
    await project.write({ "pipelines/a.yml": file(5) });
    expect((await project.run()).statuses).toEqual({ "transform.a": "FAILED" });
  });

  it("is not published when a test fails", async () => {
    const file = (count: number): string =>
      rows(count, "tests: [{row_count: {max: 3}}]\nmaterialization: { connection: warehouse, table: analytics.a }\n");
    await using project = await warehouseProject({ "pipelines/a.yml": file(2) });
    await project.run();
    await project.write({ "pipelines/a.yml": file(5) });
    expect((await project.run()).statuses).toEqual({ "transform.a": "FAILED" });
    expect(await project.select("select count(*)::int as n from analytics.a")).toEqual([{ n: 2 }]);
  });
});

describe("retry", () => {
  const flaky = `from headrace import transform

@transform(name="flaky", retry={"attempts": 3, "backoff": 0.01})
def flaky(ctx):
    raise RuntimeError("not yet")
`;
  it("tries as often as the file says, each try an event", async () => {
    await using project = await temporaryProject({ "pipelines/flaky.py": flaky });
    const { events, statuses } = await project.run();
    expect(statuses).toEqual({ "transform.flaky": "FAILED" });
    const attempts = events.flatMap((event) => (event.type === "started" ? [event.attempt] : []));
    expect(attempts).toEqual([1, 2, 3]);
  });

  it("--retry is over the file, and repeats nothing that would fail alike", async () => {
    await using project = await temporaryProject({
      "pipelines/flaky.py": flaky,
      "pipelines/a.yml": sql("a", "select error('no') as x"),
      "pipelines/b.yml": sql("b", "select nothing"),
      "pipelines/c.yml": "kind: rule\nname: c\nrule: x > 1\ninputs: [transform.d]\n",
      "pipelines/d.yml": sql("d", "select 1 as x"),
    });
    const { events, statuses } = await project.run({ retryAttempts: 2, continueOnError: true });
    const started = events.flatMap((event) => (event.type === "started" ? [event.node] : []));
    expect(started.toSorted()).toEqual([
      "rule.c",
      "transform.a",
      "transform.b",
      "transform.d",
      "transform.flaky",
      "transform.flaky",
    ]);
    expect(statuses["rule.c"]).toBe("FAILED");
  });
});

it("stops a node at its timeout", async () => {
  await using project = await temporaryProject({ "pipelines/a.yml": sql("a", endless, "timeout: 0.3\n") });
  const { results } = await project.run();
  expect(results["transform.a"]).toMatchObject({ status: "FAILED", error: { code: "node_timeout" } });
  expect(results["transform.a"]?.duration_seconds).toBeLessThan(10);
});

it("leaves a disabled node and what reads it out, and says why", async () => {
  await using project = await temporaryProject({
    "pipelines/a.yml": sql("a", "select 1 as x", "enabled: false\n"),
    "pipelines/b.yml": sql("b", "select * from transform.a"),
    "pipelines/c.yml": sql("c", "select 2 as x"),
  });
  const plan = await project.plan();
  expect(plan.steps.map(({ node, action, reasons }) => [node, action, reasons[0]?.text])).toEqual([
    ["transform.a", "skip", "disabled"],
    ["transform.c", "run", "never ran"],
    ["transform.b", "skip", "its input transform.a is disabled"],
  ]);
  expect((await project.run()).statuses).toEqual({
    "transform.a": "SKIPPED",
    "transform.b": "SKIPPED",
    "transform.c": "SUCCESS",
  });
});

describe("selection", () => {
  const tagged = {
    "pipelines/a.yml": sql("a", "select 1 as x", "tags: [daily]\n"),
    "pipelines/b.yml": sql("b", "select * from transform.a", "tags: [daily, slow]\n"),
    "pipelines/c.yml": sql("c", "select * from transform.b"),
  };
  it.each([
    [{ tags: ["daily"] }, ["transform.a", "transform.b"]],
    [{ tags: ["daily"], excludeTags: ["slow"] }, ["transform.a"]],
    [{ selectors: ["+b"] }, ["transform.a", "transform.b"]],
    [{ nodes: ["transform.a"] }, ["transform.a"]],
    [{ types: ["transform"], tags: ["slow"] }, ["transform.a", "transform.b"]],
    [{ selectors: ["stale"] }, ["transform.a", "transform.b", "transform.c"]],
    [{ selectors: ["state:modified"] }, ["transform.a", "transform.b", "transform.c"]],
  ])("%o", async (options, nodes) => {
    await using project = await temporaryProject(tagged);
    expect((await project.plan(options)).steps.map(({ node }) => node)).toEqual(nodes);
  });

  it("stale and state:modified follow an edit", async () => {
    await using project = await temporaryProject(tagged);
    await project.run();
    await project.write({ "pipelines/b.yml": sql("b", "select x + 1 as x from transform.a", "tags: [daily, slow]\n") });
    const nodes = async (selector: string) =>
      (await project.plan({ selectors: [selector] })).steps.map(({ node }) => node);
    expect(await nodes("state:modified")).toEqual(["transform.b"]);
    expect(await nodes("stale")).toEqual(["transform.b", "transform.c"]);
  });
});

it("answers kinds of later versions with what is missing, on those nodes only", async () => {
  await using project = await temporaryProject({
    "pipelines/a.yml": sql("a", "select 1 as customer_id"),
    "pipelines/h.yml": "kind: source\nname: h\nsource: hive\ntable: db.t\n",
  });
  const { results } = await project.run({ continueOnError: true });
  expect(results["source.h"]).toMatchObject({
    status: "FAILED",
    error: { code: "engine_not_available", node: "source.h" },
  });
  expect(results["transform.a"]?.status).toBe("SUCCESS");
});

describe("PostgreSQL work", () => {
  it("is stopped on the server when a run is cancelled, and leaves the table as it was", async () => {
    const cancel = new AbortController();
    await using project = await warehouseProject({
      "pipelines/s.yml":
        "kind: source\nname: s\nsource: postgresql\nconnection: warehouse\nquery: select pg_sleep(60)::text as x\n",
    });
    const engine = await project.engine();
    const running = engine.run({ ...runDefaults, interval: {} }, cancel.signal, () => undefined);
    const sleeping = async (): Promise<number> =>
      (
        await project.select(
          "select 1 from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active' and pid <> pg_backend_pid()",
        )
      ).length;
    await expect.poll(sleeping, { timeout: 20_000 }).toBe(1);
    cancel.abort();
    expect((await running).status).toBe("CANCELLED");
    await expect.poll(sleeping, { timeout: 5000 }).toBe(0);
  });
});

it("refuses a second run of the same project and lets readers through", async () => {
  const cancel = new AbortController();
  await using project = await temporaryProject(
    { "pipelines/a.yml": sql("a", "select 1 as x"), "pipelines/b.yml": sql("b", endless) },
    { signal: cancel.signal },
  );
  await project.run({ nodes: ["transform.a"] });
  let second: unknown = null;
  const { createEngine } = await import("../index.ts");
  await project.run({}, (event) => {
    if (event.type !== "started" || event.node !== "transform.b") return;
    void (async () => {
      const other = createEngine({ root: project.root });
      second = await other
        .run(runDefaults, new AbortController().signal, () => undefined)
        .catch((error: unknown) => error);
      await other.preview("transform.a", { offset: 0, limit: 1 }, new AbortController().signal);
      await other[Symbol.asyncDispose]();
      cancel.abort();
    })();
  });
  expect(second).toMatchObject({ code: "project_locked" });
  expect(JSON.parse(await readFile(join(project.root, "target/run_state.json"), "utf8"))).toMatchObject({
    complete: true,
  });
});

it("tells an overflow of the SQL's own as the SQL's failure", async () => {
  await using project = await temporaryProject({
    "pipelines/a.yml": sql("a", "select (2::hugeint ** 100)::hugeint * 10000000000::hugeint as x"),
  });
  const { results } = await project.run();
  expect(results["transform.a"]?.error).toMatchObject({ code: "sql_failed", location: { file: "pipelines/a.yml" } });
});

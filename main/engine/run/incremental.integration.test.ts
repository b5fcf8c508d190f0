import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { temporaryProject } from "../../../test-support/temporary-project.ts";

const sql = (name: string, body: string, more = ""): string =>
  `kind: transform\nname: ${name}\n${more}transform: |\n${body.replaceAll(/^/gm, "  ")}\n`;

const chain = {
  "pipelines/a.yml": sql("a", "select range as id, range * 10 as amount from range(5)"),
  "pipelines/b.yml": sql("b", "select * from ref('transform.a') where id > 1"),
  "pipelines/c.yml": sql("c", "select count(*) as n from transform.b"),
};

describe("a run", () => {
  it("runs everything once, then nothing", async () => {
    await using project = await temporaryProject(chain);
    const first = await project.run();
    expect(first.statuses).toEqual({ "transform.a": "SUCCESS", "transform.b": "SUCCESS", "transform.c": "SUCCESS" });
    expect(await project.rows("transform.c")).toEqual([{ n: "3" }]);
    await project.restart();
    const second = await project.run();
    expect(second.summary).toMatchObject({ ran: 0, cached: 3, exitCode: 0 });
  });

  it("runs only an edited leaf", async () => {
    await using project = await temporaryProject(chain);
    await project.run();
    await project.write({ "pipelines/c.yml": sql("c", "select count(*) + 1 as n from transform.b") });
    const { statuses } = await project.run();
    expect(statuses).toEqual({ "transform.a": "CACHED", "transform.b": "CACHED", "transform.c": "SUCCESS" });
    expect(await project.rows("transform.c")).toEqual([{ n: "4" }]);
  });

  it("does not run what only looks different", async () => {
    await using project = await temporaryProject(chain);
    await project.run();
    await project.write({
      "pipelines/b.yml": sql("b", "-- large ones\nSELECT *\nFROM ref('transform.a')\nWHERE id > 1", "description: d\n"),
    });
    expect((await project.run()).summary).toMatchObject({ ran: 0, cached: 3 });
  });

  it("stops where an output came out equal", async () => {
    await using project = await temporaryProject(chain);
    await project.run();
    await project.write({ "pipelines/b.yml": sql("b", "select * from ref('transform.a') where id >= 2") });
    const plan = await project.plan();
    expect(plan.steps.map(({ node, action }) => [node, action])).toEqual([
      ["transform.a", "cached"],
      ["transform.b", "run"],
      ["transform.c", "check"],
    ]);
    const { statuses } = await project.run();
    expect(statuses).toEqual({ "transform.a": "CACHED", "transform.b": "SUCCESS", "transform.c": "CACHED" });
  });

  it("finds its old outputs after an edit is undone", async () => {
    await using project = await temporaryProject(chain);
    await project.run();
    await project.write({ "pipelines/a.yml": sql("a", "select range as id, range * 11 as amount from range(6)") });
    await project.run();
    expect(await project.rows("transform.c")).toEqual([{ n: "4" }]);
    await project.write({ "pipelines/a.yml": chain["pipelines/a.yml"] });
    expect((await project.run()).summary).toMatchObject({ ran: 0, cached: 3 });
    expect(await project.rows("transform.c")).toEqual([{ n: "3" }]);
  });

  it("sees that positional inputs were swapped", async () => {
    const pair = (first: string, second: string): Record<string, string> => ({
      "pipelines/x.yml": sql("x", "select 1 as v"),
      "pipelines/y.yml": sql("y", "select 2 as v"),
      "pipelines/d.yml": sql(
        "d",
        "select a.v * 10 + b.v as r from input_0 a, input_1 b",
        `inputs:\n  - ref: transform.${first}\n  - ref: transform.${second}\n`,
      ),
    });
    await using project = await temporaryProject(pair("x", "y"));
    await project.run();
    expect(await project.rows("transform.d")).toEqual([{ r: "12" }]);
    await project.write({ "pipelines/d.yml": pair("y", "x")["pipelines/d.yml"] ?? "" });
    const plan = await project.plan();
    expect(plan.steps.find(({ node }) => node === "transform.d")?.reasons[0]?.text).toBe("inputs reordered");
    await project.run();
    expect(await project.rows("transform.d")).toEqual([{ r: "21" }]);
  });

  it("sees a CSV that was edited with its time kept, and names it", async () => {
    await using project = await temporaryProject({
      "data/orders.csv": "id,amount\n1,10\n2,20\n",
      "pipelines/orders.yml": "kind: source\nname: orders\nsource: csv\ntable: data/orders.csv\n",
      "pipelines/total.yml": sql("total", "select sum(amount) as total from source.orders"),
    });
    await project.run();
    expect(await project.rows("transform.total")).toEqual([{ total: "30" }]);
    const path = join(project.root, "data/orders.csv");
    const { atime, mtime } = await stat(path);
    await project.write({ "data/orders.csv": "id,amount\n1,10\n2,21\n" });
    await utimes(path, atime, mtime);
    const plan = await project.plan();
    expect(plan.steps[0]?.reasons[0]?.text).toBe("data/orders.csv changed");
    await project.run();
    expect(await project.rows("transform.total")).toEqual([{ total: "31" }]);
  });

  it("does not read a CSV again that was only touched", async () => {
    await using project = await temporaryProject({
      "data/orders.csv": "id,amount\n1,10\n",
      "pipelines/orders.yml": "kind: source\nname: orders\nsource: csv\ntable: data/orders.csv\n",
    });
    await project.run();
    await utimes(join(project.root, "data/orders.csv"), new Date(), new Date());
    expect((await project.run()).summary).toMatchObject({ ran: 0, cached: 1 });
  });

  it("rebuilds an output that somebody changed or removed", async () => {
    await using project = await temporaryProject(chain);
    await project.run();
    await project.remove("target/cache");
    const { statuses } = await project.run();
    expect(Object.values(statuses)).toEqual(["SUCCESS", "SUCCESS", "SUCCESS"]);
  });

  it("runs SQL that gives another value each time, every time, and says so", async () => {
    await using project = await temporaryProject({ "pipelines/t.yml": sql("t", "select random() as r") });
    await project.run();
    const plan = await project.plan();
    expect(plan.steps[0]).toMatchObject({ action: "run", reasons: [{ kind: "volatile" }] });
  });

  it("binds parameters, and a changed one is a reason", async () => {
    const withLimit = (limit: number): string =>
      sql("b", "select * from transform.a where id < $limit", `params:\n  limit: ${limit}\n`);
    await using project = await temporaryProject({ ...chain, "pipelines/b.yml": withLimit(2) });
    await project.run();
    expect(await project.rows("transform.c")).toEqual([{ n: "2" }]);
    await project.write({ "pipelines/b.yml": withLimit(4) });
    const plan = await project.plan();
    expect(plan.steps.find(({ node }) => node === "transform.b")?.reasons[0]?.text).toBe("parameters changed");
    await project.run();
    expect(await project.rows("transform.c")).toEqual([{ n: "4" }]);
  });

  it("with --full ignores what is cached", async () => {
    await using project = await temporaryProject(chain);
    await project.run();
    const { statuses } = await project.run({ full: true });
    expect(Object.values(statuses)).toEqual(["SUCCESS", "SUCCESS", "SUCCESS"]);
  });

  it("runs the inputs of a selected node that have no output, and nothing else", async () => {
    await using project = await temporaryProject(chain);
    const { statuses } = await project.run({ selectors: ["transform.b"] });
    expect(statuses).toEqual({ "transform.a": "SUCCESS", "transform.b": "SUCCESS" });
  });
});

describe("a failure", () => {
  const broken = { ...chain, "pipelines/b.yml": sql("b", "select id / 0 as x, error('no') from transform.a") };

  it("skips what reads the node, keeps what is done, and is tried again", async () => {
    await using project = await temporaryProject(broken);
    const { summary, statuses, results } = await project.run();
    expect(statuses).toEqual({ "transform.a": "SUCCESS", "transform.b": "FAILED", "transform.c": "SKIPPED" });
    expect(summary).toMatchObject({ exitCode: 1, failed: 1, skipped: 1 });
    expect(results["transform.b"]?.error).toMatchObject({ code: "sql_failed", node: "transform.b" });
    await project.write({ "pipelines/b.yml": chain["pipelines/b.yml"] });
    expect((await project.run()).statuses).toEqual({
      "transform.a": "CACHED",
      "transform.b": "SUCCESS",
      "transform.c": "SUCCESS",
    });
  });

  it("stops new nodes unless --continue-on-error", async () => {
    const files = {
      "pipelines/bad.yml": sql("bad", "select error('no') as x"),
      "pipelines/one.yml": sql("one", "select 1 as x"),
      "pipelines/two.yml": sql("two", "select x + 1 as x from transform.one"),
    };
    await using project = await temporaryProject(files);
    const { statuses } = await project.run({ maxWorkers: 1, continueOnError: true });
    expect(statuses).toMatchObject({
      "transform.bad": "FAILED",
      "transform.one": "SUCCESS",
      "transform.two": "SUCCESS",
    });
  });

  it("of a killed SQL host fails one node of two", async () => {
    const slow = "select sum(a.range * b.range) as s from range(200000) a, range(200000) b";
    await using project = await temporaryProject({
      "pipelines/slow.yml": sql("slow", slow),
      "pipelines/quick.yml": sql("quick", "select count(*) as n from range(3000000) a where hash(a.range) % 7 = 0"),
    });
    const ended = new Set<string>();
    const run = project.run({ continueOnError: true }, (event) => {
      if (event.type === "finished") ended.add(event.node);
      if (event.type === "finished" && event.node === "transform.quick") killHosts();
    });
    const engine = await project.engine();
    const killHosts = (): void => {
      // The quick node's host is idle by now: whichever dies, only the slow node can fail.
      for (const pid of engine.hostPids()) process.kill(pid, "SIGKILL");
    };
    const { statuses, results } = await run;
    expect(statuses).toEqual({ "transform.quick": "SUCCESS", "transform.slow": "FAILED" });
    expect(results["transform.slow"]?.error?.code).toBe("sql_host_lost");
  });
});

describe("a killed run", () => {
  it("resumes where it was", async () => {
    await using project = await temporaryProject({
      "pipelines/done.yml": sql("done", "select 1 as x"),
      "pipelines/next.yml": sql(
        "next",
        "select x, (select sum(a.range * b.range) from range(300000) a, range(300000) b) as s from transform.done",
      ),
    });
    const script = `
      import { createEngine } from ${JSON.stringify(new URL("../index.ts", import.meta.url).href)};
      import { runDefaults } from ${JSON.stringify(new URL("../../../test-support/temporary-project.ts", import.meta.url).href)};
      const engine = createEngine({ root: ${JSON.stringify(project.root)} });
      await engine.run(runDefaults, new AbortController().signal, (event) => {
        if (event.type === "started" && event.node === "transform.next") process.stdout.write("started\\n");
      });`;
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "exit");
    const state = JSON.parse(await readFile(join(project.root, "target/run_state.json"), "utf8")) as {
      complete: boolean;
    };
    expect(state.complete).toBe(false);

    await project.write({ "pipelines/next.yml": sql("next", "select x + 1 as x from transform.done") });
    const { statuses } = await project.run();
    expect(statuses).toEqual({ "transform.done": "CACHED", "transform.next": "SUCCESS" });
    const [, killed] = await (await project.engine()).history(10);
    expect(killed).toMatchObject({ complete: false });
  });
});

describe("cancelling", () => {
  it("stops the SQL, leaves what was done and says so", async () => {
    const cancel = new AbortController();
    await using project = await temporaryProject(
      {
        "pipelines/a.yml": sql("a", "select 1 as x"),
        "pipelines/slow.yml": sql(
          "slow",
          "select x, (select sum(a.range * b.range) from range(900000) a, range(900000) b) as s from transform.a",
        ),
      },
      { signal: cancel.signal },
    );
    const { summary, statuses } = await project.run({}, (event) => {
      if (event.type === "started" && event.node === "transform.slow") cancel.abort();
    });
    expect(statuses).toEqual({ "transform.a": "SUCCESS", "transform.slow": "CANCELLED" });
    expect(summary).toMatchObject({ status: "CANCELLED", exitCode: 130 });
  });
});

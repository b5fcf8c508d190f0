import { readdir } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { runCli } from "../../test-support/run-cli.ts";
import { shop } from "../../test-support/projects/shop-files.ts";
import { temporaryFolder } from "../../test-support/temporary-folder.ts";

const broken = {
  ...shop,
  "pipelines/paid.yml": "kind: transform\nname: paid\ntransform: |\n  select amuont\n  from ref('source.orders')\n",
};

const noStackTrace = /\n\s+at .+:\d+:\d+/;

describe("a project's day", () => {
  it("runs, shows and explains itself", async () => {
    await using folder = await temporaryFolder(shop);
    const cli = (...args: readonly string[]) => runCli(args, { cwd: folder.root });

    const first = await cli("run");
    expect(first).toMatchObject({ code: 0, stderr: "" });
    const [source, transform, sentence] = first.stdout.trimEnd().split("\n");
    expect(source).toMatch(/^ok {9}source\.orders +3 rows +\d.* never ran$/);
    expect(transform).toMatch(/^ok {9}transform\.paid +2 rows +\d.* never ran$/);
    expect(sentence).toMatch(/^2 ran, 0 cached, 0 failed in [\d.]+ m?s$/);

    const second = await cli("run");
    expect(second.stdout).toMatch(
      /Everything is up to date\.\n0 ran, 2 cached, 0 failed in \d+ ms; [\d.]+ m?s saved\n$/,
    );

    expect((await cli("plan")).stdout).toBe("2 up to date\n");
    expect((await cli("preview", "paid")).stdout).toBe("id  amount\n 1    10.5\n 3     1.0\n\n2 rows\n");
    expect((await cli("preview", "paid", "--sort", "-id", "--csv")).stdout).toBe("id,amount\n3,1.0\n1,10.5\n");
    expect((await cli("preview", "paid", "--search", "0.5", "--csv")).stdout).toBe("id,amount\n1,10.5\n");
    const asked = "select sum(amount) as total from ref('transform.paid')";
    expect((await cli("query", asked, "--json")).stdout).toBe('{"total":11.5}\n');
    expect((await cli("query", asked, "--csv")).stdout).toBe("total\n11.5\n");
    expect((await runCli(["query", "-"], { cwd: folder.root, input: asked })).stdout).toContain("11.5");

    const inspected = (await cli("inspect", "paid")).stdout;
    for (const text of [
      "transform.paid",
      "pipelines/paid.yml:1",
      "source.orders",
      "daily",
      "2 rows",
      "up to date",
      "fingerprint",
    ]) {
      expect(inspected).toContain(text);
    }

    const runs = (await cli("history", "--json")).stdout.trimEnd().split("\n");
    expect(runs).toHaveLength(2);
    const runId = /"runId":"([^"]+)"/.exec(runs.at(-1) ?? "")?.[1] ?? "";
    expect((await cli("history", runId)).stdout).toContain("transform.paid");
  });

  it("says what changed: in the plan before a run, in the diff after it", async () => {
    await using folder = await temporaryFolder(shop);
    const cli = (...args: readonly string[]) => runCli(args, { cwd: folder.root });
    await cli("run");
    await folder.write({
      "pipelines/paid.yml":
        "kind: transform\nname: paid\ntransform: |\n  select id, status, amount::decimal(9,2) as amount from ref('source.orders')\n",
    });
    const plan = (await cli("plan")).stdout;
    expect(plan).toMatch(/transform\.paid +run +SQL changed/);
    expect(plan).toContain("1 to run, 1 up to date");
    expect((await cli("diff")).stdout).toMatch(/transform\.paid +new .*SQL changed/);
    await cli("run");
    const diff = (await cli("diff")).stdout;
    expect(diff).toMatch(/transform\.paid +changed +3 +\+1 +\+status VARCHAR, amount DOUBLE → DECIMAL\(9,2\)/);
    expect(diff).not.toContain("source.orders");
  });

  it("counts rows that were added, removed and changed, by the key where there is one", async () => {
    const keyed = `materializations:\n  - {type: csv, path: out/paid.csv, unique_keys: [id]}\n`;
    const paid = (values: string, rest: string) =>
      `kind: transform\nname: paid\n${rest}transform: |\n  select * from (values ${values}) as t(id, amount)\n`;
    for (const [rest, change] of [
      [keyed, "+1 ~1 −2"],
      ["", "+2 −3"],
    ] as const) {
      await using folder = await temporaryFolder({
        "headrace.yml": "name: shop\n",
        "pipelines/paid.yml": paid("(1, 10), (2, 20), (3, 30), (4, null)", rest),
      });
      await runCli(["run"], { cwd: folder.root });
      await folder.write({ "pipelines/paid.yml": paid("(1, 10), (2, 21), (5, 50)", rest) });
      await runCli(["run"], { cwd: folder.root });
      const { stdout } = await runCli(["diff"], { cwd: folder.root });
      expect(stdout.split("\n")[1]?.trim().replaceAll(/ +/g, " ")).toBe(`transform.paid changed 3 ${change}`);
    }
  });

  it("plans without running: --dry-run and --show-plan leave no output", async () => {
    await using folder = await temporaryFolder(shop);
    for (const option of ["--dry-run", "--show-plan"]) {
      const { code, stdout } = await runCli(["run", option], { cwd: folder.root });
      expect(code).toBe(0);
      expect(stdout).toMatch(/source\.orders +run +never ran/);
    }
    expect(await readdir(folder.root, { recursive: true })).not.toContainEqual(expect.stringMatching(/\.parquet$/));
  });

  it("gives programs one JSON event a line", async () => {
    await using folder = await temporaryFolder(shop);
    const { stdout } = await runCli(["run", "--json"], { cwd: folder.root });
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line): { type: string } => JSON.parse(line));
    expect(events.at(0)?.type).toBe("planned");
    expect(events.at(-1)).toMatchObject({ type: "run_finished", summary: { ran: 2, exitCode: 0 } });
  });

  it.each([
    [["-q"], ""],
    [["--quiet", "--full"], ""],
  ])("prints only the last sentence with %j", async (args) => {
    await using folder = await temporaryFolder(shop);
    const { stdout } = await runCli(["run", ...args], { cwd: folder.root });
    expect(stdout).toMatch(/^2 ran, .*\n$/);
  });

  it("removes what it generated, and nothing else", async () => {
    await using folder = await temporaryFolder(shop);
    await runCli(["run"], { cwd: folder.root });
    expect((await runCli(["clean"], { cwd: folder.root })).stdout).toBe("Nothing to remove.\n");
    expect((await runCli(["clean", "--all"], { cwd: folder.root })).stdout).toMatch(/^Removed \d+ files?, /);
    expect(await folder.read("data/orders.csv")).toBe(shop["data/orders.csv"]);
    expect((await runCli(["preview", "paid"], { cwd: folder.root })).stderr).toContain("output_missing");
  });
});

describe("mistakes", () => {
  it.each([
    [["rum"], "Did you mean run?"],
    [["run", "--fulll"], "Did you mean --full?"],
    [["run", "--max-workers", "many"], "whole number"],
    [["run", "--date", "2024-02-31"], "2024-01-31"],
    [["run", "--timeout", "soon"], "30s, 5m or 2h"],
    [["preview"], "missing required argument"],
    [["run", "--env", "dev"], "environment"],
    [["preview", "pade"], "Did you mean paid?"],
    [["preview", "transform.pade"], "Did you mean transform.paid?"],
    [["run", "transform.pade"], "transform.paid"],
    [["history", "nothing"], "run_not_found"],
    [["diff", "--from", "nothing"], "run_not_found"],
    [["query", "drop table orders"], "SELECT"],
    [["query", "select * from ref('source.ordres')"], "source.orders"],
  ])("%j is exit code 2 with a hint", async (args, hint) => {
    await using folder = await temporaryFolder(shop);
    const { code, stderr } = await runCli(args, { cwd: folder.root });
    expect(stderr).toContain(hint);
    expect(stderr).not.toMatch(noStackTrace);
    expect(code).toBe(2);
  });

  it("says so outside a project", async () => {
    await using folder = await temporaryFolder();
    const { code, stderr } = await runCli(["run"], { cwd: folder.root });
    expect(stderr).toContain("project_not_found");
    expect(stderr).not.toMatch(noStackTrace);
    expect(code).toBe(2);
  });

  it("shows failing SQL in its file with a caret, again at the end, and exits with 1", async () => {
    await using folder = await temporaryFolder(broken);
    const { code, stdout } = await runCli(["run"], { cwd: folder.root });
    expect(code).toBe(1);
    expect(stdout).toContain("error sql_failed transform.paid");
    expect(stdout).toContain("pipelines/paid.yml:4:10");
    expect(stdout).toContain("4 │ select amuont\n      │        ^");
    expect(stdout).toContain("  → ");
    expect(stdout).not.toMatch(noStackTrace);
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(/^1 ran, 0 cached, 1 failed in /);
  });

  it("prints every problem of a project, not the first, and exits with 2", async () => {
    await using folder = await temporaryFolder({
      ...shop,
      "pipelines/orders.yml": "kind: source\nname: orders\nsource: csv\ntabel: data/orders.csv\n",
      "pipelines/paid.yml": "kind: transform\nname: paid\ntransform: |\n  drop table orders\n",
      "pipelines/worse.yml": "kind: transform\nname: [\n",
    });
    const { code, stdout } = await runCli(["validate"], { cwd: folder.root });
    for (const file of ["orders.yml:4:1", "paid.yml", "worse.yml"]) expect(stdout).toContain(`pipelines/${file}`);
    expect(stdout).toMatch(/[3-9] errors, \d+ warnings?\n$/);
    expect(code).toBe(2);
    expect(await runCli(["run"], { cwd: folder.root })).toMatchObject({ code: 2 });
  });

  it("tells programs of an error before the run as JSON too", async () => {
    await using folder = await temporaryFolder({ ...shop, "pipelines/worse.yml": "kind: transform\nname: [\n" });
    const { stdout } = await runCli(["run", "--json"], { cwd: folder.root });
    expect(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({
      type: "error",
      error: { node: null },
    });
  });
});

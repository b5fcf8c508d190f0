import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { temporaryProject } from "../../../test-support/temporary-project.ts";
import { defineExecutor, type Executor } from "../executors/executor.ts";

/** Leaves its main table and one beside it, `evens`; both are the input's numbers. */
const splitting = defineExecutor<"aggregation", null>("aggregation", {
  version: 1,
  plan: () => null,
  async execute(node, _plan, { duckdb, inputs, scratch, signal }) {
    const write = async (name: string, sql: string) => {
      const file = join(scratch, `${name}.parquet`);
      return { name, file, ...(await duckdb.writeParquet({ node: node.id, sql, inputs, params: {} }, file, signal)) };
    };
    const main = await write("main", "select n from input_0 order by n");
    return { ...main, extra: [await write("evens", "select n from input_0 where n % 2 = 0 order by n")] };
  },
}) as unknown as Executor;

const numbers = (count: number): string =>
  `kind: transform\nname: numbers\ntransform: select range as n from range(${count})\n`;
const files = {
  "pipelines/numbers.yml": numbers(4),
  "pipelines/split.yml": "kind: aggregation\nname: split\ninputs: [transform.numbers]\n",
  "pipelines/read.yml":
    "kind: transform\nname: read\ntransform: |\n  select sum(n)::int as s from ref('aggregation.split__evens')\n",
  "pipelines/both.yml":
    "kind: transform\nname: both\ninputs: [aggregation.split__evens, aggregation.split]\n" +
    "transform: select (select count(*) from input_0) as evens, (select count(*) from input_1) as every\n",
};
const options = { executors: { aggregation: splitting } };
const { signal } = new AbortController();

describe("a node's further tables", () => {
  it("are read by name and by position, linked, previewed and queried", async () => {
    await using project = await temporaryProject(files, options);
    const { summary } = await project.run();
    expect(summary.exitCode).toBe(0);
    expect(await project.rows("transform.read")).toEqual([{ s: "2" }]);
    expect(await project.rows("transform.both")).toEqual([{ evens: "2", every: "4" }]);
    expect(await project.rows("aggregation.split__evens")).toEqual([{ n: "0" }, { n: "2" }]);
    expect(readdirSync(project.path("target/intermediate"))).toContain("aggregation_split__evens.parquet");
    const page = await (
      await project.engine()
    ).query("select max(n) as m from ref('aggregation.split__evens')", { offset: 0, limit: 1 }, signal);
    expect(page.rows).toEqual([["2"]]);
  });

  it("are part of what is up to date, and of what consumers compare", async () => {
    await using project = await temporaryProject(files, options);
    await project.run();
    await project.restart();
    expect((await project.run()).summary).toMatchObject({ ran: 0, cached: 4 });
    await project.remove("target/intermediate/aggregation_split__evens.parquet");
    await project.restart();
    expect((await project.run()).summary).toMatchObject({ ran: 0, cached: 4 });
    expect(readdirSync(project.path("target/intermediate"))).toContain("aggregation_split__evens.parquet");
    await project.write({ "pipelines/numbers.yml": numbers(5) });
    await project.run();
    expect(await project.rows("transform.read")).toEqual([{ s: "6" }]);
    await project.write({ "pipelines/numbers.yml": numbers(4) });
    expect((await project.run()).summary).toMatchObject({ ran: 0, cached: 4 });
    expect(await project.rows("aggregation.split__evens")).toHaveLength(2);
  });

  it("run their node again when only they are gone", async () => {
    await using project = await temporaryProject(files, options);
    await project.run();
    const cached = readdirSync(project.path("target/cache"));
    const evens = cached.find((name) => name.endsWith(".evens.parquet")) ?? "";
    await project.remove(`target/cache/${evens}`);
    await project.remove("target/intermediate/aggregation_split__evens.parquet");
    const { statuses } = await project.run();
    expect(statuses).toMatchObject({ "aggregation.split": "SUCCESS", "transform.read": "CACHED" });
  });

  it("survive a clean", async () => {
    await using project = await temporaryProject(files, options);
    await project.run();
    await (await project.engine()).clean({ all: false, dryRun: false });
    expect(await project.rows("aggregation.split__evens")).toHaveLength(2);
  });

  it("that the node does not make are an error that names those it makes", async () => {
    const text = files["pipelines/read.yml"].replace("evens", "odds");
    await using project = await temporaryProject({ ...files, "pipelines/read.yml": text }, options);
    const { results } = await project.run();
    expect(results["transform.read"]?.error).toMatchObject({
      code: "extra_table_missing",
      message:
        "transform.read reads aggregation.split__odds, but aggregation.split makes no such table " +
        "(it makes aggregation.split, aggregation.split__evens)",
    });
  });

  it("of a kind that never has any are unknown inputs", async () => {
    const text = "kind: transform\nname: wrong\ntransform: select * from ref('transform.numbers__x')\n";
    await using project = await temporaryProject({ "pipelines/wrong.yml": text, ...files }, options);
    await expect(project.run()).rejects.toMatchObject({ code: "project_has_errors" });
  });
});

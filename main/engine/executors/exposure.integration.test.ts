import { describe, expect, it } from "vitest";

import { exposure, failureIn, projectWith, run, table } from "../../../test-support/projects/exposures.ts";
import { temporaryProject } from "../../../test-support/temporary-project.ts";
import { warehouseProject } from "../../../test-support/warehouse-project.ts";

it("says in a dry run what it would write", async () => {
  await using project = await projectWith("type: file\nparams: {path: out/orders.csv}\ncontract: {primary_key: id}");
  const engine = await project.engine();
  const lists = { selectors: [], nodes: [], types: [], tags: [], excludeTags: [] };
  const { steps } = await engine.plan(
    { ...lists, full: false, materialize: true, interval: {} },
    new AbortController().signal,
  );
  expect(steps.find(({ node }) => node === "exposure.shop")?.details).toEqual([
    "holds the table to its contract",
    "writes out/orders.csv as csv, unless the same table is there",
  ]);
  await expect(project.read("out/orders.csv")).rejects.toThrow("ENOENT");
});

it("is a database table where it has a target", async () => {
  await using project = await warehouseProject({
    "pipelines/orders.yml": table,
    "pipelines/shop.yml": exposure(
      "type: database\nuses: [id, amount]\nmaterializations: [{type: postgresql, connection: warehouse, table: out.orders, mode: full}]",
    ),
  });
  expect((await project.run()).results["exposure.shop"]).toMatchObject({ status: "SUCCESS", row_count: 3 });
  expect(await project.select("select id, amount::text from out.orders order by id")).toEqual([
    { id: 1, amount: "12.50" },
    { id: 2, amount: "-0.10" },
    { id: 3, amount: "0.00" },
  ]);
});

it("may read several tables when it hands none of them out", async () => {
  const second = table.replace("name: orders", "name: returns");
  const wall = (more: string): string =>
    `kind: exposure\nname: wall\ntype: dashboard\nurl: https://example.org/wall\ndepends_on: [transform.orders, transform.returns]\n${more}`;
  await using project = await temporaryProject({
    "pipelines/orders.yml": table,
    "pipelines/returns.yml": second,
    "pipelines/wall.yml": wall(""),
  });
  expect((await project.run()).results["exposure.wall"]).toMatchObject({ status: "SUCCESS", row_count: 0 });
  await project.write({ "pipelines/wall.yml": wall("uses: [id]\n") });
  expect((await project.run()).results["exposure.wall"]?.error?.code).toBe("exposure_inputs_several");
});

describe("contracts", () => {
  it("that hold say so; broken ones fail the node before anything is written", async () => {
    await using project = await projectWith(
      "type: file\nparams: {path: out/o.csv}\ncontract:\n  schema: {id: int, amount: 'decimal(18,2)'}\n  primary_key: id\n  rows: {min: 1, max: 10}\n  freshness: {column: sold, warn_after: 1d}",
    );
    const held = await run(project);
    expect(held?.status).toBe("WARNING");
    expect(held?.metadata["warnings"]).toEqual([expect.stringContaining("contract.freshness")]);
    await project.write({
      "pipelines/orders.yml": table.replace("(3, 7", "(2, 7").replace("12.50::decimal(18,2)", "12.50::decimal(9,3)"),
    });
    const before = await project.read("out/o.csv");
    const broken = await run(project);
    expect(broken?.error).toMatchObject({
      code: "exposure_contract_broken",
      message: expect.stringMatching(/contract\.schema: .*amount.*contract\.primary_key/),
    });
    expect(await project.read("out/o.csv")).toBe(before);
  });

  it("may stand in a file, and a wrong one is told with what is wrong", async () => {
    const file = "type: dashboard\ncontract: contracts/orders.yml";
    await using project = await projectWith(file);
    const failure = (more: string, files?: Readonly<Record<string, string>>) => failureIn(project, more, files);
    expect(await failure(file)).toMatchObject({
      code: "exposure_contract_file",
      message: expect.stringContaining("no such file"),
    });
    expect(await failure(file, { "contracts/orders.yml": "primary_key: id\nrows: {min: 10}\n" })).toMatchObject({
      code: "exposure_contract_broken",
    });
    expect(await failure(file, { "contracts/orders.yml": "primary_keys: id\n" })).toMatchObject({
      code: "exposure_contract_file",
    });
    expect(await failure("type: dashboard\ncontract: {primary_key: ids}")).toMatchObject({
      message: expect.stringContaining("ids"),
      next: expect.stringContaining("id"),
    });
    const empty = { "pipelines/orders.yml": "kind: transform\nname: orders\ntransform: select 1 as id where false\n" };
    expect(await failure("type: dashboard\ncontract: {rows: 1}", empty)).toMatchObject({
      code: "exposure_contract_broken",
    });
  });
});

it("settings that cannot be are told with the key to change", async () => {
  await using project = await projectWith("type: dashboard");
  const cases = [
    ["type: file", "exposure_path_missing", "params: {path"],
    ["type: file\nparams: {path: out/x}", "exposure_format_missing", "format"],
    ["type: database", "exposure_target_missing", "materializations"],
    ["type: dashboard\nparams: {paths: x}", "exposure_option_refused", "path"],
    ["type: file\nparams: {path: x.xlsx, compression: zstd}", "exposure_option_refused", "none"],
    ["type: dashboard\nuses: [idd]", "exposure_column_missing", "Did you mean id?"],
    ["type: file\nparams: {path: out/x.csv, partition_by: day}", "exposure_column_missing", "id"],
    ["type: dashboard\nurl: 'htp//x'", "exposure_url_invalid", "scheme"],
    ["type: dashboard\nurl: https://u:p@example.com/", "exposure_url_invalid", "header"],
    ["type: api\ncheck: reachable", "exposure_option_refused", "url"],
    [
      'type: dashboard\nurl: https://x.example\nparams: {headers: {"X\\r\\nHost": a}}',
      "exposure_header_invalid",
      "names",
    ],
    [
      'type: dashboard\nurl: https://x.example\nparams: {headers: {X: "a\\r\\nHost: b"}}',
      "exposure_header_invalid",
      "line",
    ],
    [
      "type: dashboard\nurl: https://x.example/{HEADRACE_NOT_SET}\ncheck: reachable",
      "exposure_token_missing",
      "HEADRACE_NOT_SET",
    ],
  ] as const;
  for (const [more, code, words] of cases) {
    const error = await failureIn(project, more);
    expect([more, error?.code, `${error?.message} ${error?.next}`]).toEqual([
      more,
      code,
      expect.stringContaining(words),
    ]);
  }
});

it("the published example runs as it is", async () => {
  await using project = await temporaryProject({
    "pipelines/rows.yml": "kind: transform\nname: rows\ntransform: select 1 as order_id, 2 as spend\n",
    "pipelines/group.yml":
      "kind: feature_group\nname: order_analytics\nentity: {name: order}\ninputs: [transform.rows]\nfeatures: [{name: spend}]\n",
    "pipelines/sales.yml":
      "kind: exposure\nname: sales_dashboard\ninputs:\n  - ref: feature_group.order_analytics\ntype: dashboard\nurl: https://dashboard.example.com/sales\nformat: json\n",
  });
  expect((await project.run()).statuses["exposure.sales_dashboard"]).toBe("SUCCESS");
});

import { spawn } from "node:child_process";
import { readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";

import { tableFromIPC } from "apache-arrow";
import { afterAll, describe, expect, it } from "vitest";

import { temporaryProject, type TemporaryProject } from "../../../test-support/temporary-project.ts";
import { warehouseProject } from "../../../test-support/warehouse-project.ts";
import { isPrivateAddress } from "../exposures/reach-url.ts";

const table = `kind: transform
name: orders
transform: |
  select * from (values
    (1, 9007199254740993, 12.50::decimal(18,2), timestamp '2024-01-02 03:04:05.6', 'a'),
    (2, null, -0.10::decimal(18,2), null, 'it''s "b", c'),
    (3, 7, 0.00::decimal(18,2), timestamp '2024-02-02 00:00:00', '')
  ) t(id, big, amount, sold, note)
`;
const exposure = (more: string, name = "shop"): string =>
  `kind: exposure\nname: ${name}\ninputs: [transform.orders]\n${more}\n`;

const projectWith = (more: string, files: Readonly<Record<string, string>> = {}): Promise<TemporaryProject> =>
  temporaryProject({ "pipelines/orders.yml": table, "pipelines/shop.yml": exposure(more), ...files });

/** Runs and returns the exposure's result. */
const run = async (project: TemporaryProject) => (await project.run()).results["exposure.shop"];

/** The error of an exposure that cannot be planned or run. */
const failureIn = async (project: TemporaryProject, more: string, files: Readonly<Record<string, string>> = {}) => {
  await project.write({ "pipelines/orders.yml": table, "pipelines/shop.yml": exposure(more), ...files });
  const result = await run(project).catch((thrown: unknown) => ({
    error: thrown as { code: string; message: string; next: string },
  }));
  return result?.error;
};

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

describe("files", () => {
  it("are written in every format with the same rows, dates as ISO 8601", async () => {
    const formats = ["csv", "parquet", "json", "jsonl", "xlsx", "arrow"];
    const names = formats.map((format) => `to_${format}`);
    await using project = await temporaryProject({
      "pipelines/orders.yml": table,
      ...Object.fromEntries(
        formats.map((format, at) => [
          `pipelines/${format}.yml`,
          exposure(`type: file\nparams: {path: out/orders.${format}}`, names[at]),
        ]),
      ),
    });
    const first = await project.run();
    expect(first.summary.failed).toBe(0);
    expect(await project.read("out/orders.csv")).toBe(
      "id,big,amount,sold,note\n1,9007199254740993,12.50,2024-01-02T03:04:05.600000,a\n" +
        '2,,-0.10,,"it\'s ""b"", c"\n3,7,0.00,2024-02-02T00:00:00.000000,""\n',
    );
    const json = await project.read("out/orders.json");
    expect(json).toContain('"big":9007199254740993');
    expect((JSON.parse(json) as { sold: string }[]).map(({ sold }) => sold)).toEqual([
      "2024-01-02T03:04:05.600000",
      null,
      "2024-02-02T00:00:00.000000",
    ]);
    expect((await project.read("out/orders.jsonl")).trim().split("\n")).toHaveLength(3);
    const arrow = tableFromIPC(await readFile(project.path("out/orders.arrow")));
    expect(arrow.schema.fields.map(({ name, type }) => `${name} ${String(type)}`)).toEqual([
      "id Int32",
      "big Int64",
      "amount Decimal[18e+2]",
      "sold Timestamp<MICROSECOND>",
      "note Utf8",
    ]);
    expect([...(arrow.getChild("big") ?? [])]).toEqual([9007199254740993n, null, 7n]);
    expect([...(arrow.getChild("note") ?? [])]).toEqual(["a", `it's "b", c`, ""]);
    expect((await stat(project.path("out/orders.xlsx"))).size).toBeGreaterThan(1000);
    // What stands there already is not written again.
    const before = await stat(project.path("out/orders.csv"));
    const second = await project.run();
    expect((await stat(project.path("out/orders.csv"))).ino).toBe(before.ino);
    expect(second.results["exposure.to_csv"]?.metadata).toMatchObject({ delivered: { written: false } });
    await writeFile(project.path("out/orders.csv"), "changed by somebody");
    await project.run();
    expect(await project.read("out/orders.csv")).toContain("9007199254740993");
    // The table itself can be looked at.
    expect(await project.rows("exposure.to_csv")).toHaveLength(3);
  });

  it("hold only the columns in use, and are folders where partitions are asked for", async () => {
    await using project = await projectWith(
      "type: file\nuses: [NOTE, id]\nformat: csv\nparams: {path: out/by_note, partition_by: note, compression: gzip}",
    );
    const result = await run(project);
    expect(result?.error).toBeNull();
    const files = (await readdir(project.path("out/by_note"), { recursive: true })).toSorted();
    expect(files.filter((name) => name.includes("=")).length).toBeGreaterThan(3);
    expect(files.every((name) => !name.includes(".tmp"))).toBe(true);
    expect(Object.keys((await project.rows("exposure.shop"))[0] ?? {})).toEqual(["note", "id"]);
    // A second table takes the folder's place as a whole.
    await project.write({ "pipelines/orders.yml": table.replace("'a'", "'z'") });
    await project.run();
    expect((await readdir(project.path("out/by_note"))).toSorted()).toContain("note=z");
    expect(await readdir(project.path("out/by_note"))).not.toContain("note=a");
    expect(await readdir(project.path("out"))).toEqual(["by_note"]);
  });

  it("are refused outside the project, through links, over its own files and over other folders", async () => {
    const cases: readonly (readonly [string, string])[] = [
      ["../out.csv", "leads out of the project"],
      ["/tmp/out.csv", "must be relative"],
      ["pipelines/orders.csv", "not for results"],
      ["target/run_state.csv", "not for results"],
      ["headrace.yml", "not for results"],
      ["out/../../x.csv", "leads out of the project"],
    ];
    await using any = await projectWith("type: dashboard");
    for (const [path, why] of cases) {
      const error = await failureIn(any, `type: file\nformat: csv\nparams: {path: ${path}}`);
      expect([path, error?.code, error?.message]).toEqual([
        path,
        "exposure_path_refused",
        expect.stringContaining(why),
      ]);
    }
    await using project = await projectWith("type: file\nformat: csv\nparams: {path: out/x.csv}");
    await symlink("/tmp", project.path("out"));
    expect((await run(project))?.error).toMatchObject({
      code: "exposure_path_refused",
      message: expect.stringContaining("a link in it"),
    });
    await using other = await projectWith("type: file\nformat: csv\nparams: {path: mine, partition_by: id}", {
      "mine/notes.txt": "kept",
    });
    expect((await run(other))?.error?.message).toContain("a folder with other things in it");
    expect(await other.read("mine/notes.txt")).toBe("kept");
  });

  it("come out whole of a run that was killed while it wrote one", async () => {
    await using project = await projectWith("type: file\nparams: {path: out/big.csv}", {
      "pipelines/orders.yml":
        "kind: transform\nname: orders\ntransform: select i as id, 'x' || i as note from range(4000000) r(i)\n",
    });
    await project.write({ "out/big.csv": "old\n" });
    const child = spawn(process.execPath, ["main/cli/main.ts", "run", "-C", project.root], {
      detached: true,
      stdio: "ignore",
    });
    await expect
      .poll(async () => (await readdir(project.path("out"))).some((name) => name.endsWith(".tmp")), {
        timeout: 60_000,
        interval: 20,
      })
      .toBe(true);
    process.kill(-(child.pid ?? 0), "SIGKILL");
    expect(await project.read("out/big.csv")).toBe("old\n");
    await project.write({
      "pipelines/orders.yml": "kind: transform\nname: orders\ntransform: select i as id from range(1000) r(i)\n",
    });
    await expect.poll(async () => (await run(project))?.status, { timeout: 60_000, interval: 500 }).toBe("SUCCESS");
    expect(await readdir(project.path("out"))).toEqual(["big.csv"]);
    expect((await project.read("out/big.csv")).split("\n")).toHaveLength(1002);
  }, 180_000);
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

describe("addresses", () => {
  const servers: Server[] = [];
  afterAll(() => servers.forEach((server) => server.close()));

  it("are asked once, never followed, and never inside a private network unless that is allowed", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${String(request.headers["x-key"])}`);
      response.writeHead(302, { location: "http://169.254.169.254/" }).end();
    });
    servers.push(server);
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    process.env["HEADRACE_TEST_TOKEN"] = "s3cret/..";
    const url = `type: dashboard\nurl: http://127.0.0.1:${port}/d/{HEADRACE_TEST_TOKEN}\ncheck: reachable\nparams: {headers: {X-Key: "{HEADRACE_TEST_TOKEN}"}}`;
    await using refused = await projectWith(url);
    expect((await run(refused))?.status).toBe("WARNING");
    expect(asked).toEqual([]);
    await using allowed = await projectWith(`${url}\nallow_private: true`);
    const result = await run(allowed);
    expect(asked).toEqual(["HEAD /d/s3cret%2F.. s3cret/.."]);
    expect(result?.metadata).toMatchObject({ url: { state: "reachable", detail: "it answers 302" } });
    expect(JSON.stringify(await allowed.run())).not.toContain("s3cret");
  });

  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "::1",
    "fd00::1",
    "fe80::1",
    "::ffff:10.0.0.1",
    "::ffff:a00:1",
    "0.0.0.0",
    "100.64.0.1",
    "64:ff9b::a00:1",
  ])("%s is not the internet", (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])("%s is", (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );
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

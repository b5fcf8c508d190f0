import { describe, expect, it } from "vitest";

import { runCli } from "../../../../test-support/run-cli.ts";
import { temporaryFolder } from "../../../../test-support/temporary-folder.ts";

const files = {
  "headrace.yml": "name: shop\n",
  "pipelines/events.yml": `kind: transform
name: events
transform: |
  select * from (values (1, timestamp '2024-06-01', 10), (1, timestamp '2024-06-05', 20)) as t(customer_id, seen, spent)
`,
  "pipelines/labels.yml": `kind: transform
name: labels
transform: |
  select * from (values (1, timestamp '2024-06-02', true), (2, timestamp '2024-06-02', false)) as t(buyer, asked, bought)
`,
  "pipelines/spending.yml": `kind: feature_group
name: spending
entity: customer
event_time: seen
features: [{name: spent, dtype: int, default: 0, description: Money}]
on_demand: [{name: doubled, expr: spent * 2}]
materialization: {offline: {}, online: {ttl: 7d}}
inputs: [transform.events]
`,
};

describe("headrace features", () => {
  it("lists, shows, serves and builds training sets", { timeout: 240_000 }, async () => {
    await using folder = await temporaryFolder(files);
    const cli = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await runCli(args, { cwd: folder.root });
      expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: "" });
      return stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.trimEnd());
    };
    expect(await cli("features", "list", "--csv")).toEqual([
      "name,join_keys,event_time,version,offline,online",
      "spending,customer_id,seen,1,not written,not written",
    ]);
    await cli("run");
    expect((await cli("features", "list", "--csv"))[1]).toBe("spending,customer_id,seen,1,2 rows,1 keys");
    expect(await cli("features", "show", "spending", "--csv")).toEqual([
      "column,role,type,default,description,nulls,distinct,min,max,mean",
      "customer_id,join key,INTEGER,,,0 %,≈ 1,1,1,1",
      "seen,event time,TIMESTAMP,,,0 %,≈ 2,2024-06-01 00:00:00,2024-06-05 00:00:00,",
      "spent,feature,BIGINT,0,Money,0 %,≈ 2,10,20,15",
      "doubled,on demand,,,spent * 2,,,,,",
    ]);
    const online = ["features", "get-online", "spending", "1", "--json", "--at"];
    expect(JSON.parse((await cli(...online, "2024-06-06T00:00:00Z"))[0] ?? "")).toEqual({
      customer_id: "1",
      status: "found",
      event_time: "2024-06-05T00:00:00.000Z",
      spent: 20,
      doubled: 40,
    });
    expect((await cli(...online, "2024-06-30T00:00:00Z"))[0]).toContain('"status":"outlived"');
    const training = ["training-set", "labels", "--timestamp", "asked", "--features", "spending", "--csv"];
    expect(await cli("features", ...training, "--role", "who=customer_id:buyer")).toEqual([
      "buyer,asked,bought,who__spent,who__doubled",
      "1,2024-06-02 00:00:00,true,10,20",
      "2,2024-06-02 00:00:00,false,0,0",
    ]);
  });

  it(
    "keeps versions apart, compares them, and refuses a change that breaks readers",
    { timeout: 240_000 },
    async () => {
      await using folder = await temporaryFolder(files);
      const cli = (...args: readonly string[]) => runCli(args, { cwd: folder.root });
      const group = (files["pipelines/spending.yml"] ?? "").replace("features: [{name: spent, dtype: int,", "FEATURES");
      const write = (features: string, more = "") =>
        folder.write({ "pipelines/spending.yml": group.replace("FEATURES", `${more}features: [{${features},`) });
      expect((await cli("run")).code).toBe(0);
      await write("name: spent, dtype: float");
      const refused = await cli("run");
      expect(refused.code).toBe(1);
      expect(refused.stdout + refused.stderr).toMatch(
        /spent is DOUBLE and was BIGINT[\s\S]*give the group a new `version`/,
      );
      await write("name: spent, dtype: float", "version: 2\n");
      expect((await cli("run")).code).toBe(0);
      const versions = await cli("features", "versions", "spending", "--csv");
      expect(versions.stdout).toMatch(/^version,state,rows[\s\S]*\n1,,2,[\s\S]*\n2,present,2,/);
      const diff = await cli("features", "diff", "spending", "1", "--csv");
      expect(diff.stdout).toContain("spent,type,BIGINT,DOUBLE,breaks readers");
      expect((await cli("features", "diff", "spending", "3")).stderr).toMatch(/no version 3[\s\S]*1, 2/);
    },
  );

  it.each([
    [["show", "spendings"], /no feature group spendings[\s\S]*Did you mean spending\?/],
    [["get-online", "spending", "1"], /not in the online store[\s\S]*run it/],
    [["get-online", "spending", "1", "2"], /read by customer_id, but the number of values given is 2/],
    [
      ["training-set", "labels", "--timestamp", "asked", "--features", "spending", "--role", "x"],
      /--role x cannot be read/,
    ],
    [["training-set", "labels", "--timestamp", "asked", "--features", "spending"], /headrace run/, 1],
  ])("%j says what to do", async (args, pattern, exit = 2) => {
    await using folder = await temporaryFolder(files);
    const { code, stderr } = await runCli(["features", ...args], { cwd: folder.root });
    expect(code).toBe(exit);
    expect(stderr).toMatch(pattern);
    expect(stderr).not.toMatch(/\n\s+at .+:\d+:\d+/);
  });
});

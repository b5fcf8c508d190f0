import { expect, it } from "vitest";

import { runCli } from "../../../test-support/run-cli.ts";
import { temporaryFolder } from "../../../test-support/temporary-folder.ts";

it("says what SQL gets wrong about columns, and shows them, before anything ran", async () => {
  await using folder = await temporaryFolder({
    "headrace.yml": "name: till\n",
    "pipelines/orders.yml": `kind: source
name: orders
source: csv
table: data/orders.csv
schema: [{ name: id, data_type: INTEGER }, { name: amount, data_type: "DECIMAL(18,2)" }]
`,
    "pipelines/paid.yml": "kind: transform\nname: paid\ntransform: select id, amount * 2 as twice from source.orders\n",
    "pipelines/total.yml":
      "kind: transform\nname: total\ntransform: |\n  select sum(twise) as total\n  from transform.paid\n",
  });
  const { code, stdout } = await runCli(["validate"], { cwd: folder.root });
  expect(stdout).toContain("error sql_column_unknown transform.total");
  expect(stdout).toContain("pipelines/total.yml:4:14");
  expect(stdout).toContain("Did you mean twice?");
  expect(code).toBe(2);
  const inspected = await runCli(["inspect", "paid"], { cwd: folder.root });
  expect(inspected.stdout).toMatch(/twice +DECIMAL\(\d+,2\)/);
});

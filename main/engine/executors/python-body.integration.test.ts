import { expect, it } from "vitest";

import { temporaryProject } from "../../../test-support/temporary-project.ts";

const orders = `
kind: source
name: orders
source: csv
table: data/orders.csv
`;
const data = "id,customer,amount\n1,ann,9007199254740993\n2,bob,1\n3,ann,1\n";
const python = (body: string): string => `
from headrace import source, transform

@transform(name="totals", inputs=["source.orders"])
def totals(ctx):
    ${body}

@source(name="rates")
def rates():
    return [{"country": "ID", "rate": 0.11}]
`;
const exact = 'return ctx.duckdb.sql("select customer, sum(amount) as amount from orders group by all order by all")';
const after = `
kind: transform
name: after
transform: select customer, amount + 1 as amount from transform.totals order by customer
`;

it("takes a function's table over: exact types, environment in the record, later SQL reads it", async () => {
  await using project = await temporaryProject({
    "data/orders.csv": data,
    "pipelines/orders.yml": orders,
    "pipelines/totals.py": python(exact),
    "pipelines/after.yml": after,
  });
  const { results, statuses } = await project.run();
  expect(statuses).toMatchObject({
    "transform.totals": "SUCCESS",
    "source.rates": "SUCCESS",
    "transform.after": "SUCCESS",
  });
  expect(await project.rows("transform.after")).toEqual([
    { customer: "ann", amount: "9007199254740995" },
    { customer: "bob", amount: "2" },
  ]);
  expect(results["transform.totals"]?.metadata).toMatchObject({
    env_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    artifact_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });

  const again = await project.run();
  expect(again.statuses["transform.totals"]).toBe("CACHED");

  await project.write({ "pipelines/totals.py": python("return 42") });
  const broken = await project.run();
  expect(broken.statuses).toMatchObject({ "transform.totals": "FAILED", "transform.after": "SKIPPED" });
});

it("keeps what is not the function's own table out of the cache", async () => {
  const meddling = `
    open(ctx.scratch + "/output.parquet", "w").write("not parquet")
    import os, threading
    from headrace_runner import protocol
    protocol.send("result", rows=3, written=True)
    os._exit(0)`;
  await using project = await temporaryProject({
    "data/orders.csv": data,
    "pipelines/orders.yml": orders,
    "pipelines/totals.py": python(meddling.trim()),
  });
  const { statuses, results } = await project.run();
  expect(statuses["transform.totals"]).toBe("FAILED");
  expect(results["transform.totals"]?.error_message).toMatch(/parquet/);
});

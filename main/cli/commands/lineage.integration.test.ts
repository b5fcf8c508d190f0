import { expect, it } from "vitest";

import { runCli } from "../../../test-support/run-cli.ts";
import { temporaryFolder } from "../../../test-support/temporary-folder.ts";
import { testDataDir } from "../../../test-support/temporary-project.ts";

const files = {
  "headrace.yml": "name: till\n",
  "data/orders.csv": "id,amount,note\n1,2.5,a\n",
  "pipelines/orders.yml": `kind: source
name: orders
source: csv
table: data/orders.csv
schema: [{name: id, data_type: INTEGER}, {name: amount, data_type: "DECIMAL(18,2)"}, {name: note, data_type: VARCHAR}]
`,
  "pipelines/paid.yml":
    "kind: transform\nname: paid\ntransform: select id, amount * 2 as twice from source.orders where note is not null\n",
  "pipelines/sum.yml": "kind: transform\nname: total\ntransform: select sum(twice) as total from transform.paid\n",
  "pipelines/api.yml": "kind: exposure\nname: paid\ntype: api\ninputs: [transform.paid]\n",
};

it("headrace lineage prints a column's way as text, JSON and Mermaid, and what breaks without it", async () => {
  await using folder = await temporaryFolder(files);
  const environment = { HEADRACE_HOME: testDataDir, NO_COLOR: "1" };
  const lineage = async (...args: readonly string[]) => {
    const { stdout, stderr, code } = await runCli(["lineage", ...args], { cwd: folder.root, environment });
    return { out: stdout + stderr, code };
  };
  expect((await lineage("total.total", "--up")).out).toBe(
    `transform.total.total

is made of
  └─ transform.paid.twice  computed
     └─ source.orders.amount  computed
`,
  );
  expect((await lineage("orders.note")).out).toContain(
    "decides rows of\n  transform.paid  filter on source.orders.note",
  );
  const { stdout } = await runCli(["lineage", "paid.twice", "--json"], { cwd: folder.root, environment });
  expect(JSON.parse(stdout)).toMatchObject({
    table: "transform.paid",
    wires: [
      ["source.orders", "transform.paid"],
      ["transform.paid", "exposure.paid"],
      ["transform.paid", "transform.total"],
    ],
  });
  expect((await lineage("orders", "--mermaid", "--down", "--depth", "1")).out).toBe(
    'flowchart LR\n  n0["source.orders"]\n  n1["transform.paid"]\n  n0 --> n1\n',
  );
  expect((await lineage("orders.amount", "--breaks")).out).toMatch(
    /^Without source\.orders\.amount 1 node would fail, 2 more would wait\.\n\nfails\n {2}transform\.paid/,
  );
  expect(await lineage("orders.amuont")).toEqual({ code: 2, out: expect.stringContaining("Did you mean amount?") });
  expect((await lineage("orders", "--breaks")).code).toBe(2);
});

it("headrace serve answers with its key until Ctrl-C", async () => {
  await using folder = await temporaryFolder(files);
  const environment = { HEADRACE_HOME: testDataDir, NO_COLOR: "1", HEADRACE_TOKEN: "k".repeat(40) };
  await runCli(["run"], { cwd: folder.root, environment });
  const answers: unknown[] = [];
  const { code, stdout } = await runCli(["serve"], {
    cwd: folder.root,
    environment,
    onOutput(printed, send) {
      const url = /(http:\S+)\n[^]*Ctrl-C/.exec(printed)?.[1];
      if (url === undefined || answers.length > 0) return;
      answers.push(null);
      const headers = { authorization: `Bearer ${environment.HEADRACE_TOKEN}` };
      void fetch(url, { headers })
        .then((response) => response.text())
        .then((text) => answers.push(text))
        .finally(() => send("SIGINT"));
    },
  });
  expect(answers).toEqual([null, '[{"id":1,"twice":5.00}]\n']);
  expect([code, stdout.includes("kkkk")]).toEqual([0, false]);
  const weak = await runCli(["serve"], { cwd: folder.root, environment: { ...environment, HEADRACE_TOKEN: "short" } });
  expect([weak.code, weak.stderr]).toEqual([2, expect.stringContaining("serve_token_weak")]);
});
